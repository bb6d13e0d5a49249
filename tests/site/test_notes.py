"""A link to a term or a paper has a note beside its line, or below it."""

import re

import pytest
from published import BUILT, CHAPTER, pages
from test_access import DESK, PHONE, faults

BETWEEN = {"width": 700, "height": 800}
TERM = "a.term:text('growth rate')"
PAPER = "a[href*='references.html#huang2017']"
NOTE = "#cv-note"
NOTED = re.compile(r"<a [^>]*data-name=[^>]*>")


@pytest.fixture
def chapter(page, built, address_of):
    """A function that opens a chapter at a size."""

    def opened(size, name=CHAPTER):
        page.set_viewport_size(size)
        page.goto(f"{address_of(built)}/{name}.html")
        page.wait_for_function("!document.querySelector('[aria-busy]')")
        page.emulate_media(reduced_motion="reduce")  # it scrolls at once
        return page

    return opened


def rest_on(page, link):
    page.locator(link).first.hover()
    page.wait_for_selector(NOTE)


def boxes(page, link):
    found = (page.locator(one).first for one in (link, NOTE))
    return [one.bounding_box() for one in found]


def away(page):
    page.mouse.move(5, 5)
    page.wait_for_selector(NOTE, state="hidden")


@pytest.mark.parametrize("link", [TERM, PAPER])
def test_on_a_wide_window_it_stands_in_the_margin(chapter, link):
    page = chapter(DESK)
    rest_on(page, link)
    at, note = boxes(page, link)
    text = page.locator("article p").first.bounding_box()
    assert note["x"] >= text["x"] + text["width"]
    assert note["x"] + note["width"] <= DESK["width"]
    assert abs(note["y"] - at["y"]) <= 1


@pytest.mark.parametrize("size", [DESK, BETWEEN, PHONE])
def test_in_a_low_window_it_is_whole(chapter, size):
    page = chapter({**size, "height": 420})
    place = page.locator(PAPER).first.bounding_box()["y"] - 380
    page.evaluate(f"scrollTo(0, {place})")  # it is the last line
    rest_on(page, PAPER)
    at, note = boxes(page, PAPER)
    assert at["y"] > 350
    assert note["y"] >= 0 and note["y"] + note["height"] <= 420


@pytest.mark.parametrize("size", [BETWEEN, PHONE], ids=["700", "390"])
@pytest.mark.parametrize("link", [TERM, PAPER])
def test_on_a_narrow_one_it_stands_below_its_line(chapter, size, link):
    page = chapter(size)
    page.locator(link).first.scroll_into_view_if_needed()
    rest_on(page, link)
    at, note = boxes(page, link)
    text = page.locator("article h1").bounding_box()
    assert 0 <= note["y"] - at["y"] - at["height"] <= 8
    assert note["x"] >= text["x"] - 1
    right = note["x"] + note["width"]
    assert right <= text["x"] + text["width"] + 1
    wide = "document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0


BREAK = """(a) => {
  a.before("Words in front, so that the link breaks where the line ends, ");
  a.textContent = "a growth rate of many words";
  return a.getClientRects().length;
}"""


def test_a_link_in_two_lines_is_not_covered(chapter):
    page = chapter(PHONE)
    link = "a[href$='#term-growth-rate']"
    assert page.locator(link).evaluate(BREAK) == 2
    rest_on(page, link)
    at, note = boxes(page, link)
    assert note["y"] >= at["y"] + at["height"]


def test_a_term_has_its_names_and_its_meaning(chapter):
    page = chapter(DESK)
    rest_on(page, TERM)
    note = page.locator(NOTE)
    assert note.locator(".name").inner_text() == "growth rate"
    assert note.locator(":lang(zh)").inner_text() == "增长率"
    assert "how many new maps" in note.locator(".says").inner_text()


