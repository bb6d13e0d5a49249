"""The page on who mixes with whom: its chapters are found, links open it."""

from functools import partial

import pytest
from browser import two_frames

CHAPTER = "notebooks/who_mixes.html"
WAYS = pytest.mark.parametrize("address_of", ["http", "file"], indirect=True)


@pytest.fixture
def mixes(in_sight):
    """A function that opens the page, and gives its widget."""
    return partial(in_sight, CHAPTER, ".cv-who")


def names(widget):
    options = widget.locator("[data-setting='left'] option").all()
    return [option.get_attribute("value") for option in options]


@WAYS
def test_every_operation_leads_to_a_page_that_is_there(
    mixes, page, address_of
):
    widget = mixes()
    found = {}
    for name in names(widget):
        widget.locator("[data-setting='left']").select_option(name)
        two_frames(page)
        link = widget.locator(".cv-who-chapter a").first
        title = link.inner_text()
        found[link.evaluate("(a) => a.href")] = title
    assert len(found) == 8
    for address, title in found.items():
        page.goto(address)
        assert page.locator("h1").inner_text().startswith(title)


def test_a_link_opens_two_operations_and_an_output(mixes):
    widget = mixes(
        "#who_mixes.left=CBAM&who_mixes.right=dense%20block"
        "&who_mixes.channel=8&who_mixes.row=1"
    )
    left, right = widget.locator(".cv-who-reads").all_inner_texts()
    assert "100 of 100" in left and "60 of 100" in right


@pytest.mark.parametrize(
    "anchor", ["#who_mixes.left=5%C3%975", "#who_mixes.channel=99"]
)
def test_a_link_that_says_nonsense_does_no_harm(mixes, page, anchor):
    reads = mixes(anchor).locator(".cv-who-reads").first.inner_text()
    assert "36 of 100" in reads
    assert not page.errors


@pytest.mark.parametrize("width", [360, 390])
def test_the_page_is_not_wider_than_a_phone(mixes, page, width):
    mixes(width=width)
    wide = "document.documentElement.scrollWidth"
    assert page.evaluate(wide) <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_its_place_is_kept_until_it_is_drawn(mixes, page, width):
    tall = (
        mixes(width=width)
        .locator("..")
        .evaluate(
            """(view) => {
          const drawn = view.getBoundingClientRect().height;
          view.setAttribute("aria-busy", "true");
          view.replaceChildren();
          return [drawn, view.getBoundingClientRect().height];
        }"""
        )
    )
    assert tall[1] == pytest.approx(tall[0], abs=48)
