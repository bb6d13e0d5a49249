"""The published widgets move under every hand, from a server or a disk."""

import published
import pytest

CHAPTER = f"{published.CHAPTER}.html"
WAYS = pytest.mark.parametrize("address_of", ["http", "file"], indirect=True)
SLIDERS = "input[type=range]:visible"


@pytest.fixture
def opened(page, built, address_of):
    """A function that opens a page of the book and waits for its widgets."""

    def show(name=CHAPTER, anchor="", width=1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("about:blank")
        page.goto(f"{address_of(built)}/{name}{anchor}")
        page.wait_for_function(
            "document.querySelector('.cv') && "
            "!document.querySelector('[aria-busy]')"
        )
        return page

    return show


def growth(page):
    return page.locator(".cv-growth").first


def slider(page, name="k"):
    return growth(page).locator(f"[data-setting='{name}']")


def total(page):
    return growth(page).locator(".cv-total").inner_text()


@WAYS
def test_every_slider_moves_by_keyboard(opened):
    page = opened()
    for one in page.locator(SLIDERS).all():
        before = one.input_value()
        key = "ArrowLeft" if before == one.get_attribute("max") else "Right"
        one.press(key if key == "ArrowLeft" else "ArrowRight")
        assert one.input_value() != before, one.get_attribute("data-setting")
    assert not page.errors


@WAYS
def test_every_slider_moves_by_mouse(opened):
    page = opened()
    for one in page.locator(SLIDERS).all():
        one.scroll_into_view_if_needed()
        box = one.bounding_box()
        before, middle = one.input_value(), box["y"] + box["height"] / 2
        at_end = before == one.get_attribute("max")
        page.mouse.move(box["x"] + box["width"] / 2, middle)
        page.mouse.down()
        page.mouse.move(
            box["x"] + box["width"] * (0.1 if at_end else 0.97), middle
        )
        page.mouse.up()
        assert one.input_value() != before, one.get_attribute("data-setting")
    assert not page.errors


@WAYS
def test_every_slider_moves_by_touch(browser, built, address_of):
    context = browser.new_context(
        has_touch=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address_of(built)}/{CHAPTER}")
    page.wait_for_selector(".cv-growth")
    for one in page.locator(SLIDERS).all():
        one.scroll_into_view_if_needed()
        box = one.bounding_box()
        before = one.input_value()
        near_end = float(before) > 0.7 * float(one.get_attribute("max"))
        part = 0.25 if near_end else 0.9
        page.touchscreen.tap(
            box["x"] + box["width"] * part, box["y"] + box["height"] / 2
        )
        assert one.input_value() != before, one.get_attribute("data-setting")
    context.close()


@WAYS
def test_the_picture_and_the_numbers_follow_the_slider(opened):
    page = opened()
    assert "7,978,856" in total(page)
    picture = growth(page).locator("svg").inner_html()
    slider(page).fill("12")
    page.wait_for_function(
        "!document.querySelector('.cv-total').innerText.includes('7,978,856')"
    )
    assert growth(page).locator("svg").inner_html() != picture
    assert "k 32 → 12" in growth(page).inner_text()


def test_a_preset_brings_the_papers_network(opened):
    page = opened()
    growth(page).locator("select").select_option(
        "DenseNet-BC (L = 100, k = 12)"
    )
    page.wait_for_function(
        "document.querySelector('.cv-total').innerText.includes('769,162')"
    )
    assert growth(page).locator("[data-setting='blocks-4']").is_hidden()


@WAYS
def test_a_link_opens_the_page_with_its_settings(opened):
    page = opened()
    slider(page).fill("24")
    page.wait_for_function("location.hash.includes('k=24')")
    page = opened(anchor=page.evaluate("location.hash"))
    assert slider(page).input_value() == "24"
    growth(page).get_by_role("button", name="Reset").click()
    page.wait_for_function("location.hash === ''")
    assert slider(page).input_value() == "32"


def test_pointing_at_a_layer_shows_its_own_sum(opened):
    page = opened()
    picture = growth(page).locator("svg")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.995, box["y"] + 80)
    page.wait_for_function(
        "document.querySelector('.cv-formula').innerText"
        ".includes('Layer 16 of block 4')"
    )


def test_the_layers_where_the_bottleneck_saves_are_marked(opened):
    page = opened()
    # 7.2 k = 230.4: DenseNet-121's first block, up to 224, lies below it.
    assert page.locator(".cv-growth .cv-saves").count() == 48
    assert page.locator(".cv-growth .cv-costs").count() == 10


