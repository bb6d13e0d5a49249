"""MobileNet's tables, each computed again from the closed forms."""

import dataclasses
from itertools import pairwise

import pytest

from cvnotes import cost
from cvnotes.papers import MOBILENET

NETS = MOBILENET.widths + MOBILENET.resolutions + MOBILENET.decoupled
NETS += MOBILENET.thin_or_shallow
ROWS = MOBILENET.body + MOBILENET.shares + MOBILENET.example + NETS


def millions(count):
    return count / 1e6


def label(row):
    return f"{row.name}, {row.source[-7:]}"


def computed(row):
    full = row.name == "full convolutions"
    found = cost.mobilenet(row.alpha, (row.side,) * 2, full=full)
    if row.name == "shallow":  # without the five of 512 channels at 14×14
        five = cost.separable(512, 512, size=(14, 14))
        macs, params = found.macs - 5 * five.macs, found.params
        return cost.Cost(params - 5 * five.params, macs)
    return found


@pytest.mark.parametrize("row", ROWS)
def test_a_row_names_its_table_and_cannot_be_changed(row):
    assert "1704.04861, Table " in row.source
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.source = "ours"


def test_the_body_is_the_plan_that_is_counted():
    body = tuple((row.outputs, row.stride) for row in MOBILENET.body)
    assert body == cost.MOBILENET_PLAN


@pytest.mark.parametrize("row", NETS, ids=label)
def test_a_nets_printed_counts_are_those_of_the_closed_form(row):
    found = computed(row)
    # The paper rounds some rows down, and leaves the classifier out of some.
    assert millions(found.macs) == pytest.approx(row.mult_adds, abs=1.5)
    assert round(millions(found.params), 1) == row.params


@pytest.mark.parametrize("row", MOBILENET.shares, ids=lambda r: r.kind)
def test_the_shares_of_each_kind_are_the_printed_ones(row):
    layers = cost.mobilenet_layers()
    whole = cost.mobilenet()
    own = sum(r.cost for r in layers if r.name.startswith(row.kind))
    assert round(100 * own.params / whole.params, 2) == row.params
    if row.kind != "conv":  # see the next test
        assert round(100 * own.macs / whole.macs, 2) == row.mult_adds


def test_the_first_convolutions_printed_share_is_a_slip():
    first, whole = cost.mobilenet_layers()[0].cost, cost.mobilenet()
    printed = {row.kind: row.mult_adds for row in MOBILENET.shares}
    right = round(100 * first.macs / whole.macs, 2)
    assert (right, printed.pop("conv")) == (1.91, 1.19)
    rest = sum(printed.values())
    assert rest + right == pytest.approx(100, abs=0.02)
    assert rest + 1.19 < 99.5


@pytest.mark.parametrize("row", MOBILENET.example, ids=lambda r: r.name)
def test_the_example_layer_costs_what_is_printed(row):
    c, size = row.channels, (row.side,) * 2
    found = cost.separable(c, c, size=size)
    if row.name == "convolution":
        found = cost.conv2d(c, c, 3, size, padding=1, bias=False)
    assert round(millions(found.macs), 1) == pytest.approx(
        row.mult_adds, abs=0.5 if row.mult_adds > 100 else 0
    )
    assert round(millions(found.params), 2) == row.params


def test_the_whole_net_multiplies_eight_and_a_half_times_less():
    full, apart = MOBILENET.decoupled
    assert round(full.mult_adds / apart.mult_adds, 2) == 8.55
    assert full.accuracy - apart.accuracy == pytest.approx(1.1)
    ratio = cost.mobilenet(full=True).macs / cost.mobilenet().macs
    assert ratio == pytest.approx(8.55, abs=0.01)


@pytest.mark.parametrize("table", [MOBILENET.widths, MOBILENET.resolutions])
def test_what_is_smaller_costs_less_and_is_less_accurate(table):
    for large, small in pairwise(table):
        assert large.mult_adds > small.mult_adds
        assert large.accuracy > small.accuracy


def test_thin_is_more_accurate_than_shallow_at_about_the_same_cost():
    thin, shallow = MOBILENET.thin_or_shallow
    assert thin.accuracy > shallow.accuracy
    assert thin.mult_adds == pytest.approx(shallow.mult_adds, rel=0.06)
