"""The closed forms of CBAM against the modules, and the paper's tables."""

import dataclasses

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as some
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost
from cvnotes.attention import CBAM as Block
from cvnotes.attention import ChannelAttention, SpatialAttention
from cvnotes.papers import CBAM

TABLES = dataclasses.fields(CBAM)
ROWS = [row for table in TABLES for row in getattr(CBAM, table.name)]


def counted(block, channels, size):
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        block.to("meta").eval()(
            torch.zeros(1, channels, *size, device="meta")
        )
    params = sum(p.numel() for p in block.parameters())
    return cost.Cost(params, counter.get_total_flops() // 2)


@settings(deadline=None, max_examples=20)
@given(
    channels=some.integers(1, 70),
    reduction=some.integers(1, 20),
    kernel_size=some.sampled_from([1, 3, 5, 7]),
    h=some.integers(1, 9),
    w=some.integers(1, 9),
)
def test_a_gate_costs_what_is_counted(channels, reduction, kernel_size, h, w):
    reduction, size = min(reduction, channels), (h, w)
    plan = channels, reduction
    for block, found in (
        (ChannelAttention(*plan), cost.channel_attention(*plan, size=size)),
        (
            SpatialAttention(kernel_size),
            cost.spatial_attention(kernel_size, size=size),
        ),
        (
            Block(*plan, kernel_size),
            cost.cbam(*plan, kernel_size, size=size),
        ),
    ):
        assert counted(block, channels, size) == found


@pytest.mark.parametrize("gate, row", [*zip(["se", "cbam"], CBAM.nets[1:])])
def test_the_printed_size_of_each_net_comes_out_with_biases(gate, row):
    bare = CBAM.nets[0].params
    found = bare + cost.in_resnet50(gate).params / 1e6
    assert found == pytest.approx(row.params, abs=0.006)


def test_without_biases_the_printed_size_does_not_come_out():
    biases = sum(n * (c + c // 16) for n, c in cost.RESNET50)
    params = cost.in_resnet50("se").params - biases
    assert 25.56 + 0.005 + params / 1e6 < 28.085


def test_the_sixteen_places_gates_are_nearly_free():
    channel = cost.in_resnet50("se").params
    assert cost.in_resnet50("cbam").params - channel == 1600


@pytest.mark.parametrize("side", [16, 200, 224, 225])
def test_the_maps_in_a_resnet_are_those_that_its_strides_leave(side):
    strided = [nn.Conv2d(1, 1, 7, 2, 3), nn.MaxPool2d(3, 2, padding=1)]
    strided += [nn.Conv2d(1, 1, 3, 2, 1) for _ in cost.RESNET50[1:]]
    maps = strided[0](torch.zeros(1, 1, side, side))
    total = cost.Cost()
    for halve, (blocks, channels) in zip(strided[1:], cost.RESNET50):
        maps = halve(maps)
        one = counted(Block(channels), channels, maps.shape[2:])
        total += cost.Cost(blocks * one.params, blocks * one.macs)
    assert cost.in_resnet50(side=side) == total


def test_a_side_that_is_no_multiple_of_32_is_rounded_up():
    macs = [cost.in_resnet50(side=side).macs for side in (200, 225)]
    assert macs == [6_123_666, 6_465_882]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_names_its_source_and_cannot_be_changed(row):
    assert "1807.06521" in row.source or "GitHub" in row.source
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.source = "ours"


def test_what_two_tables_share_is_the_same():
    se, whole = CBAM.nets[1:]
    pairs = ((CBAM.pooling[0], se), (CBAM.spatial[-1], whole))
    for one, other in (*pairs, (CBAM.order[0], whole)):
        assert (one.top1, one.top5) == (other.top1, other.top5)


def test_the_released_net_is_a_little_better_than_the_papers():
    assert round(100 - CBAM.released[0].accuracy, 2) == 22.38
    assert CBAM.nets[2].top1 > 22.38


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "call, sentence",
    [
        (
            lambda: cost.channel_attention(8, 16, size=(7, 7)),
            "reduction=16.*1 to 8",
        ),
        (lambda: cost.spatial_attention(0, size=(7, 7)), "kernel_size=0"),
        (lambda: cost.spatial_attention(4, size=(7, 7)), "=4 has no centre"),
        (lambda: cost.cbam(16, 4, 2, size=(7, 7)), "kernel_size=2 has no c"),
        (lambda: cost.cbam(16, 2.5, size=(7, 7)), "reduction=2.5 is no who"),
        (lambda: ChannelAttention(8, 2.5), "reduction=2.5 is no.*to 8"),
        (lambda: cost.channel_attention(16, size=7), "size=7 is no height"),
        (lambda: cost.in_resnet50(side=0), "side=0 is not a count"),
        (lambda: cost.in_resnet50(side=22.5), "side=22.5 is not a count"),
        (lambda: cost.in_resnet50("eca"), "gate='eca'.*se or cbam"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