def test_a_paper_has_its_title_authors_venue_year_and_use(chapter):
    page = chapter(DESK)
    rest_on(page, PAPER)
    said = page.locator(NOTE).inner_text()
    assert "Densely Connected Convolutional Networks" in said
    assert "Gao Huang" in said and "CVPR 2017" in said
    assert "Used here: Dense connectivity" in said


# The next page knows, too, whether the note has been shown.
WATCH = """() => {
  const note = document.querySelector("#cv-note");
  new MutationObserver(() => {
    if (!note.hidden) sessionStorage.shown = "yes";
  }).observe(note, { attributes: true });
}"""
SHOWN = "sessionStorage.shown"


def test_a_passing_pointer_opens_nothing(chapter):
    page = chapter(DESK)
    page.evaluate(WATCH)
    page.locator(TERM).first.hover()
    page.mouse.move(5, 5)
    page.wait_for_timeout(300)
    assert page.evaluate(SHOWN) is None
    rest_on(page, TERM)
    assert page.evaluate(SHOWN) == "yes"


def test_it_goes_when_the_pointer_leaves(chapter):
    page = chapter(DESK)
    rest_on(page, TERM)
    away(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["margin", "below"])
def test_it_stays_under_the_pointer_and_on_the_way_to_it(chapter, size):
    page = chapter(size)
    rest_on(page, TERM)
    _, note = boxes(page, TERM)
    middle = note["x"] + note["width"] / 2, note["y"] + note["height"] / 2
    page.mouse.move(*middle, steps=20)
    page.wait_for_timeout(500)
    assert page.locator(NOTE).is_visible()
    away(page)


def test_a_slow_pointer_may_rest_on_its_way(chapter):
    page = chapter(DESK)
    rest_on(page, TERM)
    at, note = boxes(page, TERM)
    between = (at["x"] + at["width"] + note["x"]) / 2
    page.mouse.move(between, at["y"] + at["height"] / 2)
    page.wait_for_timeout(500)
    assert page.locator(NOTE).is_visible()


def reach(page, link):
    """Come to a link by the keyboard."""
    page.locator(link).first.evaluate(
        "(a) => { const before = document.createElement('span'); "
        "before.tabIndex = -1; a.before(before); before.focus(); }"
    )
    page.keyboard.press("Tab")
    page.wait_for_selector(NOTE)


@pytest.mark.parametrize("size", [DESK, BETWEEN], ids=["margin", "below"])
def test_it_comes_and_goes_with_the_focus(chapter, size):
    page = chapter(size)
    reach(page, TERM)
    assert page.locator(f"{NOTE} .name").inner_text() == "growth rate"
    page.locator("#theme-button").focus()
    page.wait_for_selector(NOTE, state="hidden")


def test_the_focus_brings_the_link_and_its_note_into_view(chapter):
    page = chapter(DESK)
    page.emulate_media(reduced_motion="no-preference")  # it scrolls slowly
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    reach(page, PAPER)
    page.wait_for_timeout(1_000)
    at, note = boxes(page, PAPER)
    assert 0 <= note["y"] < DESK["height"]
    assert note["y"] <= at["y"] + 1


@pytest.mark.parametrize("opened", [reach, rest_on])
def test_escape_hides_it(chapter, opened):
    page = chapter(DESK)
    opened(page, TERM)
    page.keyboard.press("Escape")
    page.wait_for_selector(NOTE, state="hidden")
    page.wait_for_timeout(300)
    assert not page.locator(NOTE).is_visible()


@pytest.mark.parametrize("opened", [reach, rest_on])
def test_it_goes_with_the_page_that_scrolls_away(chapter, opened):
    page = chapter(DESK)
    opened(page, TERM)
    page.evaluate("scrollBy(0, 3_000)")
    page.wait_for_selector(NOTE, state="hidden")


def test_it_describes_its_link_while_it_is_there(chapter):
    page = chapter(DESK)
    link = page.locator(TERM).first
    assert link.get_attribute("aria-describedby") is None
    rest_on(page, TERM)
    note = page.locator(f"#{link.get_attribute('aria-describedby')}")
    assert note.get_attribute("role") == "tooltip"
    assert "how many new maps" in note.inner_text()
    away(page)
    assert link.get_attribute("aria-describedby") is None


