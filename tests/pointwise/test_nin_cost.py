"""The closed forms of an mlpconv and of NIN, held to module and source."""

import dataclasses

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost, papers
from cvnotes.cost import Cost
from cvnotes.pointwise import NIN, MLPConv

widths = st.integers(1, 12)
sides = st.tuples(st.integers(1, 9), st.integers(1, 9))


def counted(module, *shape) -> Cost:
    """Parameters and multiply-adds as PyTorch sees them, on no data."""
    module = module.to("meta").eval()
    with FlopCounterMode(display=False) as counter:
        module(torch.zeros(1, *shape, device="meta"))
    params = sum(p.numel() for p in module.parameters())
    return Cost(params, counter.get_total_flops() // 2)


@given(
    reads=widths,
    channels=st.lists(widths, min_size=1, max_size=4).map(tuple),
    kernel_size=st.sampled_from([1, 3, 5]),
    size=sides,
)
def test_an_mlpconv_costs_what_pytorch_counts(
    reads, channels, kernel_size, size
):
    block = MLPConv(reads, channels, kernel_size)
    planned = cost.mlpconv(reads, channels, kernel_size, size)
    assert counted(block, reads, *size) == planned


@pytest.mark.parametrize("head", ["gap", "fc"])
@pytest.mark.parametrize("classes", [10, 100])
def test_a_net_costs_what_pytorch_counts(head, classes):
    built = counted(NIN(classes, head), 3, 32, 32)
    assert built == cost.nin(classes, head)


@pytest.mark.parametrize("size", [(64, 48), (33, 21), (1, 1)])
def test_another_size_changes_the_work_and_not_the_parameters(size):
    built = counted(NIN(), 3, *size)
    assert built == cost.nin(size=size)
    assert built.params == cost.nin().params


@pytest.mark.parametrize("head", ["gap", "fc"])
def test_every_row_is_a_layer_of_the_net_by_its_name(head):
    net = NIN(10, head)
    for row in cost.nin_layers(10, head):
        where = net if row.size == (1, 1) else net.features
        part = where.get_submodule(row.name)
        params = sum(p.numel() for p in part.parameters())
        assert params == row.cost.params, row.name


def test_the_transcribed_net_has_966_986_parameters():
    assert cost.nin().params == 966_986


def test_one_fully_connected_layer_over_the_maps_learns_6_410_numbers_more():
    assert cost.nin(head="fc").params - cost.nin().params == 6_410


def test_the_plan_is_the_transcribed_table():
    rows = iter(papers.NIN.cifar)
    for layer, (kernel, channels) in enumerate(cost.nin_plan(), start=1):
        for i, width in enumerate(channels):
            row = next(rows)
            side = kernel if i == 0 else 1
            found = (row.layer, row.kernel_size, row.channels)
            assert found == (layer, side, width)
    assert next(rows, None) is None


@pytest.mark.parametrize("row", papers.NIN.cifar + papers.NIN.errors)
def test_a_row_says_that_it_is_not_from_the_paper_itself(row):
    assert row.source.startswith("as ")
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.source = "ours"


def test_augmentation_helps_and_ten_classes_are_easier():
    plain, augmented, hundred, _ = papers.NIN.errors
    assert augmented.error < plain.error < hundred.error


@pytest.mark.parametrize("size", [(48, 48), (31, 32)])
def test_a_size_is_refused_in_the_words_of_the_net(size):
    with pytest.raises(ValueError, match="does not fit head='fc'") as ours:
        cost.nin(head="fc", size=size)
    with pytest.raises(ValueError) as nets:
        NIN(head="fc")(torch.zeros(1, 3, *size))
    assert str(ours.value) == str(nets.value)


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: cost.mlpconv(3, (), 3, (8, 8)), r"channels=\(\)"),
        (lambda: cost.mlpconv(3, (4,), 2, (8, 8)), "kernel_size=2"),
        (lambda: cost.nin(head="max"), "head='max'.*'gap' or 'fc'"),
        (lambda: cost.nin(num_classes=0), "num_classes=0"),
        (lambda: cost.nin(size=32), "size=32 is no height and width"),
    ],
)
def test_a_bad_argument_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
