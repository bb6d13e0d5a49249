"""In the built chapters the first use of a term leads to the glossary."""

import re
from html.parser import HTMLParser

import pytest
from published import BUILT, pages
from test_access import DESK, PHONE

GLOSSARY = "book/glossary.html"
CHAPTERS = [
    name
    for name in pages(BUILT)
    if name.startswith("notebooks/") and name != "notebooks/index.html"
]
NOT_IN = {"a", "code", "pre", "summary", "figcaption", "th", "td", "caption"}
NOT_IN |= {f"h{level}" for level in range(1, 7)}
VOID = {"br", "hr", "img", "input", "link", "meta", "wbr", "path", "source"}


IN_SIGHT = """() => {
  const { top, bottom } = document.querySelector(":target")
    .getBoundingClientRect();
  return top > 0 && bottom < innerHeight;
}"""


class Links(HTMLParser):
    """Each link to a term: its place in the glossary, and what it is in."""

    def __init__(self, text: str):
        super().__init__()
        self.open, self.found = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        asked = dict(attributes)
        if tag == "a" and "term" in (asked.get("class") or "").split():
            self.found.append((asked["href"], set(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        while tag in self.open and self.open.pop() != tag:
            pass


def links(name: str) -> list[tuple[str, set[str]]]:
    return Links((BUILT / name).read_text("utf8")).found


def anchors() -> set[str]:
    """The first name of each entry."""
    text = (BUILT / GLOSSARY).read_text("utf8")
    return set(
        re.findall(r'(?:<dd>.*?|<dl[^>]*>\s*)<dt id="(.*?)"', text, re.S)
    )


def test_there_are_chapters_and_terms(built):
    assert len(CHAPTERS) > 10 and len(anchors()) > 80


@pytest.mark.parametrize("name", CHAPTERS)
def test_each_term_is_linked_once_and_to_its_entry(built, name):
    found = [href for href, _ in links(name)]
    assert len(found) >= 5
    assert len(found) == len(set(found))
    for href in found:
        page, _, anchor = href.partition("#")
        assert (built / name).parent.joinpath(page).resolve() == (
            built / GLOSSARY
        )
        assert anchor in anchors()


@pytest.mark.parametrize("name", CHAPTERS)
def test_links_stand_in_running_text(built, name):
    for href, inside in links(name):
        assert "p" in inside or "li" in inside, href
        assert not inside & NOT_IN, href


def test_every_term_is_linked_from_somewhere(built):
    linked = {
        href.partition("#")[2] for n in CHAPTERS for href, _ in links(n)
    }
    assert anchors() - linked == set()


def test_no_other_page_has_such_links(built):
    for name in set(pages(built)) - set(CHAPTERS):
        assert not links(name), name


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_term_leads_to_what_it_means(page, built, size):
    page.set_viewport_size(size)
    page.goto((built / "notebooks/densenet/dense_block.html").as_uri())
    page.click("a.term:text('growth rate')")
    page.wait_for_url("**/glossary.html#term-growth-rate")
    term = page.locator("dt:target")
    assert term.inner_text().startswith("growth rate")
    page.wait_for_function(IN_SIGHT)
    assert (
        page.locator("dt:target + dt:lang(zh)").inner_text()[-3:] == "增长率"
    )
