"""The examples in the book's own machinery are true."""

import doctest
from importlib import import_module

import pytest
from sample import ROOT

EXT, PRESS = ROOT / "book/_ext", ROOT / "book/_press"
FILES = [*EXT.rglob("*.py"), *PRESS.glob("*.py")]


def name_of(path) -> str:
    """As its importers name it: book/_ext is a folder to import from."""
    base = EXT if path.is_relative_to(EXT) else ROOT
    parts = path.relative_to(base).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


WITH = [
    name_of(path)
    for path in sorted(FILES)
    if ">>> " in path.read_text("utf-8")
]


@pytest.mark.parametrize("name", WITH)
def test_the_examples_of_a_module_are_true(name):
    failed, tried = doctest.testmod(import_module(name))
    assert tried and not failed


def test_there_are_such_modules():
    assert {"cv_offline", "cv_publish.words", "book._press.links"} < set(WITH)
