"""The built book as one file, to read where there is no network.

The same book makes the same bytes: files in the order of their names, all of
one date.
"""

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAME = "cvnotes.zip"
# Of use on a web server only.
LEFT_OUT = ("_static/cards/", "404.html", "sitemap.xml", ".", NAME)
# In the copy the front page offers no copy.
OFFER = re.compile(
    rf'<a [^>]*href="(?:\.\./)*{re.escape(NAME)}"[^>]*>(.*?)</a>'
)
THE_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name


def pack(html: Path) -> Path:
    """Write the zip of a built book into its folder."""
    files = sorted(path for path in html.rglob("*") if path.is_file())
    with ZipFile(html / NAME, "w", ZIP_DEFLATED, compresslevel=9) as made:
        for path in files:
            name = path.relative_to(html).as_posix()
            if not name.startswith(LEFT_OUT):
                made.writestr(entry(name), content(path))
    return html / NAME


def entry(name: str) -> ZipInfo:
    info = ZipInfo(f"cvnotes/{name}", THE_DATE)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3  # the same on every system
    return info


def content(path: Path) -> bytes:
    if path.suffix != ".html":
        return path.read_bytes()
    return OFFER.sub(r"\1", path.read_text("utf-8")).encode()
