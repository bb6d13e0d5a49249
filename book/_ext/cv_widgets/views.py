"""Make a place in the page for every view of a widget."""

import json
from pathlib import Path

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from . import stills

VIEW = "application/vnd.jupyter.widget-view+json"
# Busy until the host has drawn in it; the style keeps its place till then.
PLACE = """\
<div class="cv-view" data-widget="{stem}" data-model="{id}" aria-busy="true">
{view}
{still}
</div>"""

log = logging.getLogger(__name__)


class MarkViews(SphinxPostTransform):
    """Name the script that each view needs; say so where one is missing."""

    default_priority = 3  # myst-nb drops the plain text of an output at 4
    formats = ("html",)

    def run(self, **options):
        models = saved_models(self.env)
        up = "../" * self.env.docname.count("/")
        for bundle in list(self.document.findall(nodes.container)):
            if bundle.get("nb_element") != "mime_bundle":
                continue
            parts = {part["mime_type"]: part for part in bundle.children}
            if VIEW not in parts:
                continue
            view = parts[VIEW].next_node(nodes.raw)
            id = model_id(view.astext())
            model = models.get(id)
            if trouble := trouble_with(model, self.app.srcdir):
                log.warning(trouble, location=bundle, type="cv_widgets")
                continue
            plain = parts.get("text/plain")
            text = plain.astext() if plain else stem_of(model)
            root = Path(self.app.srcdir)
            still = stills.in_place(root, id, model, text, up)
            make_place(view, id, stem_of(model), still)


def saved_models(env) -> dict[str, dict]:
    """The page's models by id, which myst-nb keeps to write into its head."""
    files = NbMetadataCollector.get_js_files(env, env.docname)
    _, script = files.get("ipywidgets_state", (None, {"body": "{}"}))
    return json.loads(script["body"]).get("state", {})


def model_id(tag: str) -> str:
    return json.loads(tag[tag.index(">") + 1 : tag.rindex("<")])["model_id"]


def stem_of(model: dict) -> str:
    """``cvnotes.widgets.growth.GrowthExplorer`` is drawn by ``growth.js``."""
    return model["state"]["_anywidget_id"].split(".")[-2]


def trouble_with(model: dict | None, root: Path) -> str | None:
    if model is None:
        return "this notebook does not hold the state of its widget"
    if model["model_module"] != "anywidget":
        return (
            f"a page without a kernel cannot draw {model['model_name']} of "
            f"{model['model_module']}; print plain text there"
        )
    script = f"cvnotes/widgets/{stem_of(model)}.js"
    if not Path(root, script).exists():
        return f"{model['state']['_anywidget_id']} needs {script}"
    return None


def make_place(view, id, stem, still):
    place = PLACE.format(id=id, stem=stem, view=view.astext(), still=still)
    raw = nodes.raw("", place, format="html", widget=stem, model=id)
    view.replace_self(raw)
