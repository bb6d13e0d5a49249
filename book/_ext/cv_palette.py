"""The palette as a style sheet, from where widgets and figures have it."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from cvnotes import palette  # noqa: E402  (light: no torch behind it)


def write(app):
    """Put ``palette.css`` beside the other style sheets of the book."""
    if app.builder.format == "html":
        folder = Path(app.outdir, "_static")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "palette.css").write_text(palette.css(), encoding="utf-8")


def setup(app):
    app.add_css_file("palette.css", priority=400)
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
