"""The built book names no other host in anything that a page loads.

What the theme brings and no page uses is deleted; then every file is read,
and one that would load something from elsewhere ends the build.
"""

import re
import shutil
from pathlib import Path

from sphinx.errors import ExtensionError

# Scripts: book/_static has our own. Icons: drawn in book/_templates.
UNUSED = ["vendor", "scripts", "images", "locales", "*.map", "*macros.html"]
HOST = r"(?:https?:)?//[\w.-]+"
LINKS = r"stylesheet|icon|preload|preconnect|prefetch|dns-prefetch"
# An <a>, or a <link> that only tells of a relation, loads nothing.
LOADING = re.compile(
    rf"""<(?!a\b)\w+\b[^>]*\ssrc\s*=\s*["']?{HOST}
    | <link\b(?=[^>]*\b(?:{LINKS})\b)[^>]*\shref\s*=\s*["']?{HOST}
    | @import\s*(?:url\()?\s*["']?{HOST}
    | \burl\(\s*["']?{HOST}
    | \b(?:fetch|import|importScripts|Worker)\s*\(\s*["'`]{HOST}
    | \b(?:from|import)\s*["']{HOST}
    | \.(?:src|href)\s*=\s*["'`]{HOST}""",
    re.IGNORECASE | re.VERBOSE,
)


def foreign(text: str) -> list[str]:
    """Each place in an HTML, CSS or JS text that loads from another host.

    >>> foreign('<a href="https://arxiv.org">paper</a>')
    []
    >>> foreign('@import "https://fonts.example/a.css"')
    ['@import "https://fonts.example']
    """
    return [found[0] for found in LOADING.finditer(text)]


def read_for_browsers(folder: Path) -> list[Path]:
    kinds = {".html", ".css", ".js"}
    return sorted(p for p in folder.rglob("*") if p.suffix in kinds)


def prune(static: Path):
    for pattern in UNUSED:
        for path in sorted(static.rglob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def check(app, exception):
    if exception or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    prune(folder / "_static")
    for path in read_for_browsers(folder):
        for place in foreign(path.read_text("utf8")):
            raise ExtensionError(f"{path} loads from another host: {place}")


def setup(app):
    # Jupyter Book sets it for sphinx_comments, which we do not load.
    app.add_config_value("comments_config", {}, "html")
    app.connect("build-finished", check)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
