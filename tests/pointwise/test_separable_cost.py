"""What it costs to take space and channels apart, as PyTorch counts it."""

from itertools import pairwise

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost
from cvnotes.cost import Cost
from cvnotes.pointwise import DepthwiseSeparable

widths = st.integers(1, 40)
kernels = st.sampled_from([1, 3, 5, 7])
sides = st.tuples(st.integers(7, 12), st.integers(7, 12))


def counted(module, *shape) -> Cost:
    module = module.to("meta").eval()
    with FlopCounterMode(display=False) as counter:
        module(torch.zeros(1, *shape, device="meta"))
    params = sum(p.numel() for p in module.parameters())
    return Cost(params, counter.get_total_flops() // 2)


@given(i=widths, o=widths, k=kernels, size=sides)
def test_a_separable_convolution_costs_what_pytorch_counts(i, o, k, size):
    block = DepthwiseSeparable(i, o, k)
    assert counted(block, i, *size) == cost.separable(i, o, k, size=size)


@given(i=widths, o=widths, size=sides, stride=st.integers(1, 3))
def test_the_stride_is_the_depthwise_halfs(i, o, size, stride):
    block = DepthwiseSeparable(i, o)
    block.depthwise.stride = (stride, stride)
    planned = cost.separable(i, o, size=size, stride=stride)
    assert counted(block, i, *size) == planned


@given(i=widths, o=widths, k=kernels, size=sides)
def test_the_ratio_of_the_costs_is_one_over_each(i, o, k, size):
    full = cost.conv2d(i, o, k, size, padding=k // 2, bias=False)
    apart = cost.separable(i, o, k, size=size)
    ratio = pytest.approx(cost.separable_ratio(o, k))
    assert apart.macs / full.macs == ratio
    assert apart.params / full.params == ratio


@given(i=widths, o=widths, k=kernels, size=sides, samples=st.integers(1, 3))
def test_traffic_is_every_number_of_the_maps_and_weights_once(
    i, o, k, size, samples
):
    conv = nn.Conv2d(i, o, k, padding=k // 2, bias=False)
    x = torch.zeros(samples, i, *size)
    moved = x.numel() + conv(x).numel() + conv.weight.numel()
    plan = {"size": size, "samples": samples}
    assert cost.traffic(i, o, k, **plan) == moved
    work = samples * cost.conv2d(i, o, k, size, padding=k // 2).macs
    assert cost.intensity(i, o, k, **plan) == work / (4 * moved)


@given(c=st.integers(1, 40), k=kernels, size=sides)
def test_a_depthwise_layer_moves_its_maps_and_few_weights(c, k, size):
    conv = nn.Conv2d(c, c, k, padding=k // 2, groups=c, bias=False)
    x = torch.zeros(1, c, *size)
    moved = x.numel() + conv(x).numel() + conv.weight.numel()
    assert cost.traffic(c, c, k, size, groups=c) == moved


def mobilenet(alpha, full):
    """Built by hand: what the table must be of."""

    def conv(i, o, k, stride=1, groups=1):
        return nn.Conv2d(i, o, k, stride, k // 2, groups=groups, bias=False)

    c = int(32 * alpha)
    parts = [conv(3, c, 3, 2)]
    for width, stride in cost.MOBILENET_PLAN:
        made = int(width * alpha)
        if full:
            parts.append(conv(c, made, 3, stride))
        else:
            parts += [conv(c, c, 3, stride, c), conv(c, made, 1)]
        c = made
    head = nn.AdaptiveAvgPool2d(1), nn.Flatten()
    return nn.Sequential(*parts, *head, nn.Linear(c, 1000, bias=False))


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("alpha", [1.0, 0.75, 0.5, 0.25])
@pytest.mark.parametrize("side", [224, 160, 97])
def test_mobilenet_costs_what_pytorch_counts(alpha, side, full):
    with torch.device("meta"):
        net = mobilenet(alpha, full)
    planned = cost.mobilenet(alpha, (side, side), full=full)
    assert counted(net, 3, side, side) == planned


def test_mobilenet_has_28_layers_if_the_halves_count_for_two():
    rows = cost.mobilenet_layers()
    assert len(rows) == 28
    assert len(cost.mobilenet_layers(full=True)) == 15
    for before, after in pairwise(rows):
        assert before.out_channels == after.in_channels


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: cost.separable(0, 4, size=(8, 8)), "in_channels=0"),
        (lambda: cost.separable(4, 0, size=(8, 8)), "out_channels=0"),
        (lambda: cost.separable(4, 4, 0, size=(8, 8)), "kernel_size=0"),
        (lambda: cost.separable_ratio(0), "out_channels=0"),
        (lambda: cost.mobilenet(0), "alpha=0"),
        (lambda: cost.mobilenet(1.5), "alpha=1.5.*up to 1"),
        (lambda: cost.traffic(6, 4, 3, (8, 8), 4), "groups=4 does not"),
        (lambda: cost.intensity(6, 4, 3, (8, 8), 1, 0), "samples=0"),
        (lambda: cost.separable(3, 4, 2, size=(7, 7)), "=2 has no centre"),
        (lambda: cost.traffic(3, 4, 2, (7, 7)), "=2 has no centre"),
        (lambda: cost.intensity(3, 4, 2, (7, 7)), "=2 has no centre"),
        (lambda: cost.traffic(3, 4, 3, (7, -7)), r"size=\(7, -7\) is no h"),
    ],
)
def test_a_bad_argument_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
