"""A link opens the page with exactly the settings that it names."""

import pytest
from handmade import ON_WEB_AND_DISK, saved

SETTLED = "await new Promise((done) => setTimeout(done, 250));"


def change(page, view=0, **settings):
    """Set and save, then wait until the address has followed."""
    page.evaluate(
        f"""async ([view, settings]) => {{
          const {{ model }} = document.querySelectorAll(".cv-view")[view];
          model.set(settings);
          model.save_changes();
          {SETTLED}
        }}""",
        [view, settings],
    )


def anchor(page):
    return page.evaluate("location.hash")


def state(page, view=0, *names):
    return page.evaluate(
        """([view, names]) => names.map((name) =>
          document.querySelectorAll(".cv-view")[view].model.get(name))""",
        [view, names],
    )


MANY = {
    "k": 12,
    "rate": 0.5,
    "name": "relu",
    "on": False,
    "blocks": [6, 12, 24, 16],
    "tags": ["a", "b"],
}
OTHERS = {
    "k": 24,
    "rate": 0.25,
    "name": "1 & 2 = 3, #4 %",
    "on": True,
    "blocks": [],
    "tags": ["a,b", '"'],
}


@ON_WEB_AND_DISK
def test_what_differs_from_the_saved_state_stands_in_the_address(handmade):
    page = handmade({"a": saved("toy", **MANY)})
    change(page, k=24, blocks=[6, 12, 32])
    assert anchor(page) == "#toy.k=24&toy.blocks=6,12,32"
    assert page.errors == []


def test_settings_that_are_only_set_and_not_saved_stay_out(handmade):
    page = handmade({"a": saved("toy", k=1)})
    page.evaluate(f"""async () => {{
      document.querySelector(".cv-view").model.set("k", 2);
      {SETTLED}
    }}""")
    assert anchor(page) == ""


@pytest.mark.parametrize("name", MANY)
def test_a_link_brings_back_each_kind_of_setting(handmade, name):
    page = handmade({"a": saved("toy", **MANY)})
    change(page, **{name: OTHERS[name]})
    page.reload()
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    assert state(page, 0, *MANY) == list(
        {**MANY, name: OTHERS[name]}.values()
    )


@ON_WEB_AND_DISK
def test_a_widget_is_drawn_with_the_links_settings_at_once(handmade):
    page = handmade({"a": saved("toy", k=12)}, anchor="#toy.k=24")
    assert page.locator(".cv-view").inner_text() == "k = 24"


@ON_WEB_AND_DISK
def test_a_link_followed_in_the_page_means_exactly_its_settings(handmade):
    page = handmade({"a": saved("toy", k=12, rate=0.5)}, anchor="#toy.k=24")
    page.evaluate("location.hash = '#toy.rate=0.25'")
    page.wait_for_function(
        "document.querySelector('.cv-view').textContent === 'k = 12'"
    )
    assert state(page, 0, "k", "rate") == [12, 0.25]


@ON_WEB_AND_DISK
def test_back_at_the_saved_settings_the_address_is_bare(handmade):
    page = handmade({"a": saved("toy", k=12)}, anchor="#toy.k=24")
    change(page, k=12)
    assert "#" not in page.url


@pytest.mark.parametrize(
    "nonsense",
    ["k=many", "k=", "k=true", "k=1e999", "k=null", "on=1", "on=yes",
     "blocks=6,many", "blocks=[6]", "blocks=true", "blocks=6,%22a%22",
     "tags=1,2", "k=%E0%A4%A", "k=[24]", "name"],
)  # fmt: skip
def test_a_setting_of_the_wrong_kind_is_ignored_quietly(handmade, nonsense):
    link = f"#toy.rate=0.25&toy.{nonsense}"
    page = handmade({"a": saved("toy", **MANY)}, anchor=link)
    expected = {**MANY, "rate": 0.25}
    assert state(page, 0, *MANY) == list(expected.values())
    assert page.errors == []


def test_the_second_model_of_a_stem_has_a_name_of_its_own(handmade):
    models = {"z": saved("toy", k=1), "a": saved("toy", k=2)}
    page = handmade(models, views=["z", "a"])
    change(page, view=1, k=3)
    assert anchor(page) == "#toy2.k=3"
    page.reload()
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    assert state(page, 0, "k") == [1] and state(page, 1, "k") == [3]


@ON_WEB_AND_DISK
def test_an_ordinary_anchor_works_until_a_setting_is_changed(handmade):
    page = handmade({"a": saved("toy", k=1)}, anchor="#build-it")
    assert page.evaluate("scrollY") > 0
    change(page, k=1)
    assert anchor(page) == "#build-it"
    change(page, k=2)
    assert anchor(page) == "#toy.k=2"


def test_an_anchor_followed_in_the_page_moves_no_setting(handmade):
    page = handmade({"a": saved("toy", k=1)}, anchor="#toy.k=2")
    page.evaluate("location.hash = '#build-it'")
    page.wait_for_function("scrollY > 0")
    assert state(page, 0, "k") == [2]


def test_private_long_and_binary_settings_stay_out(handmade):
    model = saved("toy", {"dots": b"12"}, k=1, _key="a", text="")
    page = handmade({"a": model})
    change(page, _key="b", text="long " * 50, dots=[1, 2])
    assert anchor(page) == ""


def test_a_widget_can_say_which_settings_it_shares(handmade):
    model = saved("toy", k=1, answer="", _shared=["k"])
    page = handmade({"a": model}, anchor="#toy.k=2&toy.answer=seen")
    assert state(page, 0, "k", "answer") == [2, ""]
    change(page, k=3, answer="mine")
    assert anchor(page) == "#toy.k=3"
