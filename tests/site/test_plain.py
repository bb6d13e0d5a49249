"""A page on paper, and a page without scripts, say all that they should."""

import re

import pytest
from browser import two_frames
from published import CHAPTER, pages

DRAWN = """Array.from(
  document.querySelectorAll("canvas"), (drawn) => drawn.toDataURL())"""


def test_a_printed_chapter_has_its_title_and_no_lists(page, built):
    page.goto((built / f"{CHAPTER}.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for unprinted in ("#book-contents", "#page-contents", "#theme-button"):
        assert not page.locator(unprinted).is_visible()


def test_without_scripts_the_page_is_complete(browser, built):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / f"{CHAPTER}.html").as_uri())
    assert page.locator("math").count() >= 2
    assert page.locator("#search-button").is_visible()
    assert not page.locator("#theme-button").is_visible()
    context.close()


@pytest.mark.parametrize(
    "chapter",
    ["densenet/inside", "attention/comparison", "pointwise/mlpconv"],
)
@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_dark_page_is_printed_with_the_pictures_of_a_light_one(
    page, built, chapter, motion
):
    def canvases(theme):
        page.emulate_media(color_scheme=theme, reduced_motion=motion)
        page.goto((built / f"notebooks/{chapter}.html").as_uri())
        page.wait_for_function("!document.querySelector('[aria-busy]')")
        two_frames(page)
        return page.evaluate(DRAWN)

    light, dark = canvases("light"), canvases("dark")
    assert light and light != dark
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(DRAWN) == light
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(DRAWN) == dark


def test_no_part_of_a_printed_page_scrolls(page, built):
    page.goto((built / "notebooks/attention/cbam.html").as_uri())
    page.emulate_media(media="print")
    cut = page.evaluate(
        "Array.from(document.querySelectorAll('.cell pre')).filter((e) => "
        "!['visible', 'clip'].includes(getComputedStyle(e).overflowY) ||"
        "getComputedStyle(e.parentElement).breakInside === 'avoid' &&"
        "e.offsetHeight > 900).map((e) => e.textContent.slice(0, 60))"
    )
    assert not cut


def test_a_link_to_the_web_is_printed_with_its_address(page, built):
    named = (
        built / name
        for name in pages(built)
        if re.search(
            '<a [^>]*href="https://', (built / name).read_text("utf8")
        )
    )
    page.goto(next(named).as_uri())
    link = page.locator("article a[href^='https://']:not(.cv a)").first
    said = "(a) => getComputedStyle(a, '::after').content"
    assert link.evaluate(said) == "none"
    page.emulate_media(media="print")
    assert link.get_attribute("href") in link.evaluate(said)
