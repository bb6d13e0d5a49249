"""What the build puts into a page that shows a widget, and into no other."""

import json
import re
import subprocess
import sys
from pathlib import Path

import handmade as by_hand
import nbformat
import pytest
from cv_widgets import closed_up, quoted

EXTENSIONS = Path(__file__).parents[2] / "book" / "_ext"
CONFIG = f"""\
title: A tiny book
execute: {{execute_notebooks: "off"}}
sphinx:
  local_extensions: {{cv_widgets: {EXTENSIONS.as_posix()}}}
  config: {{nb_ipywidgets_js: {{}}}}
"""
BUILD = "from jupyter_book.cli.main import main; main()"
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def notebook(path: Path, models: dict, views: list) -> None:
    v4 = nbformat.v4
    cells = [v4.new_markdown_cell("# A chapter\n\n## Build it")]
    for id in views:
        data = {VIEW: {"model_id": id}, "text/plain": f"Toy(<{id}>)"}
        shown = v4.new_output("display_data", data=data)
        cells.append(v4.new_code_cell("Toy()", outputs=[shown]))
    state = {"version_major": 2, "version_minor": 0, "state": models}
    metadata = {"language_info": {"name": "python"}}
    if models:
        metadata["widgets"] = {STATE: state}
    book = v4.new_notebook(cells=cells, metadata=metadata)
    path.write_text(nbformat.writes(book), "utf-8")


def build(
    root: Path, models: dict, views: list
) -> subprocess.CompletedProcess:
    scripts = root / "cvnotes" / "widgets"
    scripts.mkdir(parents=True, exist_ok=True)
    (scripts / "kit.js").write_text(by_hand.KIT, "utf-8")
    (scripts / "kit.css").write_text(".cv-view { color: red }", "utf-8")
    (scripts / "toy.css").write_text(".toy { color: blue }", "utf-8")
    for stem in ("toy", "other", "unused"):
        (scripts / f"{stem}.js").write_text(by_hand.TOY, "utf-8")
    # Whoever builds a page has neither torch nor anywidget.
    (scripts.parent / "__init__.py").write_text("raise ImportError", "utf-8")
    (root / "_config.yml").write_text(CONFIG, "utf-8")
    toc = {"format": "jb-book", "root": "index", "chapters": []}
    toc["chapters"] = [{"file": "chapter"}, {"file": "plain"}]
    (root / "_toc.yml").write_text(json.dumps(toc), "utf-8")
    (root / "index.md").write_text("# A tiny book\n", "utf-8")
    notebook(root / "chapter.ipynb", models, views)
    notebook(root / "plain.ipynb", {}, [])
    command = [sys.executable, "-c", BUILD, "build", ".", "-W", "-n"]
    return subprocess.run(
        [*command, "--keep-going"], cwd=root, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A book whose one chapter shows two toys, one of them twice."""
    root = tmp_path_factory.mktemp("book")
    layout = {
        "model_module": "@jupyter-widgets/base",
        "model_name": "LayoutModel",
        "state": {},
    }
    models = {
        "a": by_hand.saved("toy", k=1),
        "b": by_hand.saved("toy", k=2),
        "c": by_hand.saved("other", k=3, note="</script>"),
        "layout": layout,
    }
    done = build(root, models, ["a", "b", "c", "a"])
    assert done.returncode == 0, done.stderr
    return root / "_build" / "html"


@pytest.mark.parametrize(
    "file",
    ["widget-host.js", "kit.js", "toy.js", "other.js", "kit.css", "toy.css"],
)
def test_a_page_names_each_file_once(built, file):
    html = (built / "chapter.html").read_text("utf-8")
    assert html.count(f"_static/widgets/{file}") == 1


def test_a_page_names_no_script_that_it_does_not_need(built):
    html = (built / "chapter.html").read_text("utf-8")
    assert "unused.js" not in html
    assert "require" not in html and "html-manager" not in html


@pytest.mark.parametrize("name", ["index.html", "plain.html"])
def test_a_page_without_widgets_loads_nothing_of_them(built, name):
    html = (built / name).read_text("utf-8")
    assert "_static/widgets" not in html


def test_a_reader_without_javascript_sees_what_the_picture_is(built):
    html = (built / "chapter.html").read_text("utf-8")
    assert "this is alive: <code>Toy(&lt;a&gt;)</code></p></noscript>" in (
        html.replace("\n", "")
    )


@by_hand.ON_WEB_AND_DISK
def test_the_built_page_is_alive_and_opens_as_a_link_says(
    built, page, address_of
):
    page.goto(f"{address_of(built)}/chapter.html#toy2.k=7")
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    drawn = page.locator(".cv-view").all_inner_texts()
    assert drawn == ["k = 1", "k = 7", "k = 3", "k = 1"]
    # The theme has complaints of its own; an address is not one of them.
    assert not [error for error in page.errors if "toy" in error]


@pytest.mark.parametrize(
    ("models", "trouble"),
    [
        ({"a": by_hand.saved("lost")}, "needs cvnotes/widgets/lost.js"),
        ({}, "does not hold the state of its widget"),
        (
            {
                "a": {
                    "model_module": "@jupyter-widgets/controls",
                    "model_name": "IntSliderModel",
                    "state": {},
                }
            },
            "cannot draw IntSliderModel of @jupyter-widgets/controls",
        ),
    ],
    ids=["no script", "no state", "not anywidget's"],
)
def test_a_widget_that_the_page_cannot_draw_fails_the_build(
    tmp_path, models, trouble
):
    done = build(tmp_path, models, ["a"])
    assert done.returncode != 0
    assert trouble in done.stderr.replace("\n", " ")


def test_an_edited_script_has_a_new_address_in_pages_built_before(tmp_path):
    models = {"a": by_hand.saved("toy", k=1)}

    def script():
        assert build(tmp_path, models, ["a"]).returncode == 0
        html = (tmp_path / "_build/html/chapter.html").read_text("utf-8")
        return re.search(r"widgets/toy\.js\?v=\w+", html)[0]

    before = script()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(by_hand, "TOY", by_hand.TOY + "void 0;\n")
        after = script()
    assert before != after


SHEETS = sorted(EXTENSIONS.parents[1].glob("cvnotes/widgets/*.css"))
RULES = r"""
(text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  // What holds a variable is given back with the spaces that it had.
  const said = ({ cssText }) => cssText.replace(/,\s+/g, ",");
  return [...sheet.cssRules].map(said);
}
"""


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_that_is_closed_up_says_the_same(page, sheet):
    text = sheet.read_text(encoding="utf-8")
    closed = closed_up(text)
    assert len(closed) < len(text)
    assert page.evaluate(RULES, closed) == page.evaluate(RULES, text)


@pytest.mark.parametrize(
    "script", ["a\nb", "`${x}`", r"'\n' \\ `", '"', "$ { \\${"]
)
def test_a_script_within_another_is_read_as_it_was(page, script):
    assert page.evaluate(f"() => {quoted(script)}") == script
