"""Standing on a picture: by mouse, by finger and by keys, at each epoch."""

from functools import partial

import pytest
from browser import two_frames

from cvnotes.widgets.comparison import EPOCHS, LEFT, SIDE

LAST = str(EPOCHS - 1)
CHAPTER = "notebooks/attention/comparison.html"


@pytest.fixture
def looks(in_sight):
    """A function that opens the chapter, and gives its widget."""
    return partial(in_sight, CHAPTER, ".cv-comparison")


def said(widget):
    told = widget.locator(".cv-comparison-told").inner_text()
    return told.replace("\u00a0", " ")


def click(page, widget, kind, across, down):
    box = widget.locator(f".cv-comparison-{kind}").bounding_box()
    page.mouse.click(
        box["x"] + across * box["width"], box["y"] + down * box["height"]
    )
    two_frames(page)


@pytest.mark.parametrize("kind", ["stage", "heat"])
def test_a_click_on_either_square_is_where_you_stand(looks, page, kind):
    widget = looks()
    assert said(widget).startswith("From the left mark")
    click(page, widget, kind, 0.5, 0.05)
    assert said(widget).startswith("From the ground here")
    click(page, widget, kind, 0.95, (LEFT[1] + 0.5) / SIDE)
    assert said(widget).startswith("From the right mark")
    assert not page.errors


def test_arrow_keys_move_you_and_not_the_page(looks, page):
    widget = looks("#comparison.x=4&comparison.y=4")
    at_first = page.evaluate("scrollY")
    stage = widget.locator(".cv-comparison-stage")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        stage.press(key)
    two_frames(page)
    assert "column 6, row 6" in stage.get_attribute("aria-label")
    assert page.evaluate("scrollY") == at_first


def test_a_finger_chooses_a_place(browser, built):
    context = browser.new_context(
        has_touch=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto((built / CHAPTER).as_uri())
    widget = page.locator(".cv-comparison").first
    widget.wait_for()
    stage = widget.locator(".cv-comparison-stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    page.touchscreen.tap(
        box["x"] + 0.5 * box["width"], box["y"] + 0.9 * box["height"]
    )
    two_frames(page)
    assert "column 7, row 11" in stage.get_attribute("aria-label")
    context.close()


def test_before_training_no_net_knows(looks, page):
    widget = looks("#comparison.epoch=0")
    for net in ("non-local", "cross-layer", "cbam", "cgnl"):
        widget.locator(f"[data-setting=net-{net}]").check()
        two_frames(page)
        assert "hardly more than a guess" in said(widget)


def test_play_walks_to_the_last_epoch_and_stops(looks, page):
    page.emulate_media(reduced_motion="no-preference")
    widget = looks("#comparison.epoch=6")
    button = widget.locator(".cv-comparison-play")
    button.click()
    assert button.inner_text() == "Pause"
    page.wait_for_function(
        "document.querySelector('.cv-comparison-play').textContent === 'Play'"
    )
    assert widget.locator("[data-setting=epoch]").input_value() == LAST


def test_where_motion_is_unwelcome_a_press_is_one_epoch(looks, page):
    page.emulate_media(reduced_motion="reduce")
    widget = looks("#comparison.epoch=6")
    button = widget.locator(".cv-comparison-play")
    assert button.inner_text() == "Next epoch"
    button.click()
    page.wait_for_timeout(1000)
    assert widget.locator("[data-setting=epoch]").input_value() == "7"


def test_another_picture_stands_you_on_its_left_mark(looks, page):
    widget = looks("#comparison.x=6&comparison.y=0")
    for number in (1, 2, 3, 4):
        widget.locator(f"[data-setting=picture-{number}]").check()
        two_frames(page)
        assert said(widget).startswith("From the left mark")


def test_cgnl_has_a_number_and_no_map(looks, page):
    widget = looks("#comparison.net=cgnl")
    assert "There is no map to draw" in said(widget)
    number = widget.locator(".cv-comparison-none").last.inner_text()
    assert number.replace("−", "-").lstrip("-").isdigit()


@pytest.mark.parametrize(
    "link", ["picture=9", "epoch=-3", "x=99&comparison.y=-1", "net=none"]
)
def test_no_link_breaks_it(looks, page, link):
    widget = looks(f"#comparison.{link}")
    assert "it says" in said(widget)
    assert page.locator("[role=alert]").count() == 0
    assert not page.errors


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_moves_and_nothing_sticks_out(looks, page, width):
    widget = looks(width=width)
    heights = set()
    for net in ("non-local", "cross-layer", "cbam", "cgnl"):
        widget.locator(f"[data-setting=net-{net}]").check()
        for epoch in (0, LAST):
            widget.locator("[data-setting=epoch]").fill(str(epoch))
            for place in (0.05, 0.5):
                click(page, widget, "heat", place, 0.38)
                heights.add(round(widget.bounding_box()["height"]))
    assert max(heights) - min(heights) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_keeps_its_place(looks, page, width):
    looks(width=width)
    view = page.locator(".cv-view[data-widget=comparison]").first
    drawn = view.bounding_box()["height"]
    view.evaluate("(e) => { e.innerHTML = ''; e.ariaBusy = 'true'; }")
    assert abs(view.bounding_box()["height"] - drawn) <= 60
