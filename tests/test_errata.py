"""The page of slips: each has its evidence, and a test that is there."""

import inspect
import re
import subprocess
import sys

import nbformat
import pytest
from linked import broken, links, slug

from book._press import chapters
from cvnotes.densenet import DenseBlock, DenseLayer

WRITTEN = chapters.ROOT / "book/errata.md"
RUN = chapters.notebook_path(WRITTEN)
TEXT = WRITTEN.read_text(encoding="utf-8")
PARTS = re.split(r"^## (.+)$", TEXT, flags=re.MULTILINE)[1:]
KEPT = re.compile(r"\*([^*]+)\* in `([\w/.]+)`")


def entries():
    """Part, title and text of each slip, in order."""
    for part, text in zip(PARTS[::2], PARTS[1::2]):
        found = re.split(r"^### (.+)$", text, flags=re.MULTILINE)[1:]
        for title, entry in zip(found[::2], found[1::2]):
            yield part, title, entry


ENTRIES = [*entries()]
every_entry = pytest.mark.parametrize(
    "entry", [text for *_, text in ENTRIES], ids=[t for _, t, _ in ENTRIES]
)


def kind(entry):
    return re.match(r"\s*\*\*(.+?)\.\*\*", entry)[1].lower()


def keepers(entry):
    """File and function of each test that an entry names."""
    _, *named = re.sub(r"\s+", " ", entry).split("Kept by")
    for words, file in KEPT.findall(" ".join(named)):
        yield file, "test_" + re.sub(r"\W+", "_", words.lower())


def test_the_table_on_top_counts_what_stands_below():
    notebook = nbformat.read(RUN, as_version=4)
    outputs = (o for c in notebook.cells for o in c.get("outputs", []))
    table = next(outputs).data["text/plain"].splitlines()
    head, _, *rows = (line.strip("| ").split(" | ") for line in table)
    for name, *counts in rows[:-1]:
        kinds = [kind(text) for part, _, text in ENTRIES if part == name]
        assert kinds, f"no part is called {name}"
        expected = [kinds.count(k) for k in head[1:-1]] + [len(kinds)]
        assert counts == [str(count) for count in expected]
    assert rows[-1][-1] == f"**{len(ENTRIES)}**"


def test_every_slip_has_an_address_of_its_own():
    addresses = [slug(title) for _, title, _ in ENTRIES]
    assert len({*addresses}) == len(addresses)


@every_entry
def test_a_slip_has_evidence_a_cell_or_a_place_in_the_book(entry):
    assert "```{code-cell}" in entry or links(entry)


@every_entry
def test_a_slip_of_code_is_run_and_has_a_test_that_guards_it(entry):
    if kind(entry) == "code":
        assert "```{code-cell}" in entry
        assert [*keepers(entry)]


@every_entry
def test_a_test_that_is_named_is_there(entry):
    assert ("Kept by" in entry) == bool([*keepers(entry)])
    for file, function in keepers(entry):
        path = chapters.ROOT / "tests" / file
        assert path.exists(), f"{file} is not below tests/"
        wanted = rf"^def {function}\("
        assert re.search(wanted, path.read_text("utf-8"), re.MULTILINE), (
            f"{file} has no {function}"
        )


@every_entry
def test_a_slip_links_to_places_that_are_there(entry):
    assert not broken(entry, RUN)


@pytest.mark.parametrize(
    "named",
    [
        "*nobody wrote this one* in `test_cost.py`.",
        "*channels come first* in `attention/test_gone.py`.",
        "a test.",
    ],
)
def test_a_test_that_is_not_there_is_found(named):
    with pytest.raises(AssertionError):
        test_a_test_that_is_named_is_there(f"**Code.** Kept by {named}")


# What the page says of our own code, where no other test does.


def test_a_layer_and_a_block_take_their_settings_in_one_order():
    layer, block = (
        [*inspect.signature(kind).parameters]
        for kind in (DenseLayer, DenseBlock)
    )
    assert block == ["layers", *layer]


def test_no_module_uses_a_name_that_it_does_not_have(source="cvnotes"):
    asked = "check --isolated --no-cache --select F821 --ignore F722"
    found = subprocess.run(
        [sys.executable, "-m", "ruff", *asked.split(), source],
        cwd=chapters.ROOT,
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stdout


def test_a_listing_without_imports_would_be_found(tmp_path):
    (tmp_path / "gate.py").write_text("class Gate(nn.Module):\n    pass\n")
    with pytest.raises(AssertionError, match="nn"):
        test_no_module_uses_a_name_that_it_does_not_have(str(tmp_path))
