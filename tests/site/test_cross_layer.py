"""The published chapter: a finger moves a place, and a link keeps it."""

from functools import partial

import pytest
from browser import two_frames

CHAPTER = "notebooks/attention/cross_layer.html"


@pytest.fixture
def opened(first_widget):
    """A function that opens the chapter, and gives its widget."""
    return partial(first_widget, CHAPTER, ".cv-cross_layer-root")


def said(widget):
    told = widget.locator(".cv-cross_layer-main").inner_text()
    return told.replace("\u00a0", " ")


def test_b_in_an_earlier_layer_overlaps_less(opened):
    widget = opened()
    assert "of one layer" in said(widget)
    slider = widget.locator("[data-setting=b]")
    slider.focus()
    slider.press("Home")
    two_frames(widget.page)
    assert "of different layers" in said(widget)


def test_a_touch_moves_the_nearer_place(opened):
    widget = opened(width=360)
    stage = widget.locator(".cv-cross_layer-stage")
    stage.scroll_into_view_if_needed()
    before = said(widget)
    box = stage.bounding_box()
    finger = {"pointerId": 1, "pointerType": "touch", "isPrimary": True}
    spot = {
        "clientX": box["x"] + 0.9 * box["width"],
        "clientY": box["y"] + 0.9 * box["height"],
        "bubbles": True,
    }
    # No real finger: a capture of one that is not there would be refused.
    stage.evaluate("(node) => (node.setPointerCapture = () => {})")
    stage.dispatch_event("pointerdown", finger | spot)
    two_frames(widget.page)
    assert said(widget) != before


def test_it_fits_a_narrow_screen(opened):
    widget = opened(width=360)
    wide = widget.evaluate("(node) => node.scrollWidth - node.clientWidth")
    assert wide <= 0
    page = widget.page.evaluate(
        "document.documentElement.scrollWidth - innerWidth"
    )
    assert page <= 0


def test_a_link_keeps_the_setting(opened):
    widget = opened(anchor="#cross_layer.b=7")
    assert widget.locator("[data-setting=b]").input_value() == "7"