def test_sum_and_concatenation_show_what_a_layer_receives(opened):
    page = opened()
    widget = page.locator(".cv", has_text="Connectivity").first
    assert "6\u00a0/\u00a02 = 15" in widget.inner_text()
    boxes = widget.locator(".cv-box").count()
    widget.get_by_label("is added").check()
    page.wait_for_function("document.body.innerText.includes('5 = 10')")
    assert (boxes, widget.locator(".cv-box").count()) == (15, 5)


def test_an_answer_is_judged_and_stays_out_of_the_address(opened):
    page = opened()
    question = page.locator(".cv-predict").first
    question.locator("input").press_sequentially("168")
    question.get_by_role("button", name="Check").click()
    assert "own maps too" in question.inner_text()
    question.locator("input").press("Control+a")
    question.locator("input").press_sequentially("144")
    question.locator("input").press("Enter")
    assert "Right." in question.inner_text()
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash") == ""


def test_tab_leads_through_every_widget_and_out_of_it(opened):
    page = opened()
    page.locator(".cv-predict input").first.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Check"


@pytest.mark.parametrize(
    "link",
    [
        "#growth.blocks=",
        "#growth.stem=foo",
        "#growth.preset=foo",
        "#growth.k=24.5",
        "#growth.k=999",
        "#growth.blocks=6.5,1000000",
        "#growth.blocks=1,1,1,1,1,1,1,1",
        "#growth.layer=0",
        "#connectivity.keep=foo",
        "#connectivity.at=99",
    ],
)
def test_no_link_breaks_a_picture(opened, link):
    page = opened(anchor=link)
    assert page.locator(".cv-formula b").first.inner_text().isdigit()
    assert page.locator("[role=alert]").count() == 0
    assert not page.errors


def test_the_fill_of_a_slider_ends_at_its_thumb(opened):
    page = opened()
    for one in page.locator(SLIDERS).all():
        one.press("End")
        part = one.evaluate("(e) => e.style.getPropertyValue('--part')")
        assert part == "100%", one.get_attribute("data-setting")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_keeps_the_place_that_a_picture_takes(page, built, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((built / CHAPTER).as_uri())
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    for place in page.locator(".cv-view").all():
        drawn = place.bounding_box()["height"]
        place.evaluate("(e) => { e.innerHTML = ''; e.ariaBusy = 'true'; }")
        kept = place.bounding_box()["height"]
        name = place.get_attribute("data-widget")
        assert abs(drawn - kept) <= 60, (name, drawn, kept)


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_is_wider_than_the_screen(opened, page, built, width):
    for path in built.rglob("*.html"):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path.as_uri())
        page.wait_for_timeout(300)
        over = page.evaluate(
            "document.scrollingElement.scrollWidth - innerWidth"
        )
        assert over <= 0, path.name


def test_code_fits_without_scrolling_at_a_desk(opened):
    page = opened()
    wide = page.evaluate("""
      [...document.querySelectorAll('article pre')]
        .filter((pre) => pre.checkVisibility())
        .filter((pre) => pre.scrollWidth > pre.clientWidth)
        .map((pre) => pre.innerText.slice(0, 80))
    """)
    assert not wide


def test_the_host_and_one_widget_weigh_at_most_forty_kilobytes(built):
    def weigh(stem):
        names = {"widget-host.js", "kit.js", "kit.css", f"{stem}.js"}
        folder = built / "_static" / "widgets"
        paths = [folder / n for n in [*names, f"{stem}.css"]]
        return sum(p.stat().st_size for p in paths if p.exists())

    for stem in ("growth", "connectivity", "predict"):
        assert weigh(stem) <= 40_000, stem


def test_each_script_is_loaded_once_a_page(built):
    text = (built / CHAPTER).read_text(encoding="utf-8")
    for stem in ("widget-host", "kit", "growth", "connectivity", "predict"):
        assert text.count(f"widgets/{stem}.js") == 1


def test_the_layer_looked_at_never_lies_beyond_the_last(opened):
    page = opened()
    widget = page.locator(".cv-connectivity")
    lens = widget.locator("[data-setting=at]")
    for layers in ("1", "6"):
        widget.locator("[data-setting=layers]").fill(layers)
        page.wait_for_timeout(100)
        shown = lens.evaluate("(e) => e.parentElement.innerText").split()[-1]
        said = widget.locator(".cv-say").last.inner_text()
        assert (
            shown
            == lens.input_value()
            == lens.get_attribute("aria-valuetext")
        )
        assert said.startswith(f"Layer {shown} ")


def test_next_layer_goes_on_from_the_layer_that_is_shown(opened):
    # at = 5 in the link, but of three layers the third is shown.
    page = opened(anchor="#connectivity.layers=3&connectivity.at=5")
    widget = page.locator(".cv-connectivity")
    widget.get_by_role("button", name="Next layer").click()
    page.wait_for_timeout(100)
    said = widget.locator(".cv-say").last.inner_text()
    assert said.startswith("Layer 1 reads")
