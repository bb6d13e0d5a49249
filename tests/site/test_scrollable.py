"""What is wider or longer than its box says so, and scrolls by keys."""

import pytest
from browser import two_frames
from published import CHAPTER

# The first box with much more than is seen, scrolled to a part of that.
SCROLLED = """
([selector, to, size, part]) => {
  const beyond = (box) => box[`scroll${size}`] - box[`client${size}`];
  const box = [...document.querySelectorAll(selector)].find((b) =>
    b.clientWidth && beyond(b) > 40);
  box[to] = part * beyond(box);
  return box;
}
"""


def mark(page, selector, part, way=("scrollLeft", "Width")):
    """How a box is marked when it has been scrolled so far."""
    box = page.evaluate_handle(SCROLLED, [selector, *way, part])
    two_frames(page)
    return box.evaluate("(box) => box.dataset.cut")


@pytest.fixture
def phone(page, built):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((built / f"{CHAPTER}.html").as_uri())
    page.wait_for_selector("pre[data-cut]")
    return page


@pytest.mark.parametrize(
    "part, cut", [(0, "after"), (0.5, "before after"), (1, "before")]
)
def test_code_fades_where_it_is_cut_off(phone, part, cut):
    assert mark(phone, "pre", part) == cut


@pytest.mark.parametrize(
    "part, cut", [(0, "below"), (0.5, "above below"), (1, "above")]
)
def test_a_long_listing_fades_where_it_goes_on(page, built, part, cut):
    page.goto((built / f"{CHAPTER}.html").as_uri())
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    listing = "div.cell_output div.highlight-python pre"
    page.add_style_tag(content=f"{listing} {{ height: 8rem }}")
    page.wait_for_selector(f"{listing}[data-cut]", state="attached")
    assert mark(page, listing, part, ("scrollTop", "Height")) == cut


def test_what_is_seen_whole_does_not_fade(phone):
    whole = """[...document.querySelectorAll("pre")].filter((pre) =>
      pre.clientWidth && pre.scrollWidth <= pre.clientWidth &&
      pre.scrollHeight <= pre.clientHeight)"""
    assert phone.evaluate(f"{whole}.length") > 3
    marked = f"{whole}.filter((pre) => pre.dataset.cut !== undefined).length"
    assert phone.evaluate(marked) == 0


def test_code_in_an_answer_is_marked_when_it_is_opened(phone):
    shut = "details:not([open]) div.cell_input pre"
    assert phone.locator(shut).count()
    assert not phone.locator(f"{shut}[data-cut]").count()
    phone.evaluate(
        "document.querySelectorAll('details').forEach((d) => d.open = true)"
    )
    phone.wait_for_selector("details[open] pre[data-cut][tabindex='0']")


def test_the_tables_of_the_notation_fit_a_phone(page, built):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto((built / "book/notation.html").as_uri())
    over = """[...document.querySelectorAll("table.table")].filter((table) =>
      table.scrollWidth > table.parentElement.clientWidth).length"""
    assert page.locator("td code wbr").count() > 5
    assert page.evaluate(over) == 0
