"""The pure functions of a widget's script, called in a real browser."""

from pathlib import Path

import pytest

from cvnotes.widgets import kit

WIDGETS = Path(__file__).parents[2] / "cvnotes" / "widgets"
LOAD = """async (source) => {
  const url = URL.createObjectURL(
    new Blob([source], { type: "text/javascript" }));
  window.widget = await import(url);
}"""


@pytest.fixture(scope="module")
def script(browser, request):
    """A function: the name of an exported one, and what to call it with.

    The script is that of the stem that the test module is named after.
    """
    stem = Path(request.module.__file__).stem.removeprefix("test_")
    page = browser.new_page()
    page.evaluate(LOAD, kit.script(str(WIDGETS / f"{stem}.py")))

    def call(name, *values):
        return page.evaluate(
            "([name, values]) => window.widget[name](...values)",
            [name, values],
        )

    yield call
    page.close()
