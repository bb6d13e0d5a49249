"""Below a chapter's title: open it in Colab, or take the notebook along.

All addresses come from one setting, `repository.url` in _config.yml. While it
is empty the Colab link is absent, and the download stays. The link opens the
tag of this version, which is also what the notebook's first cell installs.
"""

import re
import sys
from html import escape
from pathlib import Path
from urllib.parse import quote

from sphinx.errors import ConfigError

sys.path.insert(0, str(Path(__file__).parents[2]))

from cvnotes import __version__

COLAB = "https://colab.research.google.com/github"
REPOSITORY = re.compile(r"https://github\.com/([\w.-]+)/([\w.-]+?)(\.git)?/?")


def colab_address(repository: str, ref: str, docname: str) -> str:
    """Where Colab opens a notebook of this repository.

    >>> colab_address("https://github.com/ada/n", "v1", "cbam")
    'https://colab.research.google.com/github/ada/n/blob/v1/cbam.ipynb'
    """
    found = REPOSITORY.fullmatch(repository)
    if not found:
        raise ConfigError(
            f"_config.yml: repository.url is {repository!r}; give it the "
            "form https://github.com/OWNER/NAME, or leave it empty."
        )
    owner, name = found[1], found[2]
    return f"{COLAB}/{owner}/{name}/blob/{quote(ref)}/{quote(docname)}.ipynb"


def row(download: str, colab: str = "") -> str:
    """The links as HTML, for the line below the title."""
    links = [f'<a href="{escape(download)}" download>Download notebook</a>']
    if colab:
        links.insert(0, f'<a href="{escape(colab)}">Open in Colab</a>')
    return '<p class="notebook-links">' + "\n".join(links) + "</p>"


def setting(config) -> tuple[str, str]:
    url = config.html_theme_options.get("repository_url") or ""
    return url.strip(), f"v{__version__}"


def refuse_malformed(app, config):
    # At once, before the theme takes the address apart in its own way.
    repository, ref = setting(config)
    if repository:
        colab_address(repository, ref, "notebook")


def add_row(app, pagename, templatename, context, doctree):
    if context.get("page_source_suffix") != ".ipynb" or "body" not in context:
        return
    repository, ref = setting(app.config)
    colab = repository and colab_address(repository, ref, pagename)
    download = context["pathto"](f"_sources/{context['sourcename']}", 1)
    title, rest = context["body"].split("</h1>", 1)
    context["body"] = title + "</h1>\n" + row(download, colab) + rest


def setup(app):
    app.connect("config-inited", refuse_malformed)
    app.connect("html-page-context", add_row)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
