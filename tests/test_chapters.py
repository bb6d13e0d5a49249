"""Written, run and published are the same book."""

import re

import nbformat
import pytest

from book._press import chapters, notebooks, setup_cell

CHAPTERS = chapters.chapters()
RAW = {
    "a directive": r"^\s*(`{3,}|:{3,})\{",
    "a role": r"\{[\w:-]+\}`",
    "a target": r"^\([\w-]+\)=",
    "a comment": r"^%\s",
    "a substitution": r"\{\{",
    "an attribute": r"^\{[.#]",
}
LABEL = "{0.parent.name}/{0.stem}".format
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=LABEL)


def run(chapter):
    return nbformat.read(chapters.notebook_path(chapter), as_version=4)


def test_there_are_chapters():
    assert CHAPTERS


@every_chapter
def test_a_notebook_is_its_chapter(chapter):
    path = chapters.notebook_path(chapter)
    assert path.exists(), f"{path} is missing: run `make notebooks`"
    cells = [(c.cell_type, c.source, c.id) for c in run(chapter).cells]
    wanted = chapters.written(chapter).cells
    assert cells == [(c.cell_type, c.source, c.id) for c in wanted], (
        f"{path} is not its chapter: run `make notebooks`"
    )


@every_chapter
def test_a_notebook_was_run_with_the_package_as_it_is(chapter):
    assert notebooks.is_fresh(chapter), (
        f"{chapters.notebook_path(chapter)} was run with other code: "
        "run `make notebooks`"
    )


@every_chapter
def test_no_cell_of_a_notebook_warns(chapter):
    outputs = (o for c in run(chapter).cells for o in c.get("outputs", []))
    assert not [o.text for o in outputs if o.get("name") == "stderr"]


def test_every_notebook_has_its_chapter():
    wanted = {chapters.notebook_path(chapter) for chapter in CHAPTERS}
    assert {*chapters.ROOT.glob("notebooks/**/*.ipynb")} == wanted


def raw(text):
    """Lines of Markdown that Colab would show as they are written."""
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        for name, pattern in RAW.items():
            if not fenced and re.search(pattern, line):
                yield number, name, line
        if re.match(r"\s*```", line):
            fenced = not fenced


@every_chapter
def test_colab_draws_every_markdown_cell(chapter):
    lines = chapter.read_text(encoding="utf-8").splitlines()
    faults = [
        f"{chapter.name}:{lines.index(line) + 1}: {name}: {line}"
        for cell in chapters.written(chapter).cells
        if cell.cell_type == "markdown"
        for _, name, line in raw(cell.source)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "line",
    [
        "```{note}",
        ":::{tip}",
        "see {doc}`intro`",
        "(here)=",
        "% hidden",
        "{{ version }}",
    ],
)
def test_the_check_for_colab_can_fail(line):
    assert list(raw(f"Text.\n\n{line}\n"))


@pytest.mark.parametrize("line", ["`{}`", "a set {1, 2}", "$\\{x\\}_{2}$"])
def test_the_check_for_colab_lets_markdown_be(line):
    assert not list(raw(line))


def digest_of(text, shown=(), name="cvnotes._made_up"):
    path = chapters.ROOT / "cvnotes" / "_made_up.py"
    try:
        path.write_text(text, encoding="utf-8")
        empty = nbformat.v4.new_notebook()
        return chapters.digest(empty, [name], list(shown))
    finally:
        path.unlink()


def test_a_comment_makes_no_notebook_old_but_a_change_does():
    before = digest_of("x = 1\n")
    assert digest_of("x = 1  # one\n") == before
    assert digest_of("x = 2\n") != before


def test_where_the_page_prints_a_module_a_comment_counts():
    shown = ["cvnotes._made_up"]
    before = digest_of("x = 1\n", shown)
    assert digest_of("x = 1  # one\n", shown) != before


def test_without_an_address_the_first_cell_says_how_to_install():
    cell = setup_cell.cell("")
    assert cell.cell_type == "markdown"
    assert "pip install ." in cell.source
    assert "http" not in cell.source


def test_with_an_address_the_first_cell_installs_exactly_this_version():
    from cvnotes import __version__

    cell = setup_cell.cell("https://github.com/someone/cvnotes/")
    assert cell.cell_type == "code"
    wanted = f"git+https://github.com/someone/cvnotes@v{__version__}"
    assert f'%pip install --quiet "cvnotes @ {wanted}"' in cell.source


def test_the_first_cell_does_nothing_where_the_package_is_there():
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.run_line_magic = lambda *words, **more: pytest.fail(str(words))
    cell = setup_cell.cell("https://github.com/someone/cvnotes")
    assert shell.run_cell(cell.source).success
