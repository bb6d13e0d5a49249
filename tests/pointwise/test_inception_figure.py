"""The picture of a module is drawn from the module, to scale."""

import re

import pytest
import torch

from cvnotes import plots
from cvnotes.papers import GOOGLENET
from cvnotes.pointwise import Inception, InceptionWidths


def drawn(row=GOOGLENET.modules[0], reduce=True):
    with torch.device("meta"):
        widths = InceptionWidths(*row.widths)
        return plots.inception(Inception(row.in_channels, widths, reduce))


def bars(figure, hue):
    """How wide each rectangle of this colour is, in points."""
    line = r"M ([\d.]+) [\d.]+ \nL ([\d.]+) [^\"]*z\n"
    ink = rf'd="{line}" style="fill: var\(--cv-{hue}, #\w{{6}}\)"'
    pairs = re.findall(ink, figure.svg)
    return [float(b) - float(a) for a, b in pairs]


def test_every_colour_follows_the_theme():
    bare = re.sub(r"var\(--cv-\w+, #\w{6}\)", "", drawn().svg)
    assert not re.findall(r"#[0-9a-f]{6}\b", bare)
    assert "black" not in bare


def test_it_says_in_words_what_it_shows():
    assert drawn().alt == (
        "An Inception module reads 192 channels: 1×1 to 64; 1×1 to 96, then "
        "3×3 to 128; 1×1 to 16, then 5×5 to 32; pool, 1×1 to 32; "
        "puts out 256 channels"
    )


@pytest.mark.parametrize("row", GOOGLENET.modules, ids=lambda r: r.name)
def test_the_widths_of_the_table_are_written_in_it(row):
    written = re.findall(r">([^<]*)</text>", drawn(row).svg)
    assert {f"{width:,}" for width in row.widths} <= {*written}


def test_a_bar_is_as_wide_as_there_are_channels():
    figure = drawn()
    unit = bars(figure, "stone")[0] / 192
    three = [bar / unit for bar in bars(figure, "orange")]
    assert three == pytest.approx([128, 128], rel=0.01)


def test_without_reduction_the_pool_hands_on_all_that_it_reads():
    figure = drawn(reduce=False)
    (reads,) = bars(figure, "stone")
    assert bars(figure, "purple") == pytest.approx([reads] * 2, rel=0.01)
    assert "3×3 to 128; 5×5 to 32; pool to 192" in figure.alt
