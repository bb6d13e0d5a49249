"""The cost table: closed forms, PyTorch's counter, autograd, and a clock."""

from math import isclose

import pytest

from cvnotes import cost
from cvnotes.experiments import attention_cost
from cvnotes.experiments.attention_cost import (
    BLOCKS,
    Kept,
    closed,
    counted,
    exponent,
    law,
    numbers_kept,
    parameters_of,
)

every_block = pytest.mark.parametrize("name", BLOCKS)


@every_block
def test_the_closed_form_is_what_pytorch_counts(name):
    channels, side = 32, 9
    found = closed(name, channels, side).macs
    if name.startswith("CGNL"):
        # Its sums are no matrix products, so the counter passes them by.
        kernel = "rbf" if "rbf" in name else "dot"
        mixed = cost.cgnl_kernel(channels // 2, kernel, size=(side, side))
        found -= mixed.macs
    assert counted(name, channels, side) == found


@every_block
def test_the_closed_form_has_the_blocks_parameters(name):
    assert closed(name, 32, 5).params == parameters_of(name, 32)


@every_block
def test_what_is_kept_follows_the_law_at_a_size_it_was_not_made_from(name):
    found = law(name, 16).at(16, 22)
    assert found == pytest.approx(numbers_kept(name, 16, 22), rel=1e-9)


def test_a_convolution_keeps_its_input_and_nothing_else():
    assert law("3×3", 16) == Kept(1, 0, 0)


def test_without_a_fused_kernel_every_pair_is_kept():
    # The weights, and what the ReLU was given or gave.
    assert law("non-local, concat", 16).pairs == 2
    assert law("non-local, dot", 16).pairs == 0


@pytest.mark.parametrize("name", ["non-local", "cross-layer"])
def test_a_fused_kernel_keeps_no_pair(name):
    assert law(name, 16).pairs == 0


@pytest.mark.parametrize("power", [0, 1, 1.5, 2])
def test_the_exponent_of_a_power_of_the_places_is_that_power(power):
    sides = (3, 5, 9)
    numbers = [7 * (side**2) ** power for side in sides]
    assert isclose(exponent(sides, numbers), power, abs_tol=1e-9)


@pytest.fixture(scope="module")
def timed():
    names = ["3×3", "CBAM", "non-local"]
    return {
        side: attention_cost.seconds(32, side, 3, names) for side in (8, 16)
    }


def test_the_table_has_a_line_for_each_block_that_was_timed(timed):
    lines = attention_cost.table(timed, 32, side=16).rows
    assert [line[0] for line in lines] == ["3×3", "CBAM", "non-local"]
    first, _, last = lines
    assert first[1:3] == ["9,216", "2.4 M<br>n<sup>1.00</sup>"]
    assert first[3] == f"{4e-6 * 32 * 16**2:.2f}"  # it keeps its input
    assert "n<sup>1." in last[2]
    assert all(float(line[4].split("<")[0]) > 0 for line in lines)


def test_cbam_has_a_far_larger_share_of_the_time_than_of_the_work(timed):
    work = closed("CBAM", 32, 16).macs / closed("3×3", 32, 16).macs
    assert timed[16]["CBAM"] / timed[16]["3×3"] > 10 * work


def test_a_block_that_is_not_there_is_refused_by_name():
    with pytest.raises(ValueError, match=r"name='ECA'.*SE or CBAM"):
        closed("ECA", 16, 4)
