"""Each exercise has a name, a kind and a level, and the list has them all."""

import nbformat
import pytest
import yaml

from book._press import chapters
from book._press.exercises import (
    BUG,
    CHANGE,
    KINDS,
    PREDICT,
    exercises,
    level,
)

# The front page and the errata have none.
CHAPTERS = [
    path
    for path in chapters.chapters()
    if path.stem not in ("index", "errata")
]
every_chapter = pytest.mark.parametrize(
    "chapter", CHAPTERS, ids=lambda p: p.stem
)


def run(chapter):
    return nbformat.read(chapters.notebook_path(chapter), as_version=4)


def code(tags=(), shown=None, source="class Mine:\n    pass"):
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": list(tags)})
    if shown:
        data = {"text/plain": shown}
        cell.outputs = [nbformat.v4.new_output("display_data", data)]
    return cell


def notebook(*cells):
    made = [
        nbformat.v4.new_markdown_cell(cell) if isinstance(cell, str) else cell
        for cell in cells
    ]
    return nbformat.v4.new_notebook(cells=made)


@every_chapter
def test_a_chapter_has_each_kind(chapter):
    assert {found.kind for found in exercises(run(chapter))} == {*KINDS}


@every_chapter
def test_no_exercise_of_a_chapter_is_left_out(chapter):
    cells = run(chapter).cells
    questions = [
        number
        for number, cell in enumerate(cells)
        if any(
            output.get("data", {})
            .get("text/plain", "")
            .startswith("Predict(")
            for output in cell.get("outputs", [])
        )
    ]
    found = exercises(run(chapter))
    assert [e.cell for e in found if e.kind == PREDICT] == questions
    hints = sum(
        cell.source.count("<summary>Hint</summary>")
        for cell in cells
        if cell.cell_type == "markdown"
    )
    assert sum(e.kind in (BUG, CHANGE) for e in found) == hints


@every_chapter
def test_no_two_exercises_of_a_chapter_have_one_name(chapter):
    names = [(e.kind, e.title) for e in exercises(run(chapter))]
    assert len({*names}) == len(names)


def test_the_page_lists_every_part():
    toc = yaml.safe_load((chapters.ROOT / "_toc.yml").read_text("utf-8"))
    stems = {f"notebooks/{path.stem}" for path in CHAPTERS} | {
        f"notebooks/{path.parent.name}/{path.stem}" for path in CHAPTERS
    }
    parts = [
        part["caption"]
        for part in toc["parts"]
        if any(chapter["file"] in stems for chapter in part["chapters"])
    ]
    page = (chapters.ROOT / "book/exercises.md").read_text("utf-8")
    wanted = [f"```{{exercises}} {part}\n" for part in parts]
    assert len(parts) == 4 and all(line in page for line in wanted)


def test_an_exercise_is_named_by_its_question_its_lead_or_its_code():
    found = exercises(
        notebook(
            "## Try it",
            code(["one-step"], "Predict('How many?')"),
            "### Find the bug\n\nIt runs.",
            code(["several-steps"]),
            "### Change the code\n\n**The other order.** Write it.",
            code(["own-idea"]),
            "### Change the code: two for one",
            code(["own-idea"]),
        )
    )
    assert [(e.kind, e.title) for e in found] == [
        (PREDICT, "How many?"),
        (BUG, "`Mine`"),
        (CHANGE, "The other order"),
        (CHANGE, "Two for one"),
    ]


def test_an_exercise_under_no_such_heading_is_refused():
    with pytest.raises(ValueError, match="stands under 'Build it'"):
        exercises(notebook("## Build it", code(["one-step"])))


def test_two_levels_are_refused():
    with pytest.raises(ValueError, match="two levels; keep one"):
        level(code(["one-step", "own-idea"]))
