"""What the book needs out in the world: an address, previews, a way back.

The address stands once, as `html.baseurl` in _config.yml; who deploys to
another place sets BOOK_ADDRESS, as the workflow for GitHub Pages does. While
there is none, all that is absolute by its nature is left out: the picture of
a preview (whoever draws one takes no relative address), the canonical
address, and the sitemap.
"""

import os
import re

from sphinx.errors import ConfigError

from . import site, tags

ADDRESS = re.compile(r"https?://[\w.-]+(:\d+)?(/[\w.~-]+)*/?")


def address_of(setting: str) -> str:
    """The address of the book, with the slash that it ends in; or nothing.

    >>> address_of("https://ada.github.io/notes")
    'https://ada.github.io/notes/'
    """
    given = setting.strip()
    if not given:
        return ""
    if not ADDRESS.fullmatch(given):
        raise ConfigError(
            f"The book's address is {given!r}; give it the form "
            "https://HOST/PATH, or leave html.baseurl in _config.yml and "
            "BOOK_ADDRESS empty."
        )
    return given.rstrip("/") + "/"


def settle(app, config):
    given = os.environ.get("BOOK_ADDRESS") or config.html_baseurl
    config.html_baseurl = address_of(given)


def setup(app):
    app.connect("config-inited", settle)
    app.connect("html-page-context", tags.add)
    app.connect("html-collect-pages", lambda app: [("404", {}, "404.html")])
    # Before sphinx_external_toc, which writes a first page if there is none.
    app.connect("build-finished", site.finish, priority=100)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
