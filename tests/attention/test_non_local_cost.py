"""What looking at all places costs, as PyTorch counts it."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import scaled_dot_product_attention
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost
from cvnotes.attention import NonLocal
from cvnotes.cost import Cost
from cvnotes.cost.non_local import PAIRWISE, places
from cvnotes.papers import NON_LOCAL

RES4 = {"size": (28, 28)}
widths = st.integers(2, 24)
sides = st.tuples(st.integers(1, 9), st.integers(1, 9))


def counted(module, *shape) -> Cost:
    module = module.to("meta").eval()
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        module(torch.zeros(1, *shape, device="meta"))
    params = sum(p.numel() for p in module.parameters())
    return Cost(params, counter.get_total_flops() // 2)


@given(
    c=widths,
    hidden=st.none() | st.integers(1, 20),
    form=st.sampled_from(PAIRWISE),
    subsample=st.booleans(),
    size=sides,
)
def test_a_block_costs_what_pytorch_counts(c, hidden, form, subsample, size):
    block = NonLocal(c, hidden, form, subsample)
    planned = cost.non_local(c, hidden, form, subsample, size=size)
    assert counted(block, c, *size) == planned


@given(
    c=widths, form=st.sampled_from(PAIRWISE), pool=st.booleans(), size=sides
)
def test_the_weights_take_the_memory_that_is_said(c, form, pool, size):
    block = NonLocal(c, pairwise=form, subsample=pool).to("meta")
    weights = block.weights(torch.zeros(1, c, *size, device="meta"))
    assert weights.shape[1:] == places(size, pool)
    assert weights.nbytes == cost.weights_bytes(size, pool)


def test_at_res4_it_is_two_million_weights_and_two_billion_products():
    block = cost.non_local(1024, **RES4)
    assert round(block.params / 1e6, 2) == 2.10
    apart = cost.non_local_projections(1024, **RES4)
    asked = cost.non_local_attention(1024, **RES4)
    assert round(apart.macs / 1e6) == 1644
    assert round(asked.macs / 1e6) == 629
    assert apart.macs + asked.macs == block.macs


def test_at_twice_the_side_the_comparing_is_sixteen_times_as_much():
    one, two = (cost.non_local_attention(64, size=(s, s)) for s in (14, 28))
    assert two.macs == 16 * one.macs
    dot = [
        cost.non_local_attention(64, pairwise="dot", size=(s, s)).macs
        for s in (14, 28)
    ]
    assert dot[1] == 4 * dot[0]


def test_a_quarter_of_the_places_asked_is_a_quarter_of_the_work():
    whole = cost.non_local_attention(64, size=(28, 28))
    less = cost.non_local_attention(64, subsample=True, size=(28, 28))
    assert whole.macs == 4 * less.macs


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: cost.non_local(8, 0, **RES4), "hidden=0"),
        (lambda: cost.non_local(8, 4, "rbf", **RES4), "pairwise='rbf'"),
        (lambda: cost.weights_bytes((0, 4)), r"size=\(0, 4\) is no"),
    ],
)
def test_a_bad_argument_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


ROWS = NON_LOCAL.pairwise + NON_LOCAL.blocks + NON_LOCAL.along
ROWS += NON_LOCAL.reproduced


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_the_paper_names_its_source(row):
    assert "as transcribed" in row.source or "GitHub" in row.source
    assert 70 < row.top1 < 80


def test_the_four_forms_are_within_half_a_point():
    none, *forms = NON_LOCAL.pairwise
    assert {row.pairwise for row in forms} == {*PAIRWISE}
    top = [row.top1 for row in forms]
    assert round(max(top) - min(top), 1) == 0.4
    assert min(top) > none.top1


def test_tables_of_the_same_net_agree():
    first, one = NON_LOCAL.blocks[:2]
    assert (first.top1, first.top5) == (71.8, 89.7)
    same = NON_LOCAL.pairwise[2]
    assert (one.top1, one.top5) == (same.top1, same.top5)
    five, both = NON_LOCAL.blocks[2], NON_LOCAL.along[2]
    assert (five.top1, five.top5) == (both.top1, both.top5)


@pytest.mark.parametrize("row", NON_LOCAL.reproduced[:6])
def test_the_second_run_is_near_the_paper(row):
    assert abs(row.top1 - row.paper) <= 0.31


def test_sdpa_is_what_the_softmax_forms_are():
    torch.manual_seed(0)
    block = NonLocal(8).double()
    x = torch.randn(2, 8, 5, 4, dtype=torch.float64)
    found = scaled_dot_product_attention(*block.project(x))
    torch.testing.assert_close(block.mean(x), found)
