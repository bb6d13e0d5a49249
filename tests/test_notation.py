"""One symbol, one meaning: every formula and name is in the notation."""

import ast
import inspect
import re
from dataclasses import dataclass
from functools import cache

import pytest
import yaml

from book._press import chapters
from cvnotes import cost

PAGE = chapters.ROOT / "book/notation.md"
GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "θ": "theta",
    "λ": "lambda",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "φ": "phi",
}
FENCED = r"```.*?```"
FORMULA = r"\$\$(.+?)\$\$|\$([^$]+?)\$"
# Symbols of more than one letter, and words that are no symbols.
NAMED = {
    r"C_\\text\{(in|out)\}": r" C\1 ",
    r"k_0": " kzero ",
    r"r\^\*": " rstar ",
    r"\\mathcal\{C\}": " mathcalC ",
    r"(?<![A-Za-z])hw(?![A-Za-z_])": " hw ",
    r"(?<![A-Za-z])hwc(?![A-Za-z_])": " hw c ",
    r"\\(text|mathrm)\{\w*\}": " ",
    r"\[\\dots\]|\[.*\\dots.*\]": " cat ",
}
WORDS = {"Cin", "Cout", "kzero", "rstar", "mathcalC", "hw", "cat"}


@dataclass(frozen=True)
class Row:
    """Symbols with one meaning, and the chapters where they have it."""

    symbols: frozenset[str]
    meaning: str
    where: frozenset[str]


def symbols(formula: str) -> set[str]:
    """The symbols of a formula, without what only binds them.

    >>> sorted(symbols(r"k_0 + k(l-1)"))
    ['k', 'kzero', 'l']
    >>> sorted(symbols(r"\\sqrt{4/(9\\pi c)}"))
    ['c', 'pi']
    """
    for pattern, word in NAMED.items():
        formula = re.sub(pattern, word, formula)
    found = set()
    for command, word in re.findall(r"\\([A-Za-z]+)|([A-Za-z]+)", formula):
        if command in GREEK.values() or word in WORDS:
            found.add(command or word)
        else:
            found |= set(word)
    return found


def formulas(text: str) -> list[str]:
    text = re.sub(FENCED, "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    found = re.findall(FORMULA, text, flags=re.DOTALL)
    return [display or inline for display, inline in found]


def prose_greek(text: str) -> set[str]:
    text = re.sub(FENCED + r"|`[^`]*`", "", text, flags=re.DOTALL)
    return {GREEK[letter] for letter in text if letter in GREEK}


def sections(text: str) -> dict[str, str]:
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def rows(section: str) -> list[list[str]]:
    lines = re.findall(r"^\|( .+)\|$", section, flags=re.MULTILINE)
    cells = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    return [row for row in cells if row[0] not in ("symbol", "name")]


def parts() -> dict[str, frozenset[str]]:
    """The chapters of each part, as the table of contents has them."""
    text = (chapters.ROOT / "_toc.yml").read_text("utf8")
    return {
        part["caption"]: frozenset(
            chapter["file"].removeprefix("notebooks/")
            for chapter in part["chapters"]
        )
        for part in yaml.safe_load(text)["parts"]
    }


@cache
def notation() -> list[Row]:
    """All rows with a formula before their meaning."""
    found = []
    everywhere = frozenset(map(stem, chapters.chapters()))
    for title, section in sections(PAGE.read_text("utf8")).items():
        part = {"Throughout": everywhere, **parts()}.get(title)
        for symbol, meaning, *more in rows(section):
            if not formulas(symbol):
                continue
            link = re.search(r"notebooks/([\w/]+)\.ipynb", more[0])
            where = frozenset({link[1]}) if link else part
            assert where, f"where does {symbol} hold, in {title}?"
            named = set().union(*map(symbols, formulas(symbol)))
            found.append(Row(frozenset(named), meaning, where))
    return found


def stem(chapter) -> str:
    path = chapter.relative_to(chapters.ROOT / "book")
    return str(path.with_suffix(""))


def meanings(symbol: str, chapter: str) -> list[str]:
    return [
        row.meaning
        for row in notation()
        if symbol in row.symbols and chapter in row.where
    ]


def used(chapter) -> set[str]:
    text = chapter.read_text("utf8")
    in_formulas = set().union(*map(symbols, formulas(text)))
    return in_formulas | prose_greek(text)


# Those of the parts that have letters of their own.
IN_PARTS = [
    chapter
    for chapter in chapters.chapters()
    for part in parts().keys() & sections(PAGE.read_text("utf8")).keys()
    if stem(chapter) in parts()[part]
]


@pytest.mark.parametrize("chapter", chapters.chapters(), ids=stem)
def test_every_symbol_is_in_the_notation(chapter):
    known = set().union(*(row.symbols for row in notation()))
    assert used(chapter) <= known, used(chapter) - known


@pytest.mark.parametrize("chapter", IN_PARTS, ids=stem)
def test_every_symbol_of_a_chapter_has_one_meaning(chapter):
    for symbol in used(chapter):
        told = meanings(symbol, stem(chapter))
        assert told, f"{symbol} is not in the notation"
        assert len(told) == 1, f"{symbol} has two meanings: {told}"


@pytest.mark.parametrize("row", notation(), ids=lambda row: row.meaning[:30])
def test_every_row_of_the_notation_is_used(row):
    somewhere = set()
    for chapter in chapters.chapters():
        if stem(chapter) in row.where:
            somewhere |= used(chapter)
    assert row.symbols <= somewhere, row.symbols - somewhere


def test_the_check_sees_a_strange_symbol():
    assert symbols(r"\lambda k") == {"lambda", "k"}
    assert not meanings("lambda", "densenet/network")


def test_two_papers_may_share_a_letter_but_no_chapter_has_both():
    attention = meanings("theta", "attention/cgnl")
    densenet = meanings("theta", "densenet/network")
    assert len(attention) == len(densenet) == 1
    assert attention != densenet


def in_the_code() -> set[str]:
    """Every name in code type that stands in a row of the notation."""
    text = PAGE.read_text("utf8").split("## Counting")[0]
    lines = re.findall(r"^\|.+\|$", text, flags=re.MULTILINE)
    return set(re.findall(r"`(\w+)`", " ".join(lines))) - {"None"}


def names_of_the_package() -> set[str]:
    found = set()
    for path in (chapters.ROOT / "cvnotes").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf8"))):
            for kind in ("arg", "attr", "id", "name"):
                found.add(getattr(node, kind, None))
    letters = re.findall(
        r'"(.+)"', (chapters.ROOT / "cvnotes/shapes.py").read_text("utf8")
    )
    return found | set(" ".join(letters).split())


def test_every_name_of_the_notation_is_one_of_the_package():
    assert in_the_code() - names_of_the_package() == set()


def public_functions():
    for name in cost.__all__:
        it = getattr(cost, name)
        if inspect.isfunction(it) and not name.startswith("refuse_"):
            yield it


# Of two lists of intervals, and of what is given by name: no notation.
PLAIN = {"one", "other", "counts", "values"}


@pytest.mark.parametrize(
    "function", public_functions(), ids=lambda f: f.__name__
)
def test_every_parameter_of_cost_is_in_the_notation(function):
    asked = set(inspect.signature(function).parameters) - PLAIN
    assert asked <= in_the_code(), asked - in_the_code()
