"""Search finds terms in both languages, and symbols, from a disk too."""

import pytest

SEARCH = "search.html?q="
from_both = pytest.mark.parametrize(
    "address_of", ["file", "http"], indirect=True
)
FIRST = "#search-results li a"
# What search gives for each name: pages and places, the best last.
PLACES = """
(names) => names.map((name) => Search._performSearch(
  ...Search._parseQuery(name)).map((found) => found[0] + found[2]))
"""


@pytest.fixture
def asked(page, built, address_of):
    def ask(words, width=1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{address_of(built)}/{SEARCH}{words}")
        page.wait_for_selector("#search-results h2:text('Results')")
        return page

    return ask


@from_both
@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("growth+rate", "glossary.html#term-growth-rate"),
        ("Growth+rates", "glossary.html#term-growth-rate"),
        ("增长率", "glossary.html#term-growth-rate"),
        ("感受野", "glossary.html#term-receptive-field"),
        ("1*1卷积", "glossary.html#term-11-convolution"),
        ("1x1+卷积", "glossary.html#term-11-convolution"),
        ("1x1+convolution", "glossary.html#term-11-convolution"),
        ("growth-rate", "glossary.html#term-growth-rate"),
        ("fully-connected+layer", "glossary.html#term-fully-connected-layer"),
        ("batch+normalization", "glossary.html#term-batch-normalisation"),
        ("batchnorm", "glossary.html#term-batch-normalisation"),
        ("regularization", "glossary.html#term-regularise"),
        ("注意力机制", "glossary.html#term-attention"),
        ("theta", "notation.html#symbol-theta"),
        ("θ", "notation.html#symbol-theta"),
        ("k0", "notation.html#symbol-k0"),
        ("bn_size", "notation.html#symbol-bn_size"),
    ],
)
def test_what_is_looked_for_comes_first(asked, words, place):
    page = asked(words)
    first = page.locator(FIRST).first
    assert place in first.get_attribute("href")
    # It says at once what it means, and leads there.
    assert len(page.locator("#search-results li span").first.inner_text())
    first.click()
    page.wait_for_selector(":target")
    assert not page.errors and not page.foreign


@from_both
def test_every_name_is_found_where_it_is_explained(asked):
    page = asked("gate")
    entries = page.evaluate("ENTRIES")
    wanted = [
        (name, place)
        for place, (names, _) in entries.items()
        for name in names.split(" · ")
        if name
    ]
    assert len(wanted) > 300
    found = page.evaluate(PLACES, [name for name, _ in wanted])
    for (name, place), places in zip(wanted, found, strict=True):
        assert place in places[-20:], name


def test_a_letter_says_in_which_chapter_it_means_what(asked):
    page = asked("m")
    said = page.locator("#search-results li span").all_inner_texts()
    assert any(one.startswith("(The whole net: ") for one in said)
    assert any(one.startswith("(Reuse: ") for one in said)


@from_both
def test_a_word_is_marked_and_a_letter_is_not(asked):
    page = asked("theta")
    assert page.locator("#search-results .highlighted").count()
    page = asked("m")
    page.locator(FIRST).first.click()
    page.wait_for_selector(":target")
    assert not page.locator(".highlighted").count()


@from_both
def test_a_word_of_a_chapter_is_found_in_it(asked):
    page = asked("titan")
    assert page.locator(FIRST, has_text="Memory").count() == 1


@from_both
def test_what_is_nowhere_is_not_found(asked):
    page = asked("zeppelin")
    assert page.locator(FIRST).count() == 0
    assert "did not match" in page.inner_text("#search-results")


@pytest.mark.parametrize("words", ["theta", "压缩", "normalisation"])
def test_results_fit_a_phone(asked, words):
    page = asked(words, width=360)
    assert page.locator(FIRST).count() > 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
