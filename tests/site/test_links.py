"""No link of the book is broken: inside by looking, outside by a list."""

import re
from functools import cache
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from published import BUILT, CHAPTER, pages

from book._press.links import fault, listed

# In no list: they are made of the book's settings.
OWN = ("https://colab.research.google.com/github/",)
TEXT = re.compile(r"https?://[^\s<>\"”’)\]]+")
PAGES = pages(BUILT) or [f"{CHAPTER}.html"]
every_page = pytest.mark.parametrize("name", PAGES)


class Page(HTMLParser):
    """A page's links and the places that links may lead to."""

    def __init__(self, text: str):
        super().__init__()
        self.links, self.places, self.widgets = [], set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if told.get("rel") in ("canonical", "nofollow"):
            return
        for name in ("href", "src", "xlink:href", "action"):
            if told.get(name) is not None:
                self.links.append(told[name])
        self.places |= {told[k] for k in ("id", "name") if told.get(k)}
        if "data-widget" in told:
            self.widgets.add(told["data-widget"])


@cache
def read(path: Path) -> Page:
    return Page(path.read_text("utf8"))


def broken(page: Path, link: str) -> str:
    """What is wrong with a link that stands on a page; or nothing."""
    if urlsplit(link).scheme in ("http", "https", "mailto", "data"):
        return ""
    address, place = urldefrag(urljoin(page.as_uri(), link))
    target = Path(unquote(urlsplit(address).path))
    if not target.is_file():
        return f"{link}: there is no such file"
    if not place or target.suffix != ".html":
        return ""
    there = read(target)
    if "=" in place:  # settings of a widget, as widget-host.js reads them
        stems = {part.split(".")[0] for part in place.split("&")}
        return f"{link}: no such widget" if stems - there.widgets else ""
    known = unquote(place) in there.places
    return "" if known else f"{link}: no such place on that page"


def outside(links) -> set[str]:
    # What stands behind an address in a sentence or a text is none of it.
    found = (re.sub(r"[.,;:'\"]+$", "", link) for link in links)
    return {
        a for a in found if a.startswith("http") and not a.startswith(OWN)
    }


@cache
def written() -> set[str]:
    """Every outside address that stands in the files of the book."""
    return outside(
        link for name in PAGES for link in read(BUILT / name).links
    )


@every_page
def test_every_link_of_a_page_leads_somewhere(built, name):
    faults = (broken(built / name, link) for link in read(built / name).links)
    assert not [fault for fault in faults if fault]


@pytest.mark.parametrize(
    "link",
    ["gone.html", "#gone", "../index.html#gone", f"{CHAPTER}.html#toy.k=1"],
)
def test_a_broken_link_would_be_told(built, link):
    assert broken(built / "search.html", link)


@pytest.mark.parametrize("link", ["#", "index.html", "search.html?q=a"])
def test_a_link_that_leads_somewhere_is_let_be(built, link):
    assert not broken(built / "search.html", link)


def test_a_link_to_settings_of_a_widget_is_one(built):
    link = f"{CHAPTER}.html#growth.k=24"
    assert not broken(built / "search.html", link)


def test_every_style_names_files_that_are_there(built):
    for sheet in built.rglob("*.css"):
        text = sheet.read_text("utf8")
        for name in re.findall(r"url\(['\"]?([^'\")]+)", text):
            if not name.startswith(("data:", "#")):
                path = sheet.parent / re.split("[?#]", name)[0]
                assert path.is_file(), f"{sheet.name}: {name}"


@pytest.fixture(scope="module")
def drawn(browser, tmp_path_factory):
    """What the pages link to, and say, once their widgets are drawn."""
    page, links, said = browser.new_page(), {}, set()
    for name in PAGES:
        page.goto((BUILT / name).as_uri())
        page.wait_for_function("!document.querySelector('[aria-busy]')")
        links[name] = page.eval_on_selector_all(
            ".cv a[href]", "(all) => all.map((a) => a.getAttribute('href'))"
        )
        page.eval_on_selector_all(
            "pre", "(all) => all.map((p) => p.remove())"
        )
        said |= set(TEXT.findall(page.locator("article").inner_text()))
    page.close()
    return links, said


def test_every_link_that_a_widget_draws_leads_somewhere(built, drawn):
    links, _ = drawn
    faults = (
        broken(built / name, link) for name in PAGES for link in links[name]
    )
    assert not [fault for fault in faults if fault]


def test_the_list_has_every_outside_address_and_no_other(drawn):
    links, said = drawn
    named = written() | outside(said) | outside(chain(*links.values()))
    missing, unused = sorted(named - set(listed())), set(listed()) - named
    assert not missing, "add to book/links.txt:\n" + "\n".join(missing)
    assert not unused, f"on no page, but in book/links.txt: {unused}"


def test_the_list_is_sorted_and_each_address_well_formed():
    assert listed() == sorted(set(listed()))
    assert not {address: fault(address) for address in listed()
                if fault(address)}  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        "http://arxiv.org/abs/1608.06993",
        "https://arxiv.org/pdf/1608.06993",
        "https://arxiv.org/abs/1608.06993v5",
        "https://arxiv.org/abs/1608.6993.",
        "https://github.com/pytorch/vision#906",
        "https://doi.org/1608.06993",
        "https://a.example/b?utm_source=c",
        "https://a.example/b).",
        "https://a example/",
    ],
)
def test_an_address_of_another_form_would_be_told(wrong):
    assert fault(wrong)
