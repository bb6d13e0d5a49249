"""What is read off a page's notebook, and kept for the pages that tell it.

Sphinx keeps ``env.metadata`` page by page: it forgets what an old page said
and brings together what was read side by side.
"""

from functools import lru_cache
from pathlib import Path

import nbformat


@lru_cache(maxsize=1)  # several ask for a page in turn
def _read(path: str) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def notebook(env) -> nbformat.NotebookNode | None:
    """The notebook of the page that is being read; of other pages, none."""
    path = env.doc2path(env.docname)
    return _read(path) if Path(path).suffix == ".ipynb" else None


def keep(env, name: str, value):
    """Keep something that the page that is being read has."""
    env.metadata[env.docname][name] = value


def kept(env, name: str) -> dict:
    """What was kept by that name, by page."""
    return {
        docname: told[name]
        for docname, told in env.metadata.items()
        if name in told
    }
