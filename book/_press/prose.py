"""What a chapter has to answer for: its numbers, and what cells assert."""

import ast
import re
from collections.abc import Iterator

import nbformat

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


def numbers(text: str) -> Iterator[str]:
    """The numbers of a text that say how much of something there is.

    >>> list(numbers("DenseNet-121 has 7,978,856 weights, 3×3 kernels"))
    ['7,978,856']
    """
    for aside in ASIDE:
        text = re.sub(aside, " ", text, flags=re.DOTALL)
    for match in NUMBER.finditer(text):
        if len(re.sub(r"\D", "", match[0])) > 1 or match[1]:
            yield match[0]


def prose(notebook: nbformat.NotebookNode) -> str:
    """Its text, without its code and what that printed."""
    return "\n\n".join(
        cell.source for cell in notebook.cells if cell.cell_type == "markdown"
    )


def checks(notebook: nbformat.NotebookNode) -> int:
    """How many statements of its cells fail if what they say is false.

    >>> cell = nbformat.v4.new_code_cell("assert 1 < 2; assert_close(3, 3)")
    >>> checks(nbformat.v4.new_notebook(cells=[cell]))
    2
    """
    return sum(
        _checks(node)
        for cell in notebook.cells
        if cell.cell_type == "code" and not cell.source.startswith("%")
        for node in ast.walk(ast.parse(cell.source))
    )


def _checks(node):
    if isinstance(node, ast.Call):
        function = node.func
        name = getattr(function, "attr", getattr(function, "id", ""))
        return name == "assert_close"
    return isinstance(node, ast.Assert)
