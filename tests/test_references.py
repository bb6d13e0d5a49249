"""The list of papers has what the book cites, and nothing else."""

import re

import cv_papers
import pytest

from book._press.chapters import ROOT

PAPERS = cv_papers.read()
# After the word, or in an address: 2005.09153, also in a row of several.
NUMBER = r"\d{4}\.\d{4,5}"
CITED = re.compile(
    rf"(?:arXiv:?\s+|arxiv\.org/abs/)"
    rf"({NUMBER}(?:v\d)?(?:(?:,|\s+and|,\s+and)\s+{NUMBER})*)"
)
FILES = [*ROOT.glob("book/**/*.md"), *ROOT.glob("cvnotes/**/*.py")]
TEXTS = {path: path.read_text(encoding="utf-8") for path in sorted(FILES)}


def numbers(text):
    """Every arXiv number that a text cites."""
    for row in CITED.findall(text):
        yield from re.findall(NUMBER, row)


def missing(text):
    """Those that the list does not have."""
    known = {cv_papers.field(paper, "eprint") for paper in PAPERS.values()}
    return [number for number in numbers(text) if number not in known]


CITING = [path for path in TEXTS if CITED.search(TEXTS[path])]


@pytest.mark.parametrize(
    "path", CITING, ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_what_is_cited_is_listed(path):
    assert not missing(TEXTS[path])


def test_a_paper_that_is_not_listed_is_found():
    text = "See arXiv 1608.06993v5 and arXiv\n1711.07971, 1912.00001."
    assert missing(text) == ["1912.00001"]
    assert missing("[it](https://arxiv.org/abs/1912.00002)") == ["1912.00002"]


@pytest.mark.parametrize("key", PAPERS)
def test_no_paper_is_listed_that_nothing_cites(key):
    names = cv_papers.spellings({key: PAPERS[key]})
    found = cv_papers.pattern(tuple(names))
    page = ROOT / "book/references.md"
    assert any(found.search(t) for p, t in TEXTS.items() if p != page)


@pytest.mark.parametrize("key", PAPERS)
def test_a_paper_has_all_that_a_reader_looks_for(key):
    paper = PAPERS[key]
    assert paper.persons["author"]
    assert cv_papers.field(paper, "title")
    assert cv_papers.field(paper, "use").endswith(".")
    assert cv_papers.field(paper, "keywords")
    assert cv_papers.field(paper, "eprint") or cv_papers.field(paper, "named")
    assert re.fullmatch(r"([\w.-]+/[\w.-]+)?", cv_papers.field(paper, "code"))


def test_every_part_of_the_page_lists_some_and_all_are_listed():
    page = TEXTS[ROOT / "book/references.md"]
    parts = re.findall(r'keywords % "(\w+)"', page)
    kept = {cv_papers.field(paper, "keywords") for paper in PAPERS.values()}
    assert sorted(parts) == sorted(kept)


def test_no_number_is_listed_twice():
    found = [cv_papers.field(paper, "eprint") for paper in PAPERS.values()]
    kept = [number for number in found if number]
    assert len(kept) == len({*kept})


@pytest.mark.parametrize(
    "text, keys",
    [
        ("CVPR 2017, arXiv 1608.06993.", ["huang2017"]),
        ("arXiv\n1711.07971 and 1810.13125", ["wang2018", "yue2018"]),
        ("arXiv 1608.06993v5, Table 2", ["huang2017"]),
        ("*Dive into deep\nlearning*, a chapter", ["zhang2021"]),
        ("about 1000.69314 of 21608.06993", []),
    ],
)
def test_a_paper_is_found_by_its_number_or_its_title(text, keys):
    names = cv_papers.spellings(PAPERS)
    found = cv_papers.pattern(tuple(names)).finditer(text)
    spelt = (re.sub(r"\s+", " ", hit[1]).lower() for hit in found)
    assert [names[name] for name in spelt] == keys


def test_a_link_to_a_paper_tells_whose_it_is_and_what_it_is_for():
    told = cv_papers.told(PAPERS["hu2018"])
    assert told["name"] == "Squeeze-and-Excitation Networks"
    assert told["by"] == "Jie Hu, Li Shen, Gang Sun. CVPR 2018."
    assert told["title"] == f"{told['name']}. {told['by']}"
    assert told["says"].startswith("Used here: The gate")


def test_of_many_authors_three_are_named():
    by = cv_papers.told(PAPERS["szegedy2015"])["by"]
    assert by.endswith("Wei Liu, Yangqing Jia and 6 others. CVPR 2015.")


@pytest.mark.parametrize("key", PAPERS)
def test_the_gist_of_a_use_is_a_sentence_and_short(key):
    says = cv_papers.told(PAPERS[key])["says"]
    assert says.endswith(".") and len(says) <= 210
