"""What a figure promises: it follows the theme and harms no page."""

import re

import pytest

from cvnotes import palette, plots
from cvnotes.densenet import DenseBlock


@pytest.fixture(params=["reading", "widths"])
def figure(request):
    if request.param == "reading":
        return plots.reading([[True, False], [True, True]])
    return plots.widths(DenseBlock(3, in_channels=8, growth_rate=4))


def test_every_colour_follows_the_theme(figure):
    bare = re.sub(r"var\(--cv-\w+, #\w{6}\)", "", figure.svg)
    assert not re.findall(r"#[0-9a-f]{6}\b", bare)
    assert "black" not in bare


def test_it_carries_no_style_or_size_that_reaches_into_the_page(figure):
    assert "<style" not in figure.svg
    assert not re.search(r'<svg[^>]* width="', figure.svg)


def test_it_is_drawn_the_same_every_time():
    reads = [[True], [True, True]]
    assert plots.reading(reads).svg == plots.reading(reads).svg


def test_it_says_in_words_what_it_shows():
    figure = plots.reading([[True, False], [True, True]])
    assert repr(figure) == "Figure: 2 layers and 3 arcs between them"
    assert 'aria-label="2 layers and 3 arcs between them"' in figure.svg


def test_an_arc_is_drawn_for_each_connection_and_no_other():
    def arcs(reads):
        ink = palette.LIGHT["blue"]
        return plots.reading(reads).svg.count(f"stroke: var(--cv-blue, {ink}")

    assert arcs([[True, False], [True, True]]) == 3
    assert arcs([[True, False], [False, True]]) == 2


def test_a_column_is_as_high_as_the_layer_is_wide():
    block = DenseBlock(3, in_channels=8, growth_rate=4)
    figure = plots.widths(block)
    assert "inputs of 8, 12, 16 channels, output 20" in figure.alt
