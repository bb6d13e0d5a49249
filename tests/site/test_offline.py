"""No page of the built book contacts, or asks to load from, another host."""

from html.parser import HTMLParser

import pytest
from cv_offline import foreign, read_for_browsers
from published import pages
from sample import build, write

LOADS = [
    '<script async src="https://cdn.example/a.js"></script>',
    "<script src=//cdn.example/a.js></script>",
    '<link href="https://fonts.example/a.css" rel="stylesheet">',
    '<link rel="preconnect" href="https://fonts.example">',
    '<img alt="" src="http://pictures.example/a.png">',
    '@import url("https://fonts.example/a.css");',
    "div { background: url(https://pictures.example/a.png) }",
    'fetch("https://data.example/a.json")',
    "import('https://cdn.example/a.mjs')",
    'import { a } from "https://cdn.example/a.mjs"',
    'script.src = "https://cdn.example/a.js"',
]
ONLY_NAMES = [
    '<a href="https://arxiv.org/abs/1312.4400">paper</a>',
    '<a title="src" href="https://arxiv.org">paper</a>',
    '<link rel="canonical" href="https://book.example">',
    "/* adapted from https://nbsphinx.example */",
    '<img src="../_images/a.png"><script src="a.js"></script>',
    'svg.setAttribute("xmlns", "http://www.w3.org/2000/svg")',
]
SEARCH = "search.html?q=dense"


class Addresses(HTMLParser):
    """Everything that a browser loads by itself while it reads a page."""

    def __init__(self, text: str):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if ("rel", "canonical") in attributes:
            return  # only tells where the page is published
        for name, value in attributes:
            loads = name in ("src", "srcset", "poster", "data")
            if loads or (tag == "link" and name == "href"):
                self.found.append(value or "")


def loaded(text: str) -> list[str]:
    # "#" is how Sphinx names the page itself.
    return [found for found in Addresses(text).found if found != "#"]


@pytest.mark.parametrize("text", LOADS)
def test_the_check_sees_what_would_be_loaded(text):
    assert foreign(text)


@pytest.mark.parametrize("text", ONLY_NAMES)
def test_the_check_leaves_alone_what_is_only_named(text):
    assert not foreign(text)


def test_nothing_in_the_book_loads_from_another_host(built):
    for path in read_for_browsers(built):
        assert not foreign(path.read_text("utf8")), path


def test_every_address_that_a_page_loads_is_a_file_of_the_book(built):
    for name in pages(built):
        page = built / name
        for address in loaded(page.read_text("utf8")):
            file = page.parent / address.partition("?")[0]
            assert file.exists(), f"{name} loads {address}"


def test_a_page_that_would_load_from_elsewhere_ends_the_build(tmp_path):
    page = f"# References\n\n{LOADS[0]}\n"
    done = build(write(tmp_path, references=page))
    assert done.returncode != 0
    assert "loads from another host: <script" in done.stderr


def test_no_page_calls_another_host(page, built, address_of):
    address = address_of(built)
    for name in pages(built):
        page.goto(f"{address}/{name}", wait_until="networkidle")
    assert not page.foreign


def test_no_page_reports_an_error(page, built, address_of):
    address = address_of(built)
    for name in [*pages(built), SEARCH]:
        page.goto(f"{address}/{name}", wait_until="networkidle")
        assert not page.errors, name


def test_search_finds_the_chapter(page, built, address_of):
    page.goto(f"{address_of(built)}/{SEARCH}")
    found = page.locator("#search-results li a", has_text="Growth").first
    found.click()
    page.wait_for_selector("h1:has-text('Growth')")
    assert not page.errors


def test_mathematics_needs_no_script_and_less_than_600_kB(
    page, built, served
):
    sizes = {}
    page.on("response", lambda r: sizes.update({r.url: len(r.body())}))
    page.goto(f"{served(built)}/book/notation.html", wait_until="networkidle")
    scripts = {url: n for url, n in sizes.items() if ".js" in url}
    names = " ".join(scripts).lower()
    assert not any(x in names for x in ("mathjax", "katex", "temml"))
    font = [n for url, n in sizes.items() if "stix-two-math" in url]
    assert len(font) == 1 and font[0] < 120_000
    assert font[0] + sum(scripts.values()) < 600_000
