"""What a widget's script may expect of its model, one sentence a test."""

import pytest
from handmade import FIRST, ON_WEB_AND_DISK, saved, texts

MODEL = f"{FIRST}.model"


@ON_WEB_AND_DISK
def test_a_widget_is_drawn_from_its_saved_state(handmade):
    page = handmade({"a": saved("toy", k=3)})
    assert texts(page) == ["k = 3"]
    assert page.errors == [] and page.foreign == []


def test_a_setting_moves_every_view_of_its_model_and_no_other(handmade):
    models = {"a": saved("toy", k=1), "b": saved("toy", k=2)}
    page = handmade(models, views=["a", "b", "a"])
    page.evaluate(f"{MODEL}.set('k', 7)")
    assert texts(page) == ["k = 7", "k = 2", "k = 7"]


def test_news_comes_once_a_change_and_first_of_the_setting(handmade):
    page = handmade({"a": saved("toy", k=1, sizes=[1, 2])})
    heard = page.evaluate(f"""() => {{
      const model = {MODEL};
      const heard = [];
      model.on("change", () => heard.push("change"));
      model.on("change:k", (of, now) => heard.push(`k: ${{now}}`));
      model.on("change:sizes", () => heard.push("sizes"));
      model.set("k", 1);
      model.set("sizes", [1, 2]);
      model.set({{ k: 5, sizes: [2, 1] }});
      return heard;
    }}""")
    assert heard == ["k: 5", "sizes", "change"]


def test_a_listener_that_sets_is_heard_before_the_one_change(handmade):
    page = handmade({"a": saved("toy", k=1, double=2, rate=0.5)})
    heard = page.evaluate(f"""() => {{
      const model = {MODEL};
      const heard = [];
      for (const event of ["change", "change:double", "change:rate"]) {{
        model.on(event, () => heard.push(event));
      }}
      model.on("change:k", () => model.set("double", 2 * model.get("k")));
      model.set({{ k: 4, rate: 0.25 }});
      return heard;
    }}""")
    assert heard == ["change:double", "change:rate", "change"]


@pytest.mark.parametrize(
    ("off", "left"),
    [
        ("'change:k', one", ["two"]),
        ("'change:k'", []),
        ("null, two", ["one"]),
        ("", []),
        ("'change:other'", ["one", "two"]),
    ],
)
def test_off_takes_away_what_it_names(handmade, off, left):
    page = handmade({"a": saved("toy", k=1)})
    heard = page.evaluate(f"""() => {{
      const model = {MODEL};
      const heard = [];
      const one = () => heard.push("one");
      const two = () => heard.push("two");
      model.on("change:k", one);
      model.on("change:k", two);
      model.off({off});
      model.set("k", 2);
      return heard;
    }}""")
    assert heard == left


def test_off_leaves_the_listeners_of_another_view_alone(handmade):
    page = handmade({"a": saved("toy", k=1)}, views=["a", "a"])
    page.evaluate(f"{MODEL}.off(); {MODEL}.set('k', 2)")
    assert texts(page) == ["k = 1", "k = 2"]


def test_a_binary_trait_arrives_as_a_view_of_its_bytes(handmade):
    page = handmade({"a": saved("toy", {"dots": b"\x00\x7f\xff"}, k=1)})
    seen = page.evaluate(f"""() => {{
      const dots = {MODEL}.get("dots");
      return [dots.constructor.name, dots.byteLength, dots.getUint8(2)];
    }}""")
    assert seen == ["DataView", 3, 255]


def test_the_style_in_the_state_is_worn(handmade):
    css = ".cv-view { color: rgb(1, 2, 3) }"
    page = handmade({"a": saved("toy", k=1, _css=css)})
    colour = page.evaluate(f"getComputedStyle({FIRST}).color")
    assert colour == "rgb(1, 2, 3)"
