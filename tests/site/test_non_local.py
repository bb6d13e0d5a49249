"""A place of the photograph is picked by mouse, finger and keys."""

from functools import partial

import pytest
from browser import two_frames

CHAPTER = "notebooks/attention/non_local.html"


@pytest.fixture
def explorer(in_sight):
    """A function that opens the chapter, and gives its photograph."""
    return partial(in_sight, CHAPTER, ".cv-non_local")


def place(widget):
    return tuple(
        int(widget.locator(f"[data-setting={axis}]").input_value())
        for axis in "xy"
    )


def spot(widget, across, down):
    box = widget.locator(".cv-non_local-pic").first.bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def said(widget):
    return widget.locator(".cv-non_local-say").inner_text()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_drag_moves_the_place_that_asks(explorer, page, width):
    widget = explorer(width=width)
    before = said(widget)
    page.mouse.move(*spot(widget, 0.5, 0.5))
    page.mouse.down()
    page.mouse.move(*spot(widget, 0.104, 0.206), steps=5)
    page.mouse.up()
    two_frames(page)
    x, y = place(widget)
    assert (x, y) == (12, 16)
    assert said(widget) != before


def test_the_arrow_keys_move_it_by_one_and_with_shift_by_eight(
    explorer, page
):
    widget = explorer()
    x, y = place(widget)
    widget.locator(".cv-non_local-pic").first.focus()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowDown"):
        page.keyboard.press(key)
    two_frames(page)
    assert place(widget) == (x - 1, y + 7)


def test_a_link_opens_the_form_and_the_place_that_it_names(explorer):
    widget = explorer("#non_local.form=dot&non_local.x=7")
    assert place(widget)[0] == 7
    assert "not to 1" in said(widget)


def test_of_one_length_a_place_takes_most_from_itself(explorer, page):
    widget = explorer("#non_local.form=gaussian&non_local.y=5")
    assert "more for it than it does itself" in said(widget)
    widget.locator("[data-setting=equal]").check()
    two_frames(page)
    assert "takes most from itself" in said(widget)


def test_nothing_is_wider_than_a_narrow_screen(explorer, page):
    explorer(width=360)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360
