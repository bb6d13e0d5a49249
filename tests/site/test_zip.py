"""The book in one file can be unpacked and read, with no network at all."""

import shutil
import time
from zipfile import ZipFile

import pytest
from published import CHAPTER, pages

from book._press.pack import NAME, content, pack


@pytest.fixture(scope="module")
def unpacked(built, tmp_path_factory):
    folder = tmp_path_factory.mktemp("taken along")
    with ZipFile(built / NAME) as packed:
        packed.extractall(folder)
    assert [path.name for path in folder.iterdir()] == ["cvnotes"]
    return folder / "cvnotes"


def test_it_has_every_page_and_not_itself(built, unpacked):
    assert pages(unpacked) == pages(built)
    assert not list(unpacked.rglob("*.zip"))
    assert not list(unpacked.glob(".*"))
    assert (built / ".nojekyll").exists()


def test_its_pages_are_alive_from_a_disk(page, unpacked):
    page.goto((unpacked / "index.html").as_uri())
    page.wait_for_selector("h1")
    page.goto((unpacked / f"{CHAPTER}.html").as_uri())
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    slider = page.locator(".cv-view input[type=range]").first
    before = page.locator(".cv-view").first.inner_text()
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_function(
        "(before) => document.querySelector('.cv-view').innerText != before",
        arg=before,
    )
    assert not page.errors and not page.foreign


def test_the_front_page_offers_it(page, built, served):
    page.goto(f"{served(built)}/notebooks/index.html")
    with page.expect_download() as download:
        page.locator(f"article a[href$='{NAME}']").click()
    assert download.value.suggested_filename == NAME


def test_the_copy_does_not_offer_what_it_has_not(built, unpacked):
    front = "notebooks/index.html"
    assert NAME in (built / front).read_text("utf8")
    assert NAME not in (unpacked / front).read_text("utf8")


def test_the_same_book_makes_the_same_bytes(built, tmp_path):
    first = shutil.copytree(built / "book", tmp_path / "a" / "book")
    time.sleep(2.1)  # a zip tells times two seconds apart
    second = shutil.copytree(first, tmp_path / "b" / "book")
    for copied in second.rglob("*"):
        copied.touch()
    one, two = (pack(folder.parent) for folder in (first, second))
    assert one.read_bytes() == two.read_bytes()
    before = two.read_bytes()
    assert pack(second.parent).read_bytes() == before


def test_only_the_offer_is_taken_out(tmp_path):
    html = tmp_path / "a.html"
    html.write_text(f'<a href="../{NAME}">all</a>, <a href="b.html">b</a>')
    assert content(html) == b'all, <a href="b.html">b</a>'
