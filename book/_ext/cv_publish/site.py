"""Files of the whole book: first page, page for the lost, map."""

import re
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

# It leads on to the front page, which has its place among the notebooks;
# whoever previews the book's bare address reads only this one.
FIRST = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
{title}
<meta http-equiv="refresh" content="0; url={front}">
{said}
</head>
<body><p><a href="{front}">The book begins here</a></p></body>
</html>
"""
TOLD = re.compile(
    r'<title>.*?</title>|<meta (?:property="og:|name="(?:desc|twitter))[^>]*>'
)
MAP = """\
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{places}
</urlset>
"""
# What a browser would look for below the address that has no page.
RELATIVE = re.compile(
    r'(\s(?:href|src|action|data-content_root)=")(?![#"/]|[a-z]+:)(?:\./)?'
)


def finish(app, exception):
    if exception or app.builder.format != "html":
        return
    folder, address = Path(app.outdir), app.config.html_baseurl
    front = f"{app.config.root_doc}.html"
    # Else GitHub, given a branch, would leave out what begins with "_".
    (folder / ".nojekyll").touch()
    if front != "index.html":
        write_first(folder, front)
    if address:
        places = [f"{address}{name}.html" for name in app.env.found_docs]
        (folder / "sitemap.xml").write_text(sitemap(places), "utf-8")
        lost = folder / "404.html"
        text = rooted(lost.read_text("utf-8"), urlsplit(address).path)
        lost.write_text(text, "utf-8")


def write_first(folder: Path, front: str):
    """A page that leads to the front page, and says the same of itself."""
    title, *said = TOLD.findall((folder / front).read_text("utf-8"))
    page = FIRST.format(front=front, title=title, said="\n".join(said))
    (folder / "index.html").write_text(page, "utf-8")


def sitemap(places: list[str]) -> str:
    """A map of these addresses, for those who search the web."""
    lines = (f"<url><loc>{escape(p)}</loc></url>" for p in sorted(places))
    return MAP.format(places="\n".join(lines))


def rooted(html: str, path: str) -> str:
    """A page's own addresses, from the root of its host.

    A server hands out the page at whatever depth something was missing.

    >>> rooted('<a href="search.html"><a href="#top">', "/notes/")
    '<a href="/notes/search.html"><a href="#top">'
    """
    return RELATIVE.sub(rf"\g<1>{path}", html)
