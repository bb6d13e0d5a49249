"""The exercises of a chapter, as its notebook has them.

An exercise begins at a code cell with one tag of LEVELS. What kind it is,
the page says already: a question, or a heading of ``KINDS`` above the cell.
"""

import ast
import re
from dataclasses import dataclass

import nbformat

LEVELS = {
    "one-step": "one step",
    "several-steps": "a few steps",
    "own-idea": "an idea of your own",
}
PREDICT, BUG, CHANGE = KINDS = ("Predict", "Find the bug", "Change the code")


@dataclass(frozen=True)
class Exercise:
    """One exercise, and the cell at which it begins."""

    kind: str
    level: str
    title: str
    cell: int

    @property
    def anchor(self) -> str:
        """Where it stands on its page.

        >>> Exercise(BUG, "one-step", "Apart", 50).anchor
        'exercise-50'
        """
        return f"exercise-{self.cell}"


def level(cell) -> str | None:
    """The tag that makes a cell the beginning of an exercise.

    >>> level(nbformat.v4.new_code_cell(metadata={"tags": ["own-idea"]}))
    'own-idea'
    """
    found = [tag for tag in cell.metadata.get("tags", []) if tag in LEVELS]
    if len(found) > 1:
        raise ValueError(
            f"tags={found} of {cell.source[:40]!r} are two levels; keep one"
        )
    return found[0] if found else None


def exercises(notebook: nbformat.NotebookNode) -> list[Exercise]:
    """All exercises of a chapter, in its order."""
    found, heading, lead = [], "", ""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            heading, lead = _place(cell.source, heading, lead)
        elif which := level(cell):
            kind, title = _named(cell, heading, lead)
            found.append(Exercise(kind, which, title, number))
    return found


def _place(markdown, heading, lead):
    """The heading that a cell is under, and the bold words before it."""
    for line in markdown.splitlines():
        if line.startswith("#"):
            heading, lead = line.strip("# "), ""
        elif bold := re.match(r"\*\*(.+?)\.?\*\*", line):
            lead = bold[1]
    return heading, lead


def _named(cell, heading, lead):
    if question := _question(cell):
        return PREDICT, question
    kind, _, after = heading.partition(":")
    if kind not in KINDS:
        raise ValueError(
            f"the exercise {cell.source[:40]!r} stands under {heading!r}; "
            f"put it under one of {KINDS[1:]}"
        )
    own = after.strip().capitalize() or lead or f"`{_defined(cell)}`"
    return kind, own


def _question(cell):
    """What a ``Predict`` asks, from what its cell shows in plain text."""
    for output in cell.get("outputs", []):
        shown = output.get("data", {}).get("text/plain", "")
        if shown.startswith("Predict("):
            return ast.literal_eval(shown[len("Predict(") : -1])


def _defined(cell):
    """What the reader is to look at: the first name that a cell defines."""
    body = ast.parse(cell.source).body
    names = [node.name for node in body if hasattr(node, "name")]
    return names[0] if names else "this cell"
