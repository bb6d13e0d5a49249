"""Pages to open: the built book, and small ones made by hand."""

from pathlib import Path

import handmade as handmade_page
import pytest
import sample as sample_book
from published import BUILT


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder of the book, as ``make book`` left it."""
    assert (BUILT / "index.html").exists(), "no book yet: run `make book`"
    return BUILT


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The folder of a small book that is built for the tests alone."""
    folder = sample_book.write(tmp_path_factory.mktemp("small"))
    done = sample_book.build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_build" / "html"


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """The same, built for an address on the web."""
    place = tmp_path_factory.mktemp("published")
    folder = sample_book.write(place, address=sample_book.ADDRESS)
    done = sample_book.build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_build" / "html"


@pytest.fixture
def first_widget(page, built, address_of):
    """A function that opens a chapter, and gives the first such widget."""

    def show(chapter, selector, anchor="", width=1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("about:blank")
        page.goto(f"{address_of(built)}/{chapter}{anchor}")
        page.wait_for_function("!document.querySelector('[aria-busy]')")
        return page.locator(selector).first

    return show


@pytest.fixture
def in_sight(first_widget):
    """The same, with the widget scrolled to where hands can reach it."""

    def show(*asked, **more):
        widget = first_widget(*asked, **more)
        widget.scroll_into_view_if_needed()
        return widget

    return show


@pytest.fixture
def handmade(page, tmp_path, address_of):
    """A function that opens a small page of widgets, and waits for them."""

    def show(models, views=None, anchor="", **scripts):
        handmade_page.write(
            tmp_path,
            scripts or {"toy": handmade_page.TOY},
            models,
            list(models) if views is None else views,
        )
        page.goto(f"{address_of(tmp_path)}/page.html{anchor}")
        page.wait_for_function("!document.querySelector('[aria-busy]')")
        return page

    return show
