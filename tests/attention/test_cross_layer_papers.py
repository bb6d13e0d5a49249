"""The numbers of cross-layer attention, and its figures."""

import dataclasses
import re

import numpy as np
import pytest
import torch

from cvnotes import plots
from cvnotes.attention import CrossLayerNonLocal
from cvnotes.papers import CROSS_LAYER


@pytest.mark.parametrize("row", CROSS_LAYER.cub + CROSS_LAYER.responses)
def test_a_row_names_its_source_and_cannot_be_changed(row):
    assert row.source.startswith("FouriYe/CNL-ICIP2020, ")
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.source = "ours"


@pytest.mark.parametrize("net", ["ResNet-50", "ResNet-101"])
def test_five_earlier_layers_are_asked(net):
    rows = [row for row in CROSS_LAYER.responses if row.net == net]
    assert [row.stage for row in rows] == [2, 2, 3, 3, 3]
    # Each stage halves the sides and doubles the channels.
    assert {row.side * row.channels for row in rows} == {56 * 512}
    assert CROSS_LAYER.side * CROSS_LAYER.query_channels == 56 * 512


@pytest.mark.parametrize("net", ["ResNet-50", "ResNet-101"])
def test_across_layers_is_reported_as_better_than_within_one(net):
    top1 = [r.top1 for r in CROSS_LAYER.cub if r.name.startswith(net)]
    assert top1 == sorted(top1) and len(top1) == 3


def test_the_net_has_an_arc_for_each_layer_that_is_asked():
    stages = [("one", 16, 2), ("two", 8, 3), ("three", 4, 0)]
    figure = plots.asking(stages, query=2)
    assert "three asks 5 earlier layers: 2 of one, 3 of two" in figure.alt
    alone = plots.asking([("one", 16, 0), ("two", 8, 0)], query=1)
    assert figure.svg.count("--cv-blue") >= 5
    assert "--cv-blue" not in alone.svg


def test_each_box_is_drawn_on_the_photograph():
    picture = np.zeros((20, 30, 3), np.uint8)
    boxes = [((0, 9), (0, 9)), ((5, 15), (5, 15)), ((7, 9), (7, 9))]
    figure = plots.receptive_fields(picture, {"left": boxes, "right": []})
    assert "left: 3; right: 0" in figure.alt
    assert figure.svg.count("--cv-orange") == 1
    assert figure.svg.count("--cv-blue") == 2


def test_the_spread_is_drawn_for_each_net():
    figure = plots.concentration({"flat": [1, 1, 1], "steep": [0, 9, 0]})
    assert "flat, steep" in figure.alt


def block_drawn(count=2):
    block = CrossLayerNonLocal(32, [16, 24][:count], hidden=8)
    asked = [torch.zeros(2, 16, 14, 14), torch.zeros(2, 24, 9, 5)][:count]
    return plots.cross_layer(block, torch.zeros(2, 32, 7, 7), asked)


def texts(figure):
    return re.findall(r">([^<]*)</text>", figure.svg)


def test_the_block_is_drawn_with_the_shapes_that_its_parts_gave():
    written = texts(block_drawn())
    assert written.count("8×14×14") == written.count("8×9×5") == 2  # φ, g
    assert written.count("49×8") == 2
    assert "49×196" in written and "49×45" in written
    # z and a norm for each, the query, and what comes out.
    assert written.count("32×7×7") == 6
    assert written.count("shared z") == 2
    assert written.count("shared θ") == 1


def test_the_blocks_letters_are_large_enough_for_a_phone():
    sizes = re.findall(r"font(?:-size)?: [^;]*?([\d.]+)px", block_drawn().svg)
    assert sizes and min(map(float, sizes)) >= 10


def test_one_response_is_drawn_alone_and_three_have_no_room():
    written = texts(block_drawn(1))
    assert "response 1" in written and "response 2" not in written
    block = CrossLayerNonLocal(4, [4, 4, 4], 2)
    one = torch.zeros(1, 4, 2, 2)
    with pytest.raises(ValueError, match="responses are 3"):
        plots.cross_layer(block, one, [one] * 3)


def test_the_drawn_block_follows_the_theme_and_is_left_as_it_was():
    figure = block_drawn()
    bare = re.sub(r"var\(--cv-\w+, #\w{6}\)", "", figure.svg)
    assert not re.findall(r"#[0-9a-f]{6}\b", bare) and "black" not in bare
    block = CrossLayerNonLocal(4, [4], 2).eval()
    one = torch.zeros(1, 4, 2, 2)
    plots.cross_layer(block, one, [one])
    assert not any(part._forward_hooks for part in block.modules())
