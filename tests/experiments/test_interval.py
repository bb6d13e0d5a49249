"""What a few seeds say: Student's intervals, and verdicts from them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cvnotes.experiments.interval import (
    FAILS,
    HOLDS,
    UNDECIDED,
    Interval,
    gain,
    interval,
    together,
    verdict,
)

values = st.lists(st.floats(-100, 100), min_size=2, max_size=9).filter(
    lambda v: max(v) - min(v) > 1e-3
)


@given(values)
def test_the_interval_is_students(values):
    found = interval(values)
    low, high = stats.t.interval(
        0.95, len(values) - 1, stats.tmean(values), stats.sem(values)
    )
    assert (found.low, found.high) == pytest.approx((low, high))


@given(values)
def test_a_gain_decides_as_the_paired_test_does(values):
    theirs = [0.5 * v - 1 for v in values]
    found = gain(values, theirs)
    p = stats.ttest_rel(values, theirs).pvalue
    decided = verdict(found) != UNDECIDED
    assert decided == (p < 0.05) or abs(p - 0.05) < 1e-6


def test_what_all_seeds_share_falls_out():
    hard = [0.0, 10.0, 20.0]
    found = gain([h + 1 for h in hard], hard)
    assert (found.low, found.high) == (1.0, 1.0)


@pytest.mark.parametrize(
    "found, said",
    [
        (Interval(2.0, 1.0, 3.0), HOLDS),
        (Interval(-2.0, -3.0, -1.0), FAILS),
        (Interval(0.0, -1.0, 1.0), UNDECIDED),
    ],
)
def test_a_verdict_needs_the_whole_interval(found, said):
    assert verdict(found) == said


def test_verdicts_that_differ_are_mixed():
    assert together([HOLDS, FAILS]) == "mixed"
    assert together([FAILS, FAILS]) == FAILS


def test_one_seed_has_no_interval():
    with pytest.raises(ValueError, match="two or more seeds"):
        interval([1.0])


def test_seeds_of_one_design_alone_are_no_pairs():
    with pytest.raises(ValueError):
        gain([1.0, 2.0, 3.0], [1.0, 2.0])
