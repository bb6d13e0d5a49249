"""Keys suffice: whatever a page can do, it does without a mouse."""

import pytest
from published import CHAPTER

PHONE = {"width": 390, "height": 800}
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def chapter(page, built):
    def opened(size):
        page.set_viewport_size(size)
        page.goto((built / f"{CHAPTER}.html").as_uri())
        return page

    return opened


def test_the_first_key_leads_to_the_text(chapter):
    page = chapter(DESK)
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "document.activeElement.closest('#main-content') !== null"
    assert page.evaluate(inside)


@pytest.mark.parametrize("list_name", ["book-contents", "page-contents"])
def test_a_list_opens_and_closes_by_keys_on_a_phone(chapter, list_name):
    page = chapter(PHONE)
    button = page.locator(f"[data-opens={list_name}]")
    assert button.get_attribute("aria-expanded") == "false"
    button.press("Enter")
    page.wait_for_selector(f"#{list_name} a:focus")
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    page.wait_for_selector(f"[data-opens={list_name}]:focus")
    page.wait_for_selector(f"#{list_name}", state="hidden")


def test_a_list_closes_when_the_reader_goes_on(chapter):
    page = chapter(PHONE)
    page.click("[data-opens=book-contents]")
    page.wait_for_selector("#book-contents a:focus")
    page.focus(".notebook-links a")
    page.wait_for_selector("#book-contents", state="hidden")


def test_a_tap_beside_a_list_closes_it(chapter):
    page = chapter(PHONE)
    page.click("[data-opens=book-contents]")
    page.wait_for_selector("#book-contents a:focus")
    page.mouse.click(380, 500)
    page.wait_for_selector("#book-contents", state="hidden")


def test_on_a_desk_the_chapters_can_be_put_away(chapter):
    page = chapter(DESK)
    button = page.locator("[data-opens=book-contents]")
    assert button.get_attribute("aria-expanded") == "true"
    button.press("Enter")
    page.wait_for_selector("#book-contents", state="hidden")
    assert button.get_attribute("aria-expanded") == "false"


def test_search_opens_by_keys_and_gives_the_focus_back(chapter):
    page = chapter(DESK)
    page.focus("#theme-button")
    page.keyboard.press("Control+k")
    page.wait_for_selector("#search-dialog input:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("#theme-button:focus")


def test_the_colours_are_remembered_on_the_next_page(chapter, built):
    page = chapter(DESK)
    page.click("#theme-button")
    page.click("#theme-button")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.goto((built / "book/notation.html").as_uri())
    assert page.get_attribute("html", "data-theme") == "dark"
    name = page.get_attribute("#theme-button", "aria-label")
    assert name == "Colours: dark"


def test_code_that_is_too_wide_scrolls_by_keys(chapter):
    page = chapter(PHONE)
    box = page.locator("pre:visible", has_text="BatchNorm2d").first
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")
