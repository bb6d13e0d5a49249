"""The page on CGNL: its matrix is pointed at, linked to and set back."""

from functools import partial

import pytest
from browser import two_frames

CHAPTER = "notebooks/attention/cgnl.html"


@pytest.fixture
def matrix(in_sight):
    """A function that opens the chapter, and gives its matrix."""
    return partial(in_sight, CHAPTER, ".cv-cgnl")


def said(widget, kind):
    told = widget.locator(f".cv-cgnl-{kind}").inner_text()
    return told.replace("\u00a0", " ")


def test_a_link_opens_the_authors_maps(matrix):
    link = "#cgnl.height=28&cgnl.width=28&cgnl.channels=1024&cgnl.groups=8"
    widget = matrix(link)
    assert "50,176 times fewer" in said(widget, "cost")
    assert "football pitches" in said(widget, "scale")


@pytest.mark.parametrize("width", [1280, 360])
def test_the_entry_under_the_pointer_is_told(matrix, page, width):
    widget = matrix(width=width)
    frame = widget.locator(".cv-cgnl-frame").nth(2)
    box = frame.bounding_box()
    page.mouse.move(
        box["x"] + 0.9 * box["width"], box["y"] + 0.1 * box["height"]
    )
    two_frames(page)
    assert "in different groups, so there is no entry" in said(widget, "pair")


@pytest.mark.parametrize("anchor", ["#cgnl.channels=7", "#cgnl.groups=999"])
def test_a_link_that_says_nonsense_does_no_harm(matrix, anchor):
    assert "times fewer" in said(matrix(anchor), "cost")


@pytest.mark.parametrize("width", [360, 390])
def test_the_page_is_not_wider_than_a_phone(matrix, page, width):
    matrix(width=width)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= width
