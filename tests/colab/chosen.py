"""Which tests `make colab` runs: those that ask for the package alone.

Left out is what Colab's versions have no part in: the book and how it is
made, JupyterLab, the peers, and what happens in a browser.
"""

from pathlib import Path

TESTS = Path(__file__).parents[1]
LEFT_OUT = (
    *("site", "lab", "browser.py", "peers", "bench"),
    *("test_chapters.py", "test_prose.py"),
    *("test_public.py", "test_references.py"),
)


def pytest_ignore_collect(collection_path):
    """Leave out the folders and files that need other tools."""
    part = collection_path
    return True if part.parent == TESTS and part.name in LEFT_OUT else None


def pytest_collection_modifyitems(config, items):
    """Leave out the tests that ask for a browser, and count them."""
    asking = [item for item in items if {"browser", "page"} & {*names(item)}]
    items[:] = [item for item in items if item not in asking]
    config.hook.pytest_deselected(items=asking)


def names(item):
    """The fixtures that a test asks for, also through others."""
    return getattr(item, "fixturenames", ())