def test_no_link_with_a_note_has_a_title_too(chapter):
    page = chapter(DESK)
    assert page.locator("article a[data-name]").count() > 10
    assert page.locator("article a[data-name][title]").count() == 0


def test_without_scripts_every_link_with_a_note_has_a_title(built):
    for name in pages(built):
        for link in NOTED.findall((built / name).read_text("utf8")):
            assert re.search(r'\btitle="[^"]+', link), link
            assert re.search(r'\bdata-says="[^"]+', link), link


@pytest.mark.parametrize(
    "name", [n for n in pages(BUILT) if n.startswith("notebooks/")]
)
def test_every_link_to_a_paper_has_a_note(built, name):
    text = (built / name).read_text("utf8")
    links = re.findall(r"<a [^>]*references\.html#[^>]*>", text)
    assert all(NOTED.match(link) for link in links)


@pytest.mark.parametrize("kind, shown", [("touch", False), ("mouse", True)])
def test_a_finger_that_rests_opens_nothing(chapter, kind, shown):
    page = chapter(PHONE)
    page.locator(TERM).first.evaluate(
        "(a, pointerType) => { a.scrollIntoView(); a.dispatchEvent("
        "new PointerEvent('pointerenter', { pointerType })) }",
        kind,
    )
    page.wait_for_timeout(300)
    assert page.locator(NOTE).is_visible() == shown


def test_a_touch_follows_the_link(browser, built):
    context = browser.new_context(has_touch=True, viewport=PHONE)
    page = context.new_page()
    page.goto((built / f"{CHAPTER}.html").as_uri())
    page.evaluate(WATCH)
    page.locator(TERM).first.tap()
    page.wait_for_url("**/glossary.html#term-growth-rate")
    assert page.evaluate(SHOWN) is None
    context.close()


def test_a_click_follows_the_link(chapter):
    page = chapter(DESK)
    rest_on(page, PAPER)
    page.locator(PAPER).first.click()
    page.wait_for_url("**/references.html#huang2017")


@pytest.mark.parametrize("address_of", ["file", "http"], indirect=True)
def test_it_works_on_a_disk_and_on_the_web(chapter):
    page = chapter(DESK)
    rest_on(page, TERM)
    assert not page.errors and not page.foreign


def test_it_does_not_move(chapter):
    page = chapter(DESK)
    page.emulate_media(reduced_motion="no-preference")
    rest_on(page, TERM)
    moving = f"document.querySelector('{NOTE}').getAnimations().length"
    assert page.evaluate(moving) == 0
    style = f"getComputedStyle(document.querySelector('{NOTE}'))"
    assert page.evaluate(f"{style}.transitionDuration") == "0s"


def test_it_is_not_printed(chapter):
    page = chapter(DESK)
    rest_on(page, TERM)
    page.emulate_media(media="print")
    assert not page.locator(NOTE).is_visible()


def test_it_lies_over_the_contents_and_not_under(chapter):
    page = chapter({**DESK, "height": 500})
    link = page.locator(TERM).first
    link.evaluate(
        "(a) => scrollTo(0, scrollY + a.getBoundingClientRect().top - 120)"
    )
    rest_on(page, TERM)
    _, note = boxes(page, TERM)
    x, y = note["x"] + 40, note["y"] + note["height"] / 2
    assert page.evaluate(
        f"document.elementFromPoint({x}, {y}).closest('{NOTE}') !== null"
    )


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["margin", "below"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("link", [TERM, PAPER])
def test_axe_finds_nothing_with_a_note_open(chapter, size, theme, link):
    page = chapter(size)
    page.emulate_media(color_scheme=theme)
    assert page.get_attribute("html", "data-theme") == theme
    reach(page, link)
    assert not faults(page)
    assert page.locator(NOTE).is_visible()
