"""The built reference: every name and every paper can be reached."""

import re

import cv_papers
import pytest
from cv_api import chapters, parts
from cv_api.entries import entry
from cv_api.modules import public

from book._press.chapters import ROOT

PARTS = parts(ROOT)
CHAPTERS = chapters.pages()


def text(built, page):
    return (built / f"{page}.html").read_text(encoding="utf-8")


def anchors(html):
    return {*re.findall(r'\bid="([^"]+)"', html)}


@pytest.mark.parametrize("part", PARTS)
def test_every_public_name_has_its_place(built, part):
    here = anchors(text(built, f"book/api/{part}"))
    lost = [n for n in chapters.homes(part) if f"{part}.{n}" not in here]
    assert not lost


@pytest.mark.parametrize("part", PARTS)
def test_every_name_leads_to_its_code_and_to_a_chapter(built, part):
    html = text(built, f"book/api/{part}")
    names = chapters.homes(part)
    assert html.count('<details class="api-source">') >= len(names)
    told = re.findall(
        r"<strong>(?:Chapters?|In the chapters? nearby)</strong>", html
    )
    assert len(told) == len(names)


def told_of(html, anchor):
    """The text of an entry, from its signature to the next one."""
    _, _, rest = html.partition(f'id="{anchor}"')
    return re.sub(r"<[^>]*>", "", re.split(r'<dt[^>]* id="', rest)[0])


@pytest.mark.parametrize(
    "name, what",
    [("densenet121", "Chapters:"), ("densenet169", "In the chapters nearby")],
)
def test_a_chapter_that_does_not_name_it_is_only_near(built, name, what):
    html = text(built, "book/api/densenet")
    assert what in told_of(html, f"densenet.{name}")


def test_a_setting_says_what_it_takes(built):
    html = text(built, "book/api/widgets")
    loud = told_of(html, "widgets.CBAMExplorer")
    assert "picture: Enum of (" in loud and "colours loud" in loud
    assert "y: Int from 0 to 47 = 10" in loud
    assert "question: Unicode, *, answer: Union" in told_of(
        html, "widgets.Predict"
    )
    for signature in re.findall(r"<em class=\"sig-param\">.*?</em>", html):
        said = re.sub(r"<[^>]*>|'[^']*'", "", signature)
        assert not re.search(r"\b[A-Z]{3,}\b", said), said


@pytest.mark.parametrize(
    ("part", "name", "words"),
    [
        ("attention", "NonLocal", "embedded_gaussian gaussian dot concat"),
        ("cost", "non_local", "embedded_gaussian gaussian dot concat"),
        ("cost", "non_local_attention", "embedded_gaussian dot concat"),
        ("train", "Machine", "auto cpu cuda mps no bf16 fp16"),
        ("data", "cifar", "train test"),
        ("data", "drawn", "local far channels fine train test"),
    ],
)
def test_an_entry_names_what_may_be_passed(part, name, words):
    found = entry(name, *public(part)[name])
    told = " ".join([found.doc, *(said for _, said in found.refused)])
    quoted = {*re.findall(r"[\"'](\w+)[\"']", told)}
    assert {*words.split()} <= quoted


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_chapter_ends_with_its_names_which_lead_somewhere(built, page):
    last = re.findall(r'<p class="in-the-api">.*?</p>', text(built, page))
    assert len(last) == 1
    links = re.findall(
        r'href="(?:\.\./)+(book/api/\w+)\.html#([\w.]+)"', *last
    )
    assert len(links) >= 3
    for part, anchor in links:
        assert anchor in anchors(text(built, part))


def test_the_list_of_papers_is_whole_and_says_who_names_them(built):
    html = text(built, "book/references")
    items = re.findall(r'<li class="paper" id="(\w+)">(.*?)</li>', html, re.S)
    assert {key for key, _ in items} == {*cv_papers.read()}
    for _, item in items:
        assert "Named in:" in item and 'class="reference internal"' in item


@pytest.mark.parametrize("page", CHAPTERS)
def test_a_number_of_a_paper_is_a_link_to_the_list(built, page):
    html = re.sub(r"<pre>.*?</pre>", "", text(built, page), flags=re.S)
    html = re.sub(
        r"<title>.*?</title>|<script.*?</script>", "", html, flags=re.S
    )
    keys = anchors(text(built, "book/references"))
    links = re.findall(r'references\.html#(\w+)"', html)
    assert links and {*links} <= keys
    prose = re.sub(r"<a\b.*?</a>", "", html, flags=re.S)
    assert not re.findall(r"arXiv\s+\d{4}\.\d{4,5}", prose)


def test_the_search_knows_the_names(built):
    index = (built / "searchindex.js").read_text(encoding="utf-8")
    for name in ("ChannelAttention", "densenet121", "GrowthExplorer"):
        assert name in index


def test_a_signature_stays_on_a_phone(page, built):
    page.set_viewport_size({"width": 360, "height": 800})
    for part in PARTS:
        page.goto((built / f"book/api/{part}.html").as_uri())
        wide = page.evaluate(
            "document.documentElement.scrollWidth - innerWidth"
        )
        assert wide <= 0, part
