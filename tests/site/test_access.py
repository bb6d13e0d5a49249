"""Every page can be read by everyone: axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from published import BUILT, CHAPTER, pages

RULES = {
    # What passes is not described: a page has thousands of such nodes.
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": [
            "wcag2a",
            "wcag2aa",
            "wcag21a",
            "wcag21aa",
            "wcag22aa",
            "best-practice",
        ],
    },
}
PHONE = {"width": 390, "height": 800}
DESK = {"width": 1280, "height": 800}


def faults(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:200]}"
        for fault in found
        for node in fault["nodes"]
    ]


@pytest.fixture(params=["light", "dark"])
def reader(request, browser):
    """A page for a reader whose system is light or dark."""
    context = browser.new_context(color_scheme=request.param)
    yield context.new_page()
    context.close()


# Before the book is built there is one page, which is missed by name.
PAGES = pages(BUILT) or [f"{CHAPTER}.html"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_a_page(reader, served, built, size, name):
    reader.set_viewport_size(size)
    reader.goto(f"{served(built)}/{name}", wait_until="networkidle")
    assert not faults(reader)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_in_what_search_found(reader, served, built, size):
    reader.set_viewport_size(size)
    reader.goto(f"{served(built)}/search.html?q=theta")
    reader.wait_for_selector("#search-results h2:text('Results')")
    reader.wait_for_load_state("networkidle")
    assert not faults(reader)


@pytest.mark.parametrize(
    "opener",
    [
        "[data-opens=book-contents]",
        "[data-opens=page-contents]",
        "#search-button",
    ],
)
def test_axe_finds_nothing_in_what_opens_on_a_phone(
    reader,
    served,
    built,
    opener,
):
    reader.set_viewport_size(PHONE)
    reader.goto(f"{served(built)}/{CHAPTER}.html", wait_until="networkidle")
    reader.click(opener)
    reader.wait_for_timeout(400)  # lists slide
    assert not faults(reader)


def test_axe_would_tell(page, built):
    page.goto((built / f"{CHAPTER}.html").as_uri())
    page.evaluate(
        "document.querySelector('article').innerHTML += "
        "'<img src=x><p style=\"color:#aaa;background:#fff\">a b'"
    )
    told = " ".join(faults(page))
    assert "image-alt" in told and "color-contrast" in told


def test_every_page_has_one_title(built):
    for name in pages(built):
        assert (built / name).read_text("utf8").count("<h1") == 1, name
