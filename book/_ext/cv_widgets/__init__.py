"""Keep the widgets alive in a page that no kernel stands behind.

A page that shows a widget gets the host, the kit and the script of each
widget on it, once. The scripts are text in ``cvnotes/widgets``: nothing of
the package is imported, so a page can be made without torch.
"""

import json
import re
from hashlib import sha256
from pathlib import Path

from docutils import nodes

from . import stills
from .views import MarkViews

HERE = Path(__file__).parent
PARTS = ("model.js", "values.js", "address.js", "view.js", "host.js")


def plain(script: str) -> str:
    """A script without what is for those who read the package.

    Whole lines of comment and margins go; within a line nothing is touched,
    so it says the same to a browser as long as no text goes over a line.
    """
    return re.sub(r"^[ \t]*(//.*)?\n?", "", script, flags=re.MULTILINE)


def quoted(script: str) -> str:
    """A script as a text within another, in which a line is a line."""
    for mark in ("\\", "`", "${"):
        script = script.replace(mark, f"\\{mark}")
    return f"`{script}`"


def closed_up(sheet: str) -> str:
    """A style sheet without what separates nothing.

    >>> closed_up(".cv p, .cv b { margin: 0; color: red; }")
    '.cv p,.cv b{margin:0;color:red}'
    """
    said = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL).strip()
    said = re.sub(r"\s*([{},;])\s*", r"\1", said)
    # A space before a colon is one between an element and what it holds.
    return re.sub(r"(?<=[\w-]): ", ":", said).replace(";}", "}")


def host() -> str:
    """The script that wakes a page: its parts, in a scope of their own."""
    parts = (HERE.joinpath(name).read_text("utf-8") for name in PARTS)
    return "(() => {\n" + plain("\n".join(parts)) + "})();\n"


def packed(script: Path) -> str:
    """A module as a classic script, which also loads over file://."""
    # A long one has parts, as inside.net.js, which stand before the rest.
    parts = sorted(script.parent.glob(f"{script.stem}.*.js"))
    text = "\n".join(part.read_text("utf-8") for part in [*parts, script])
    return f'cvnotes.script("{script.stem}", {quoted(plain(text))});\n'


def sources(app, kind: str) -> list[Path]:
    folder = Path(app.srcdir, "cvnotes", "widgets")
    return [p for p in sorted(folder.glob(f"*.{kind}")) if "." not in p.stem]


def assets(app) -> dict[str, str]:
    """What the pages may load, by file name."""
    scripts = {path.name: packed(path) for path in sources(app, "js")}
    sheets = {
        path.name: closed_up(path.read_text("utf-8"))
        for path in sources(app, "css")
    }
    return {"widget-host.js": host(), **scripts, **sheets}


def note_changes(app, config):
    # A page names its scripts with their checksums: new scripts, new pages.
    made = json.dumps([assets(app), stills.known(Path(app.srcdir))])
    config.cv_widgets_digest = sha256(made.encode()).hexdigest()


def write_assets(app):
    if app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static", "widgets")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in assets(app).items():
        (folder / name).write_text(text, "utf-8")


def add_assets(app, pagename, templatename, context, doctree):
    views = doctree.findall(nodes.raw) if doctree else ()
    stems = sorted({view["widget"] for view in views if "widget" in view})
    if not stems:
        return
    own = ("kit", *stems)
    styled = {path.stem for path in sources(app, "css")}
    for name in own:
        if name in styled:
            app.add_css_file(f"widgets/{name}.css")
    # In this order: the host receives what the others hand in.
    for name in ("widget-host", *own):
        app.add_js_file(f"widgets/{name}.js", loading_method="defer")


def setup(app):
    app.add_config_value("cv_widgets_digest", "", "html")
    app.add_post_transform(MarkViews)
    app.connect("config-inited", note_changes)
    app.connect("builder-inited", write_assets)
    app.connect("html-page-context", add_assets)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
