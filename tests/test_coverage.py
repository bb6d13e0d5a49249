"""Everything in the notes has a place in the book, and it is there."""

import re
from collections import Counter

import pytest
from linked import broken, links, sections, target

from book._press.chapters import ROOT

PAGE = ROOT / "book/coverage.md"
ROWS = [
    re.sub(r"\s+", " ", row)
    for row in re.split(r"^- ", PAGE.read_text("utf-8"), flags=re.MULTILINE)
][1:]
ROWS[-1:] = [ROWS[-1].split(" #")[0]]
ROW = re.compile(r"\*\*(\w+)\.\*\* (.+?) → (.+)$")
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row[:60])


def plain(text):
    """Words alone, so that emphasis and line ends do not matter."""
    text = text.replace("’", "'")
    return re.sub(r"\s+", " ", re.sub(r"[*`$]", "", text)).lower()


def quotes(row):
    """Address and words of each quotation behind a link."""
    return re.findall(r"\]\(([^)]+)\) “([^”]+)”", row)


def test_the_notes_have_so_many_of_each():
    kinds = Counter(ROW.match(row)[1] for row in ROWS)
    # Counted in the notes: their headings, listings and pictures.
    assert kinds["Heading"] == 1 + 3 + 5 + 3
    assert (kinds["Code"], kinds["Figure"], kinds["Item"]) == (8, 13, 8)
    assert {*kinds} == {
        "Heading",
        "Code",
        "Figure",
        "Item",
        "Formula",
        "Text",
    }


@every_row
def test_a_row_says_what_it_is_and_leads_to_a_section(row):
    _, _, places = ROW.match(row).groups()
    assert links(places)
    assert all(
        target(address, PAGE)[1] or address.endswith(".ipynb")
        for _, address in links(places)
    )


@every_row
def test_a_place_of_the_book_is_there(row):
    assert not broken(row, PAGE)


@every_row
def test_words_in_quotation_marks_stand_in_that_section(row):
    for address, words in quotes(row):
        path, anchor = target(address, PAGE)
        assert plain(words) in plain(sections(path)[anchor]), (
            f"{address} does not say “{words}”"
        )


@pytest.mark.parametrize(
    "text",
    [
        "[gone](../notebooks/attention/gone.ipynb#see-it)",
        "[no heading](../notebooks/attention/cbam.ipynb#see-them)",
        "[no page](gone.md)",
    ],
)
def test_a_place_that_is_not_there_is_found(text):
    assert broken(text, PAGE)


def test_words_that_are_not_there_are_found():
    row = "[CBAM](../notebooks/attention/cbam.ipynb#see-it) “no such words”"
    with pytest.raises(AssertionError, match="no such words"):
        test_words_in_quotation_marks_stand_in_that_section(row)
