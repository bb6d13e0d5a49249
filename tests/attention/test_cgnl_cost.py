"""What CGNL costs, in closed form, is what PyTorch counts."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost
from cvnotes.attention import CGNL

MILLIONS = {1: 2.10, 4: 1.71, 8: 1.64, 16: 1.61, 32: 1.59}


def counted(act, *inputs):
    """Multiply-adds: the counter shows each as two operations."""
    with FlopCounterMode(display=False) as counter:
        act(*inputs)
    return counter.get_total_flops() // 2


def as_in_the_notes(kernel, order, maps):
    """The kernel in matrix products, which a counter sees."""
    b = maps.shape[0]
    powers = [1] if kernel == "dot" else range(order + 1)
    flat = torch.stack([(maps**p).reshape(b, -1) for p in powers], 1)
    return (flat @ maps.reshape(b, -1, 1)).mT @ flat


@given(
    st.integers(1, 3), st.integers(1, 4), st.integers(1, 4),
    st.sampled_from(["dot", "rbf"]), st.integers(1, 3),
    st.tuples(st.integers(2, 5), st.integers(1, 5)),
)  # fmt: skip
def test_the_form_is_what_is_counted(groups, a, b, kernel, order, size):
    form = (groups * a, groups * b, groups, kernel, order)
    block = CGNL(*form).to("meta")
    found = cost.cgnl(*form, size=size)
    assert found.params == sum(p.numel() for p in block.parameters())
    maps = torch.zeros(1, groups * a, *size, device="meta")
    hidden = torch.zeros(1, groups * b, *size, device="meta")
    inside = counted(as_in_the_notes, kernel, order, hidden)
    assert inside == cost.cgnl_kernel(form[1], *form[3:], size=size).macs
    assert found.macs == counted(block, maps) + inside


@pytest.mark.parametrize("groups, millions", MILLIONS.items())
def test_only_the_way_back_becomes_cheaper_by_groups(groups, millions):
    found = cost.cgnl(1024, groups=groups, size=(28, 28))
    assert round(found.params / 1e6, 2) == millions


@pytest.mark.parametrize("side, millions", [(28, 1285), (14, 321)])
def test_the_work_at_res4_is_that_of_the_authors_code(side, millions):
    found = cost.cgnl(1024, groups=8, size=(side, side))
    assert round(found.macs / 1e6) == millions


def test_the_kernel_is_next_to_nothing_of_it():
    assert cost.cgnl_kernel(512, size=(28, 28)).macs == 2 * 512 * 28 * 28


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_the_matrix_costs_what_building_it_costs(groups):
    hidden, size = 8, (3, 2)
    rows = torch.zeros(groups, 8 // groups * 6, 1, device="meta")
    built = counted(lambda: (rows @ rows.mT) @ rows)
    assert built == cost.cgnl_matrix(hidden, groups, size=size).macs


def test_the_form_refuses_what_the_block_refuses():
    with pytest.raises(ValueError, match="groups=5"):
        cost.cgnl(64, groups=5, size=(7, 7))


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize("form", [cost.cgnl, cost.cgnl_kernel])
@pytest.mark.parametrize("size", [(-2, 3), (2.5, 3), 7])
def test_a_size_of_no_maps_is_refused(form, size):
    with pytest.raises(ValueError, match="is no height and width"):
        form(8, size=size)
    with pytest.raises(ValueError, match="is no height and width"):
        cost.cgnl_matrix(8, size=size)
