"""A notebook's first cell: it brings the package to where it is opened."""

import nbformat

from cvnotes import __version__

_BY_HAND = (
    "This notebook needs the package `cvnotes`. Where it is missing, run "
    "`pip install .` in the folder of the repository that it comes from."
)

_FROM_ADDRESS = """\
# Brings cvnotes where it is missing (on Colab) and keeps the torch that is \
there.
from importlib.util import find_spec

if find_spec("cvnotes") is None:
    %pip install --quiet "cvnotes @ git+{url}@v{version}\""""


def cell(url: str) -> nbformat.NotebookNode:
    """The cell for a repository's address; while that is empty, a sentence.

    The version is pinned to its tag, so a notebook and its package agree.
    """
    address = url.rstrip("/")
    hidden = {"metadata": {"tags": ["remove-cell"]}}
    if not address:
        return nbformat.v4.new_markdown_cell(_BY_HAND, **hidden)
    source = _FROM_ADDRESS.format(url=address, version=__version__)
    return nbformat.v4.new_code_cell(source, **hidden)
