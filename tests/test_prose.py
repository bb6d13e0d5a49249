"""Every number in prose is printed on its page, or is cited."""

import re
from pathlib import Path

import nbformat
import pytest

from book._press import chapters
from book._press.prose import numbers, prose
from cvnotes import papers


def printed(notebook):
    """All that the page's cells and widgets say, as one text."""
    outputs = (
        str(output.get("text", "")) + str(output.get("data", ""))
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
    return " ".join([*outputs, str(notebook.metadata.get("widgets", ""))])


def unexplained(text, known):
    known = known.replace(",", "")
    for number in numbers(text):
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
    assert not list(unexplained(prose(notebook), known))


def test_the_check_can_fail():
    assert list(unexplained("It has 1,234 weights.", "1233")) == ["1,234"]
    assert list(unexplained("It falls by 7 %.", "8")) == ["7"]


def test_the_check_accepts_what_was_printed():
    assert not list(unexplained("It has 1,234 weights.", "1234 weights"))


def test_names_code_and_kernel_sizes_are_no_claims():
    assert not list(numbers("DenseNet-121 with `k = 32` and a 3×3 kernel"))
