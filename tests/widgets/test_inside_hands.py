"""The net in hand: which map is pointed at."""

import pytest

from cvnotes.widgets import InsideDenseNet
from tests.widgets.hands import draw


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 760, "height": 2000})
    draw(page, InsideDenseNet)
    yield page
    page.close()


def followed(page):
    label = page.locator("label", has=page.locator("[data-setting=look]"))
    return label.locator("output").inner_text()


def point(page, x, y):
    box = page.locator(".cv-net > canvas").bounding_box()
    page.mouse.move(box["x"] + x, box["y"] + y)


def test_the_slider_names_the_map_that_is_pointed_at(page):
    before = followed(page)
    point(page, 165, 12)
    assert followed(page) == "stem, map 1" != before
    point(page, 165, -100)
    assert followed(page) == before


def test_beside_a_row_no_map_is_pointed_at(page):
    before, look = followed(page), page.evaluate("state.look")
    point(page, 700, 12)
    page.mouse.down()
    page.mouse.up()
    assert followed(page) == before
    assert page.evaluate("state.look") == look
