"""The pure functions of a widget's script, called in a real browser."""

from pathlib import Path

import pytest

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
    parts = [WIDGETS / "kit.js", WIDGETS / f"{stem}.js"]
    page = browser.new_page()
    page.evaluate(LOAD, "\n".join(p.read_text("utf-8") for p in parts))

    def call(name, *values):
        return page.evaluate(
            "([name, values]) => window.widget[name](...values)",
            [name, values],
        )

    yield call
    page.close()
