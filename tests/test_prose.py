"""Every number in prose is printed on its page, or is cited."""

import re
from pathlib import Path

import nbformat
import pytest

from book._press import chapters
from cvnotes import papers

ASIDE = [
    r"```.*?```",  # code
    r"`[^`]*`",
    r"\]\([^)]*\)",  # addresses
    r"<[^>]*>",
]
# Two or more digits, or a unit behind; not the 121 of DenseNet-121.
NUMBER = re.compile(
    r"(?<![\w.,-])\d(?:[\d,]*\d)?(?:\.\d+)?(?=(\s?%|\s[kMG]?B\b)?)"
)


def numbers(text):
    for aside in ASIDE:
        text = re.sub(aside, " ", text, flags=re.DOTALL)
    for match in NUMBER.finditer(text):
        if len(re.sub(r"\D", "", match[0])) > 1 or match[1]:
            yield match[0]


def printed(notebook):
    """All that the page's cells and widgets say, as one text."""
    outputs = (
        str(output.get("text", "")) + str(output.get("data", ""))
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
    return " ".join([*outputs, str(notebook.metadata.get("widgets", ""))])


def unexplained(prose, known):
    known = known.replace(",", "")
    for number in numbers(prose):
        plain = re.escape(number.replace(",", ""))
        if not re.search(rf"(?<!\d){plain}(?!\d)", known):
            yield number


@pytest.mark.parametrize("chapter", chapters.chapters(), ids=lambda p: p.stem)
def test_every_number_in_prose_is_computed_or_cited(chapter):
    path = chapters.notebook_path(chapter)
    notebook = nbformat.read(path, as_version=4)
    tables = Path(papers.__file__).parent.glob("*.py")
    cited = [*tables, chapters.ROOT / "book/references.bib"]
    known = printed(notebook) + " ".join(
        path.read_text(encoding="utf-8") for path in cited
    )
    prose = "\n\n".join(
        cell.source for cell in notebook.cells if cell.cell_type == "markdown"
    )
    assert not list(unexplained(prose, known))


def test_the_check_can_fail():
    assert list(unexplained("It has 1,234 weights.", "1233")) == ["1,234"]
    assert list(unexplained("It falls by 7 %.", "8")) == ["7"]


def test_the_check_accepts_what_was_printed():
    assert not list(unexplained("It has 1,234 weights.", "1234 weights"))


def test_names_code_and_kernel_sizes_are_no_claims():
    assert not list(numbers("DenseNet-121 with `k = 32` and a 3×3 kernel"))
