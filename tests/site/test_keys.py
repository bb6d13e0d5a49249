"""Keys suffice: whatever a page can do, it does without a mouse."""

import pytest
from published import BUILT, CHAPTER, pages

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


@pytest.mark.parametrize("list_name", ["book-contents", "page-contents"])
def test_a_shut_list_has_nothing_to_stop_at(chapter, list_name):
    page = chapter(PHONE)
    links = page.locator(f"#{list_name} a")
    assert links.count() > 3
    assert not any(link.is_visible() for link in links.all())


def test_a_link_into_a_page_goes_straight_to_its_place(chapter):
    page = chapter(DESK)
    look = "getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(look) == "auto"


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


def test_a_slash_opens_search(chapter):
    page = chapter(DESK)
    page.keyboard.press("/")
    page.wait_for_selector("#search-dialog input:focus")
    page.keyboard.type("1/2")
    assert page.input_value("#search-dialog input") == "1/2"


def test_on_the_search_page_a_slash_leads_to_its_field(page, built):
    page.goto((built / "search.html").as_uri() + "?q=gate")
    page.focus("#theme-button")
    page.keyboard.press("/")
    page.wait_for_selector("article .search-form input:focus")
    assert not page.locator("#search-dialog").is_visible()


def test_a_slash_that_is_typed_is_a_slash(chapter):
    page = chapter(DESK)
    page.evaluate(
        "document.querySelector('article').prepend(Object.assign("
        "document.createElement('textarea'), { id: 'own' }))"
    )
    page.focus("#own")
    page.keyboard.type("1/2")
    assert page.input_value("#own") == "1/2"
    assert not page.locator("#search-dialog").is_visible()


def is_at(page, name: str) -> bool:
    return page.url.partition("#")[0].endswith(f"/{name}.html")


def test_arrows_turn_pages_to_and_fro(chapter):
    page = chapter(DESK)
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/network.html")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/{CHAPTER}.html")


def test_a_link_leaves_the_arrows_to_the_page(chapter):
    page = chapter(DESK)
    page.focus(".notebook-links a")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/network.html")


@pytest.mark.parametrize(
    "has_focus",
    [
        ".cv-view input[type=range]",
        ".cv-view select",
        ".cv-view button",
        "#theme-button",
        "pre[tabindex]",
    ],
)
@pytest.mark.parametrize("arrow", ["ArrowLeft", "ArrowRight"])
def test_arrows_stay_with_what_has_the_focus(chapter, has_focus, arrow):
    page = chapter(PHONE)
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    page.locator(f"{has_focus} >> visible=true").first.focus()
    page.keyboard.press(arrow)
    page.wait_for_timeout(200)
    assert is_at(page, CHAPTER)


def test_arrows_stay_with_a_widget_that_was_touched(chapter):
    page = chapter(DESK)
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    page.locator(".cv-view svg").first.click()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert is_at(page, CHAPTER)
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/network.html")


@pytest.mark.parametrize("held", ["Shift", "Alt", "Control", "Meta"])
def test_an_arrow_with_another_key_turns_no_page(chapter, held):
    page = chapter(DESK)
    page.evaluate("addEventListener('keydown', (e) => e.preventDefault())")
    page.keyboard.press(f"{held}+ArrowRight")
    page.wait_for_timeout(200)
    assert is_at(page, CHAPTER)


# Everything that can be used and is in sight; of radio buttons, one a group.
# A listener notes how each looks when the focus comes to it.
WATCH = """
() => {
  window.ring = (at) => {
    const s = getComputedStyle(at);
    const wide = parseFloat(s.outlineWidth) >= 1;
    const line = wide && s.outlineStyle !== "none" ? s.outline : "";
    return [line, s.boxShadow].join();
  };
  window.usable = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']",
  )].filter((at) => at.checkVisibility({ visibilityProperty: true }) &&
    !at.disabled && at.tabIndex >= 0 && at.getBoundingClientRect().width &&
    !(at.type === "radio" && !at.checked));
  window.rings = new Map();
  document.addEventListener("focusin", ({ target }) =>
    rings.set(target, ring(target)));
  document.head.append(Object.assign(document.createElement("style"),
    { textContent: "* { transition: none !important }" }));
  return usable.length;
}
"""
FAULTS = """
() => {
  document.activeElement.blur();
  const said = (at) => at.outerHTML.slice(0, 120);
  return [
    usable.filter((at) => !rings.has(at)).map(said),
    usable.filter((at) => rings.get(at) === ring(at)).map(said),
  ];
}
"""


def walked(page) -> tuple[list[str], list[str]]:
    """What Tab does not reach, and what looks the same when it does."""
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    for _ in range(page.evaluate(WATCH) + 20):
        page.keyboard.press("Tab")
    missed, alike = page.evaluate(FAULTS)
    return missed, alike


@pytest.mark.parametrize("name", pages(BUILT) or [f"{CHAPTER}.html"])
def test_tab_reaches_everything_and_shows_where_it_is(page, built, name):
    page.set_viewport_size(DESK)
    page.goto((built / name).as_uri())
    assert walked(page) == ([], [])


# A button without a ring, from which Tab leads nowhere.
SPOILED = """
() => {
  document.head.append(Object.assign(document.createElement("style"),
    { textContent: "#theme-button { outline: 0 !important; " +
      "box-shadow: none !important }" }));
  document.getElementById("theme-button").onkeydown =
    (event) => event.preventDefault();
}
"""


def test_the_walk_would_tell(page, built):
    page.goto((built / "search.html").as_uri())
    page.focus("[data-opens=book-contents]")
    page.evaluate(SPOILED)
    missed, alike = walked(page)
    assert any("search-button" in one for one in missed)
    assert any("theme-button" in one for one in alike)
