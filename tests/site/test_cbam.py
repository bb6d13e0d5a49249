"""Gates are dragged by mouse, finger and keys, and the places follow."""

from functools import partial

import pytest
from browser import two_frames

CHAPTER = "notebooks/attention/cbam.html"
GLINTS, HAZE = 6, 7


@pytest.fixture
def gates(in_sight):
    """A function that opens the chapter, and gives its explorer."""
    return partial(in_sight, CHAPTER, ".cv-cbam")


def gate(widget, channel):
    told = widget.locator(".cv-cbam-name output").nth(channel)
    return float(told.inner_text())


def hear(widget, pooling):
    widget.locator(f"[data-setting=pooling-{pooling}]").check(force=True)
    two_frames(widget.page)


def places(widget):
    """The gate of each place, as it is painted."""
    canvas = widget.locator(".cv-cbam-places canvas").nth(2)
    return canvas.evaluate("""(canvas) => Array.from(canvas.getContext("2d")
      .getImageData(0, 0, canvas.width, canvas.height).data)""")


def slide(page, slider, part):
    box = slider.bounding_box()
    middle = box["y"] + box["height"] / 2
    value = float(slider.input_value())
    page.mouse.move(box["x"] + 9 + value * (box["width"] - 18), middle)
    page.mouse.down()
    page.mouse.move(box["x"] + part * box["width"], middle, steps=5)
    page.mouse.up()
    two_frames(page)


@pytest.mark.parametrize("address_of", ["http", "file"], indirect=True)
def test_average_and_maximum_hear_two_different_channels(gates, page):
    widget = gates()
    hear(widget, "average")
    assert gate(widget, HAZE) > 0.6 > gate(widget, GLINTS)
    hear(widget, "maximum")
    assert gate(widget, GLINTS) > 0.9 and gate(widget, HAZE) < 0.1
    assert not page.errors


def test_a_gate_is_dragged_and_the_places_follow(gates, page):
    widget = gates()
    before = places(widget)
    slide(page, widget.locator(f"[data-setting=gate-{HAZE}]"), 0.9)
    assert gate(widget, HAZE) > 0.8
    assert places(widget) != before
    page.wait_for_function("location.hash.includes('cbam.gates=')")
    widget.get_by_role("button", name="compute the gate of haze").click()
    two_frames(page)
    assert gate(widget, HAZE) < 0.1
    assert places(widget) == before


def test_keys_set_a_gate_and_one_button_frees_all(gates, page):
    widget = gates()
    free = widget.get_by_role("button", name="Compute all again")
    assert free.is_disabled()
    for channel in (GLINTS, HAZE):
        widget.locator(f"[data-setting=gate-{channel}]").press("End")
    two_frames(page)
    assert gate(widget, GLINTS) == gate(widget, HAZE) == 1
    free.click()
    two_frames(page)
    assert gate(widget, HAZE) < 0.1 and free.is_disabled()


def test_a_finger_points_at_a_place_and_a_channel(browser, built):
    context = browser.new_context(
        has_touch=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto((built / CHAPTER).as_uri())
    widget = page.locator(".cv-cbam").first
    widget.wait_for()
    picture = widget.locator(".cv-cbam-tile").nth(3).locator("canvas").first
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    page.touchscreen.tap(
        box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    )
    page.wait_for_function("location.hash.includes('channel=3')")
    said = widget.locator(".cv-cbam-said").inner_text()
    assert "Channel “red”" in said
    assert widget.locator("[data-setting=x]").input_value() in ("35", "36")
    context.close()


def test_new_weights_are_offered_only_where_chance_draws_them(gates, page):
    widget = gates()
    new = widget.get_by_role("button", name="New weights")
    assert not new.is_visible()
    widget.locator("[data-setting=weights]").select_option("random")
    two_frames(page)
    before = gate(widget, 0)
    new.click()
    two_frames(page)
    assert gate(widget, 0) != before


def test_a_link_holds_all_of_it_and_reset_takes_it_away(gates, page):
    widget = gates(
        "#cbam.picture=china&cbam.weights=edges loud&cbam.reduction=4"
    )
    assert widget.locator("[data-setting=reduction]").input_value() == "4"
    assert "2 hidden units" in widget.locator(".cv-cbam-said").inner_text()
    widget.get_by_role("button", name="Reset").click()
    page.wait_for_function("location.hash === ''")
    assert "8 hidden units" in widget.locator(".cv-cbam-said").inner_text()


@pytest.mark.parametrize(
    "link",
    [
        "#cbam.gates=1",
        "#cbam.gates=9,-9,0,0,0,0,0,0",
        "#cbam.reduction=3",
        "#cbam.kernel_size=99",
        "#cbam.x=999&cbam.y=-1",
        "#cbam.channel=8",
    ],
)
def test_no_link_breaks_it(gates, page, link):
    widget = gates(link)
    assert "Loudest" in widget.locator(".cv-cbam-said").inner_text()
    assert page.locator("[role=alert]").count() == 0
    assert not page.errors


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_and_the_page_keeps_its_place(gates, page, width):
    widget, heights = gates(width=width), set()
    for name in ("above the rest", "edges loud", "colours loud", "random"):
        widget.locator("[data-setting=weights]").select_option(name)
        for pooling in ("average", "both"):
            hear(widget, pooling)
            heights.add(round(widget.bounding_box()["height"]))
    assert len(heights) == 1
    view = page.locator(".cv-view[data-widget=cbam]").first
    drawn = view.bounding_box()["height"]
    view.evaluate("(e) => { e.innerHTML = ''; e.ariaBusy = 'true'; }")
    assert abs(view.bounding_box()["height"] - drawn) <= 60


def test_nothing_is_wider_than_a_small_screen(gates, page):
    gates(width=360)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
