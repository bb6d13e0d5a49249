"""A link to any page shows its title, how it begins, and a picture of it."""

import re
from html import unescape
from unicodedata import normalize
from xml.etree import ElementTree

import pytest
from cv_publish import address_of, card, words
from PIL import Image
from published import pages
from sample import ADDRESS, ROOT, build, write
from sphinx.errors import ConfigError

from cvnotes.palette import DARK, LIGHT

META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"')


def told(html) -> dict[str, str]:
    said = dict(META.findall(html.read_text("utf8")))
    said.pop("viewport", None)
    return {name: unescape(value) for name, value in said.items()}


def chapters(built) -> list[str]:
    # Who searches is here already.
    return [name for name in pages(built) if name != "search.html"]


def test_every_page_says_what_it_is(built):
    for name in [*pages(built), "index.html", "404.html"]:
        said = told(built / name)
        assert said["og:title"] and said["og:site_name"] == "cvnotes", name
        assert said["description"] == said["og:description"]
        assert 10 < len(said["description"]) <= words.LONG + 2, name


def test_no_two_pages_begin_alike(built):
    for key in ("og:title", "description"):
        all_of_them = [told(built / name)[key] for name in chapters(built)]
        assert len(set(all_of_them)) == len(all_of_them)


def test_a_description_is_how_the_page_begins(page, built):
    for name in chapters(built):
        page.goto((built / name).as_uri())
        # The k of a formula is a letter of its own.
        text = normalize("NFKC", page.locator("article").inner_text())
        said = told(built / name)["description"].removesuffix(" …")
        seen, wanted = (re.sub(r"\W+", "", t) for t in (text, said))
        assert wanted in seen, f"{name}: {said}"


def test_a_description_has_no_code_of_formulas(built):
    for name in chapters(built):
        assert not re.search(r"[\\${}]", told(built / name)["description"])


def test_a_long_beginning_ends_between_two_words():
    said = words.beginning("word " * 100)
    assert len(said) <= words.LONG + 2 and said.endswith("word …")


def test_the_bare_address_says_the_same_as_the_front_page(published, built):
    for folder, front in (
        (published, "book/index.html"),
        (built, "notebooks/index.html"),
    ):
        assert told(folder / "index.html") == told(folder / front)
        assert f'href="{front}"' in (folder / "index.html").read_text("utf8")


def test_without_an_address_nothing_claims_one(sample):
    for path in sample.rglob("*.html"):
        assert not {"og:image", "og:url"} & set(told(path))
        assert "canonical" not in path.read_text("utf8")
    assert not (sample / "sitemap.xml").exists()
    assert not (sample / "_static/cards").exists()


def test_with_an_address_each_page_has_a_picture_of_its_own(published):
    seen = set()
    for name in chapters(published):
        said = told(published / name)
        assert said["og:image"].startswith(ADDRESS)
        path = published / said["og:image"].removeprefix(ADDRESS)
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("JPEG", (1200, 630))
            assert said["og:image:width"] == str(picture.width)
            assert said["og:image:height"] == str(picture.height)
        assert path.stat().st_size < 300_000
        seen.add(path.read_bytes())
    assert len(seen) == len(chapters(published)) > 2


def test_the_map_names_each_page_once(published):
    tree = ElementTree.parse(published / "sitemap.xml")
    found = sorted(place.text for place in tree.iterfind(".//{*}loc"))
    assert found == [ADDRESS + name for name in chapters(published)]


def test_each_page_names_its_one_address(published):
    for name in chapters(published):
        text = (published / name).read_text("utf8")
        here = re.findall(r'<link rel="canonical" href="([^"]+)"', text)
        assert here == [told(published / name)["og:url"]] == [ADDRESS + name]


@pytest.mark.parametrize("wrong", ["ada.example", "https://", "/notes/"])
def test_an_address_of_another_form_is_refused_by_name(wrong):
    with pytest.raises(ConfigError, match=f"'{wrong}'; give .*HOST/PATH"):
        address_of(wrong)


def test_who_deploys_elsewhere_says_so_in_the_environment(tmp_path):
    folder = write(tmp_path, address=ADDRESS)
    other = "http://127.0.0.1:8000/book"
    done = build(folder, BOOK_ADDRESS=other)
    assert done.returncode == 0, done.stderr
    said = told(folder / "_build/html/book/index.html")
    assert said["og:url"] == f"{other}/book/index.html"


def test_a_card_shows_the_still_that_it_is_given(tmp_path):
    still = tmp_path / "red.webp"
    Image.new("RGB", (900, 1500), "red").save(still)
    for name, more in (("with", {"still": still}), ("without", {})):
        card.draw(tmp_path / f"{name}.jpg", "Part", "Title", "One.", **more)
    shown, plain = (
        Image.open(tmp_path / f"{name}.jpg") for name in ("with", "without")
    )
    red, green, _ = shown.getpixel((900, 600))
    assert red > 240 and green < 30
    assert min(plain.getpixel((900, 600))) > 240


def test_the_words_of_a_card_fit_their_column(built):
    canvas = card.ImageDraw.Draw(Image.new("RGB", (10, 10)))
    for name in chapters(built):
        said = told(built / name)
        top = card.words(
            canvas, 176, "inter", range(60, 35, -4), 720, "ink",
            said["og:title"], 4,
        )  # fmt: skip
        bottom = card.words(
            canvas, top + 34, "source-serif-4", range(31, 22, -2), 400,
            "soft", said["description"], (card.HEIGHT - top - 60) // 40,
        )  # fmt: skip
        assert bottom < card.HEIGHT - 16, name


def drawn(family: str, letter: str) -> bytes:
    pen = card.Pen(None, family, 40, 400, "ink")
    ((font, text),) = pen.runs(letter)
    return bytes(font.getmask(text))


@pytest.mark.parametrize(
    "family, key", [("inter", "og:title"), ("source-serif-4", "description")]
)
def test_the_fonts_of_a_card_have_its_letters(built, family, key):
    missing = drawn(family, "漢")
    assert drawn(family, "θ") != missing
    for name in chapters(built):
        for letter in set(told(built / name)[key]):
            assert drawn(family, letter) != missing, (name, letter)


def test_the_mark_is_one_drawing_in_the_colours_of_the_book():
    svg = (ROOT / "book/_static/logo.svg").read_text("utf8")
    frame = (ROOT / "book/_templates/book-contents.html").read_text("utf8")
    for left, top, right, bottom, name in card.BARS:
        bar = f"M{left} {top}h{right - left}v{bottom - top}H{left}z"
        assert bar in svg and bar in frame
        assert f".{name} {{ fill: {LIGHT[name]} }}" in svg
        if name != "stone":
            assert f".{name} {{ fill: {DARK[name]} }}" in svg
