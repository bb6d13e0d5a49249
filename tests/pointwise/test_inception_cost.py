"""What a reduction costs, against PyTorch's own count."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost
from cvnotes.cost import Cost
from cvnotes.papers import GOOGLENET
from cvnotes.pointwise import Inception, InceptionWidths

counts = st.integers(1, 40)
kernels = st.sampled_from([1, 3, 5, 7])
sizes = st.tuples(st.integers(3, 9), st.integers(3, 9))
# Of the convolutions, biases left out, as one counts them in the table.
WEIGHTS = {
    "3a": (163_328, 387_072),
    "3b": (388_096, 1_089_536),
    "4a": (375_552, 1_566_720),
    "4b": (448_512, 1_933_312),
    "4c": (509_440, 2_064_384),
    "4d": (604_672, 2_203_648),
    "4e": (867_328, 3_345_408),
    "5a": (1_042_432, 5_271_552),
    "5b": (1_442_816, 5_857_280),
}


def counted(module, *shape) -> Cost:
    """Parameters and multiply-adds as PyTorch sees them, on no data."""
    module = module.to("meta")
    with FlopCounterMode(display=False) as counter:
        module(torch.zeros(1, *shape, device="meta"))
    params = sum(p.numel() for p in module.parameters())
    return Cost(params, counter.get_total_flops() // 2)


@given(c=counts, r=counts, o=counts, k=kernels, size=sizes)
def test_a_reduced_convolution_costs_what_pytorch_counts(c, r, o, k, size):
    pair = nn.Sequential(
        nn.Conv2d(c, r, 1), nn.Conv2d(r, o, k, padding=k // 2)
    )
    assert counted(pair, c, *size) == cost.reduced(c, r, o, k, size)


@given(
    c=counts,
    widths=st.tuples(*[counts] * 6),
    size=sizes,
    reduce=st.booleans(),
)
def test_a_module_costs_what_pytorch_counts(c, widths, size, reduce):
    module = Inception(c, InceptionWidths(*widths), reduce)
    expected = cost.inception(c, widths, size, reduce)
    assert counted(module, c, *size) == expected


@pytest.mark.parametrize("row", GOOGLENET.modules, ids=lambda r: r.name)
def test_a_module_of_the_table_has_these_weights(row):
    found = [
        cost.inception(row.in_channels, row.widths, (1, 1), reduce).macs
        for reduce in (True, False)
    ]
    assert tuple(found) == WEIGHTS[row.name]


@given(c=counts, r=counts, o=counts, k=kernels)
def test_a_reduction_saves_below_the_break_even_and_costs_past_it(c, r, o, k):
    plain = cost.conv2d(c, o, k, (9, 9), padding=k // 2, bias=False)
    ours = cost.reduced(c, r, o, k, (9, 9), bias=False)
    limit = cost.reduction_break_even(c, o, k)
    if abs(r - limit) > 1e-9:
        assert (ours.params < plain.params) == (r < limit)
        assert (ours.macs < plain.macs) == (r < limit)


@given(c=counts, o=counts, k=kernels)
def test_whatever_saves_also_loses_rank(c, o, k):
    assert cost.reduction_break_even(c, o, k) < cost.full_rank(c, o, k)


@pytest.mark.parametrize("row", GOOGLENET.modules, ids=lambda r: r.name)
def test_no_reduction_of_googlenet_stands_past_its_break_even(row):
    _, r3, b3, r5, b5, _ = row.widths
    for r, out, kernel in ((r3, b3, 3), (r5, b5, 5)):
        limit = cost.reduction_break_even(row.in_channels, out, kernel)
        assert r < 0.6 * limit


def test_a_kernel_without_a_centre_is_refused_by_name():
    with pytest.raises(ValueError, match=r"kernel_size=4 .*1, 3, 5"):
        cost.reduced(8, 4, 8, 4, size=(9, 9))


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"in_channels": 0}, "in_channels=0"),
        ({"out_channels": -1}, "out_channels=-1"),
        ({"kernel_size": 0}, "kernel_size=0"),
    ],
)
def test_a_count_that_is_none_is_refused_by_name(settings, sentence):
    given = {"in_channels": 8, "out_channels": 8, "kernel_size": 3}
    for form in (cost.reduction_break_even, cost.full_rank):
        with pytest.raises(ValueError, match=f"{sentence} .*from 1"):
            form(**given | settings)


def test_a_width_of_none_is_refused_by_name():
    with pytest.raises(ValueError, match=r"b5_reduce=0 .*from 1"):
        cost.inception(8, (1, 1, 1, 0, 1, 1), size=(4, 4))


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize("widths", [(1, 2, 3, 4, 5), (1,) * 7, 6])
def test_widths_that_are_not_six_are_refused_by_name(widths):
    with pytest.raises(ValueError, match=r"widths=.* not six.* b5, pool"):
        cost.inception(192, widths, (7, 7))
