"""What is decided by the counts of memory, and what they are made of."""

from dataclasses import replace

import pytest

from cvnotes import cost
from cvnotes.experiments import concat_memory
from cvnotes.experiments.lab import Lab

SHORT = replace(
    concat_memory.QUICK,
    depths=(2, 4),
    batch=1,
    size=4,
    larger=6,
    larger_depth=2,
    times=1,
)


@pytest.fixture(scope="module")
def rows():
    lab = Lab(device="cpu", shown=False)
    return [
        row
        for seed in (0, 1)
        for row in concat_memory.measure(SHORT, seed, lab)
    ]


def test_every_count_is_the_closed_forms(rows):
    for row in rows:
        bn_size = None if row["form"] == "plain" else 4
        size = (row["size"],) * 2
        form = cost.dense_block_memory(row["depth"], 24, 12, size, bn_size)
        assert row["kept"] == getattr(form, row["way"]) == row["closed_form"]


def test_memory_is_the_same_for_every_seed(rows):
    half = len(rows) // 2
    for one, two in zip(rows[:half], rows[half:]):
        assert one["kept"] == two["kept"]


def made_up(power):
    return [
        {
            "form": form,
            "way": way,
            "depth": depth,
            "size": SHORT.size,
            "seed": seed,
            "kept": 7 * depth ** power[way],
            "closed_form": 7 * depth ** power[way],
        }
        for form in ("plain", "bottleneck")
        for way in ("naive", "shared")
        for depth in (8, 16, 32)
        for seed in (0, 1)
    ]


@pytest.mark.parametrize("power", [1, 1.4, 2, 3])
def test_the_fitted_power_is_the_one_that_was_put_in(power):
    rows = made_up({"naive": power, "shared": 1})
    found = concat_memory.exponents(rows, "plain", "naive")
    assert found == pytest.approx([power, power])


@pytest.mark.parametrize(
    "naive, shared, said",
    [
        (2, 1, ["holds"] * 4),
        (1.2, 1, ["does not hold here"] * 2 + ["holds"] * 2),
        (2, 1.9, ["holds"] * 2 + ["does not hold here"] * 2),
    ],
)
def test_the_verdict_follows_the_powers(naive, shared, said):
    rows = made_up({"naive": naive, "shared": shared})
    findings = concat_memory.judge(rows, SHORT)
    assert [finding.verdict for finding in findings[:4]] == said


def test_the_powers_are_fitted_to_maps_of_one_size():
    rows = made_up({"naive": 2, "shared": 1})
    larger = [{**row, "size": 6, "depth": 2} for row in rows]
    one, both = (
        concat_memory.judge(some, SHORT)[:4] for some in (rows, rows + larger)
    )
    assert one == both


def test_the_price_is_measured_with_larger_maps_too(rows):
    found = concat_memory.table(rows, SHORT)
    shown = [row[:3] for row in found.rows if row[0] == "plain"]
    assert shown == [
        ["plain", "2", "4"],
        ["plain", "4", "4"],
        ["plain", "2", "6"],
    ]


def test_a_count_that_the_closed_form_misses_is_told():
    rows = made_up({"naive": 2, "shared": 1})
    rows[0]["kept"] += 1
    last = concat_memory.judge(rows, SHORT)[-1]
    assert last.verdict == "does not hold here"
    assert last.reason.startswith("1 of 24")


def test_without_a_gpu_the_table_has_no_peaks(rows):
    assert not any(
        "peak" in c for c in concat_memory.table(rows, SHORT).columns
    )


def test_with_a_gpu_the_table_has_them(rows):
    seen = [{**row, "peak": 5_000_000} for row in rows]
    found = concat_memory.table(seen, SHORT)
    assert found.columns[-1] == "shared peak MB"
    assert found.rows[0][-1] == "5.0"
