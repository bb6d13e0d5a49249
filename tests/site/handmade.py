"""Pages written by hand, as small as a claim about the widget host needs."""

import base64
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "book" / "_ext"))

import cv_widgets
import pytest

# A disk is stricter, so most tests use one; this mark adds a web server.
ON_WEB_AND_DISK = pytest.mark.parametrize(
    "address_of", ["http", "file"], indirect=True
)

# The first place of a page, for a script that runs there.
FIRST = "document.querySelector('.cv-view')"

KIT = "const kit = { say: (k) => `k = ${k}` };"
# Draws k, and leaves its model where a test can reach it.
TOY = """
export default {
  render({ model, el }) {
    el.model = model;
    el.textContent = kit.say(model.get("k"));
    model.on("change:k", () => { el.textContent = kit.say(model.get("k")); });
  },
};
"""
VIEW = """
<script type="application/vnd.jupyter.widget-view+json">
{{"model_id": "{id}"}}</script>
"""
PLACE = '<div class="cv-view" aria-busy="true">{view}</div>'
PAGE = """<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<script defer src="widget-host.js"></script>
{scripts}
<script type="application/vnd.jupyter.widget-state+json">{state}</script>
<h1>A page</h1>
{places}
<h2 id="build-it" style="margin-top: 2000px">Build it</h2>
"""


def saved(stem: str, binary: dict[str, bytes] | None = None, **state) -> dict:
    """A model as a notebook holds it."""
    state["_anywidget_id"] = f"cvnotes.widgets.{stem}.Widget"
    buffers = [
        {
            "path": [name],
            "data": base64.b64encode(value).decode(),
            "encoding": "base64",
        }
        for name, value in (binary or {}).items()
    ]
    return {"model_module": "anywidget", "state": state, "buffers": buffers}


def place(id: str, model: dict) -> str:
    """A view, and the place that the build makes for it if it can live."""
    view = VIEW.format(id=id)
    alive = model["model_module"] == "anywidget"
    return PLACE.format(view=view) if alive else view


def write(folder: Path, scripts: dict, models: dict, views: list) -> None:
    """A page with these scripts, which shows the models with these ids."""
    for stem, script in {"kit": KIT, **scripts}.items():
        source = folder / f"{stem}.mjs"
        source.write_text(script, "utf-8")
        (folder / f"{stem}.js").write_text(cv_widgets.packed(source), "utf-8")
    (folder / "widget-host.js").write_text(cv_widgets.host(), "utf-8")
    tags = (
        f'<script defer src="{stem}.js"></script>'
        for stem in ("kit", *scripts)
    )
    html = PAGE.format(
        scripts="\n".join(tags),
        state=json.dumps({"state": models}),
        places="".join(place(id, models[id]) for id in views),
    )
    (folder / "page.html").write_text(html, "utf-8")


def texts(page) -> list[str]:
    """What the page's views say, in their order."""
    return page.locator(".cv-view").all_inner_texts()
