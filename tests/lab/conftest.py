"""One JupyterLab, one notebook with every widget, and what went wrong."""

import pytest
from browser import is_foreign
from lab.asked import CELLS, source
from lab.notebook import Notebook, write
from lab.server import SECONDS, started


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """Where a Lab of our own has a notebook that shows every widget."""
    folder, notebooks = map(tmp_path_factory.mktemp, ("lab", "notebooks"))
    write(notebooks / "widgets.ipynb", [source(*cell) for cell in CELLS])
    with started(folder, notebooks) as lab:
        yield f"{lab}/lab/tree/widgets.ipynb"


@pytest.fixture(scope="session")
def notebook(browser, address):
    """The notebook, open in the browser, and all of it run."""
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(1000 * SECONDS)
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    page.on(
        "console",
        lambda said: said.type == "error" and page.wrong.append(said.text),
    )
    for kind in ("request", "websocket"):
        page.on(kind, lambda call: page.wrong.extend(foreign(call.url)))
    notebook = Notebook(page, address)
    notebook.run_all()
    page.set_default_timeout(10_000)
    yield notebook
    context.close()


@pytest.fixture
def view(notebook):
    """A function: the panel of a widget, in the cell that shows it."""

    def panel(name, use):
        cell = notebook.cell(CELLS.index((name, use)))
        said = cell.locator("[data-mime-type$='.stderr']").all_inner_texts()
        if said:
            pytest.fail(
                f"{name} is not shown: {said[-1].strip().splitlines()[-1]}. "
                "If it needs arguments, give ARGUMENTS in tests/lab/asked.py "
                "a line for it"
            )
        return cell.locator(".cv")

    return panel


def foreign(url: str) -> list[str]:
    """The address in a list, if it leads away from this machine."""
    away = is_foreign(url.replace("ws://", "http://", 1))
    return [f"it calls {url}"] if away else []


@pytest.fixture(autouse=True)
def nothing_goes_wrong(notebook):
    """No error in the console, and no call that leaves this machine."""
    yield
    wrong, notebook.page.wrong = notebook.page.wrong, []
    assert not wrong
