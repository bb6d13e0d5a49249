"""Notebook → run: ``make notebooks`` runs the chapters that are old.

Running twice changes no byte: ids come from the chapter and the order, and
times, machine names and the scripts of widgets stay out.
"""

import os
import sys

import nbclient
import nbformat

from book._press import chapters
from cvnotes.digest import file_of

_PROBE = """
import sys
print(*sorted(name for name in sys.modules if name.startswith("cvnotes")))
print(*sorted(getattr(sys.modules.get("cvnotes.page"), "SHOWN", [])))
"""
# Small nets are no faster with more, and far slower on a busy machine.
ONE_THREAD = {"OMP_NUM_THREADS": "1"}
_VIEW = "application/vnd.jupyter.widget-view+json"
_STATE = "application/vnd.jupyter.widget-state+json"
# Of a widget's private traits, what its script reads; the rest is machinery.
_KEPT = (
    "_anywidget_id",
    "_bounds",
    "_examples",
    "_plan",
    "_presets",
    "_shared",
    "_start",
    "_view_module",
    "_view_module_version",
    "_view_name",
    "_weights",
)
# What a live notebook shows in a widget's place until the cell is run; the
# published page has the widget's own script.
_WAITING = (
    "export default { render({ el }) "
    "{ el.textContent = 'Run this cell to see it move.'; } }"
)


def is_fresh(chapter) -> bool:
    """Whether the notebook is this chapter, run with the package as it is."""
    path = chapters.notebook_path(chapter)
    if not path.exists():
        return False
    known = nbformat.read(path, as_version=4).metadata.get("cvnotes", {})
    modules, shown = known.get("modules", []), known.get("shown", [])
    if not all(file_of(name).exists() for name in modules):
        return False
    now = chapters.digest(chapters.written(chapter), modules, shown)
    return known.get("digest") == now


def run(chapter) -> nbformat.NotebookNode:
    """The chapter with its outputs, the same at every run."""
    notebook = chapters.written(chapter)
    notebook.cells.append(nbformat.v4.new_code_cell(_PROBE))
    client = nbclient.NotebookClient(
        notebook,
        timeout=600,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(chapters.ROOT)}},
    )
    # A training cell that reports its progress would do so differently.
    quiet = {"PYTHONHASHSEED": "0", "CVNOTES_QUIET": "1", **ONE_THREAD}
    client.execute(env={**os.environ, **quiet})
    said = notebook.cells.pop().outputs[0].text.splitlines()
    modules, shown = (line.split() for line in [*said, ""][:2])
    _tidy(notebook, chapter)
    notebook.metadata.cvnotes |= {
        "modules": modules,
        "shown": shown,
        "digest": chapters.digest(notebook, modules, shown),
    }
    notebook.metadata.kernelspec = chapters.KERNEL
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def _tidy(notebook, chapter):
    ids = {}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                output.traceback = [f"{output.ename}: {output.evalue}"]
            view = output.get("data", {}).get(_VIEW)
            if view:
                new = f"{chapter.stem}-{len(ids) + 1}"
                view["model_id"] = ids.setdefault(view["model_id"], new)
    saved = notebook.metadata.pop("widgets", {}).get(_STATE)
    if ids:
        saved["state"] = {
            new: _settings_only(saved["state"][old])
            for old, new in ids.items()
        }
        notebook.metadata.widgets = {_STATE: saved}


def _settings_only(model):
    state = {
        name: value
        for name, value in sorted(model["state"].items())
        if name in _KEPT
        or (name[0] != "_" and name not in ("layout", "tabbable", "tooltip"))
    }
    return {**model, "state": {**state, "_esm": _WAITING}}


def main(names):
    """Run the chapters that are old; with names, those in any case."""
    known = {chapter.stem: chapter for chapter in chapters.chapters()}
    for name in names:
        if name not in known:
            sys.exit(
                f"cvnotes: CHAPTERS={name} is no chapter; "
                f"there are {', '.join(known)}"
            )
    for chapter in known.values():
        if names and chapter.stem not in names:
            continue
        if not names and is_fresh(chapter):
            print(f"fresh  {chapter.relative_to(chapters.ROOT)}")
            continue
        path = chapters.notebook_path(chapter)
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(run(chapter), path)
        print(f"run    {path.relative_to(chapters.ROOT)}")


if __name__ == "__main__":
    main(sys.argv[1:])
