"""Written → notebook: a chapter as cells with stable ids, not yet run.

A chapter is a Markdown file below ``book/`` whose first lines name a kernel;
the other pages have no code. ``make notebooks`` and the tests read them here.
"""

import hashlib
from pathlib import Path

import jupytext
import nbformat
import yaml

from book._press import setup_cell
from cvnotes.digest import file_of, tree

ROOT = Path(__file__).parents[2]
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def chapters() -> list[Path]:
    """Every chapter, in the order of their names."""
    return [
        path
        for path in sorted((ROOT / "book").glob("**/*.md"))
        if path.read_text(encoding="utf-8").startswith("---\njupytext:")
    ]


def notebook_path(chapter: Path) -> Path:
    """Where a chapter's notebook stands: the same stem below notebooks/."""
    stem = chapter.relative_to(ROOT / "book").with_suffix(".ipynb")
    return ROOT / "notebooks" / stem


def settings() -> dict:
    """The book's one file of settings, ``_config.yml``."""
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


def written(chapter: Path) -> nbformat.NotebookNode:
    """The chapter as a notebook without outputs."""
    notebook = jupytext.read(chapter)
    first = setup_cell.cell(settings()["repository"]["url"])
    notebook.cells.insert(0, first)
    for number, cell in enumerate(notebook.cells):
        if {"hide-cell", "hide-input", "remove-input"} & {
            *cell.metadata.get("tags", [])
        }:
            # An answer stays shut in JupyterLab and on Colab too.
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.metadata["cellView"] = "form"
        cell.id = f"{chapter.stem.replace('_', '-')}-{number}"
    notebook.metadata = {
        "kernelspec": KERNEL,
        "language_info": {"name": "python"},
        "cvnotes": {
            "generated": "by `make notebooks`; edit the chapter instead",
            "chapter": chapter.relative_to(ROOT).as_posix(),
        },
    }
    return notebook


def digest(
    notebook: nbformat.NotebookNode, modules: list[str], shown: list[str]
) -> str:
    """What a run depends on: the cells, and the code that they reached.

    Of a module only the syntax tree counts, so a comment makes nothing old;
    of a module that the page prints, every letter.
    """
    total = hashlib.sha256()
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        total.update(f"{cell.cell_type}{tags}{cell.source}".encode())
    for name in modules:
        text = file_of(name).read_text(encoding="utf-8")
        code = text if name in shown else tree(text)
        total.update(f"{name}{code}".encode())
        for data in _beside(name):
            total.update(data)
    return total.hexdigest()[:16]


def _beside(name):
    """The data that a module shows: a record, or a net's weights."""
    path = file_of(name)
    for data in (
        path.with_suffix(".npz"),
        path.parent / "results" / f"{path.stem}.json",
    ):
        if data.exists():
            yield data.read_bytes()
