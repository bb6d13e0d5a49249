"""Each term is defined once, in two languages, and used where it says."""

import re
import sys
from collections import Counter

import pytest
from docutils import nodes

from book._press import chapters

sys.path.insert(0, str(chapters.ROOT / "book/_ext"))

from cv_glossary import HAN, Entry, Terms, pattern
from cv_terms import Linker

PAGE = chapters.ROOT / "book/glossary.md"
LINK = re.compile(r"\[[^]]+\]\(\.\./notebooks/([\w/]+)\.ipynb\)$")
ASIDE = r"```.*?```|\$\$.*?\$\$|\$[^$]*\$|`[^`]*`|<summary>.*?</summary>"


def sections() -> dict[str, list[list[str]]]:
    """The entries below each heading: names, then lines that say what."""
    parts = re.split(r"^## (.+)$", PAGE.read_text("utf8"), flags=re.M)
    return {
        title: [entry.splitlines() for entry in body(text).split("\n\n")]
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def body(section: str) -> str:
    return re.search(r"```\{glossary\}\n(.*?)\n```", section, re.S)[1]


WRITTEN = [entry for section in sections().values() for entry in section]
every_entry = pytest.mark.parametrize("entry", WRITTEN, ids=lambda e: e[0])


def names(entry: list[str]) -> list[str]:
    return [line for line in entry if not line.startswith(" ")]


def meaning(entry: list[str]) -> str:
    lines = [line.strip() for line in entry if line.startswith(" ")]
    return " ".join(lines)


def prose(chapter: str) -> str:
    text = (chapters.ROOT / f"book/{chapter}.md").read_text("utf8")
    return re.sub(ASIDE, " ", text, flags=re.DOTALL).replace("*", "")


@every_entry
def test_an_entry_has_two_languages_a_meaning_and_its_chapter(entry):
    chinese = [bool(HAN.search(name)) for name in names(entry)]
    assert chinese == sorted(chinese), "English first"
    assert True in chinese and False in chinese
    assert len(LINK.sub("", meaning(entry))) > 20
    chapter = LINK.search(meaning(entry))[1]
    assert (chapters.ROOT / f"book/{chapter}.md").exists()


@every_entry
def test_the_chapter_that_an_entry_names_uses_it(entry):
    text = prose(LINK.search(meaning(entry))[1])
    english = [name for name in names(entry) if not HAN.search(name)]
    assert any(re.search(pattern(name), text) for name in english)


def test_each_name_is_defined_once():
    counted = Counter(name.lower() for e in WRITTEN for name in names(e))
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("title", sections())
def test_a_section_is_in_order(title):
    firsts = [entry[0].lower() for entry in sections()[title]]
    assert firsts == sorted(firsts)


TERMS = Terms(
    [
        Entry(("map", "特征图"), "numbers", "term-map"),
        Entry(("dense block", "密集块"), "layers", "term-dense-block"),
        Entry(("block",), "any", "term-block"),
        Entry(("rank", "秩"), "rows", "term-rank"),
    ]
)


def found(text: str) -> list[str]:
    """What becomes a link, in a text that stands for itself."""
    parts = Linker(TERMS, "glossary.html").linked(text)
    assert "".join(part.astext() for part in parts) == text
    return [part.astext() for part in parts if part.tagname == "reference"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("A map, and the same map.", ["map"]),
        ("Maps of a dense\nblock", ["Maps", "dense\nblock"]),
        ("One block of many dense blocks", ["block", "dense blocks"]),
        ("mapped, a bitmap, low-rank, map-like", []),
        ("It ranks them by rank.", ["rank"]),
    ],
)
def test_what_becomes_a_link(text, links):
    assert found(text) == links


def test_a_link_says_what_it_leads_to():
    linker = Linker(TERMS, "../book/glossary.html")
    link = linker.linked("a map")[1]
    assert link["refuri"] == "../book/glossary.html#term-map"
    assert link["reftitle"] == "特征图: numbers"
    told = link["note"]
    assert told["data-zh"] == "特征图" and told["data-says"] == "numbers"
    assert "map" in told["data-name"].split(", ")
    assert [part.astext() for part in linker.linked("a map")] == ["a map"]


def paragraph(*parts) -> nodes.paragraph:
    return nodes.paragraph("", "", *parts)


def test_a_page_is_gone_through_as_it_is_read():
    inside = nodes.strong("", "A map")
    page = nodes.section(
        "",
        nodes.title("", "A map of rank one"),
        nodes.raw("", "<details><summary>Hint</summary>", format="html"),
        paragraph(nodes.Text("A block.")),
        nodes.raw("", "</details>", format="html"),
        paragraph(nodes.literal("", "rank"), inside, nodes.Text(" a map")),
        paragraph(
            nodes.Text("A dense"), nodes.Text("\n"), nodes.Text("block")
        ),
    )
    Linker(TERMS, "").walk(page)
    links = list(page.findall(nodes.reference))
    assert [link.astext() for link in links] == ["map", "dense\nblock"]
    assert links[0].parent is inside
