"""GoogLeNet's table is typed in without a slip, and its slips are found."""

import dataclasses
from itertools import pairwise

import pytest

from cvnotes import cost, papers

TABLES = papers.GOOGLENET
ROWS = [*TABLES.modules, *TABLES.layers, *TABLES.errors]
every_module = pytest.mark.parametrize(
    "row", TABLES.modules, ids=lambda row: row.name
)


def counted(row, **changed):
    """Weights and multiply-adds of a module; biases are left out."""
    names = ("b1", "b3_reduce", "b3", "b5_reduce", "b5", "pool")
    widths = dict(zip(names, row.widths)) | changed
    widths = tuple(widths.values())
    sizes = (1, 1), (row.side, row.side)
    return [
        cost.inception(row.in_channels, widths, size=size).macs
        for size in sizes
    ]


@pytest.mark.parametrize("row", ROWS)
def test_a_row_names_its_source_and_cannot_be_changed(row):
    assert "1409.4842, Table" in row.source
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.source = "ours"


def test_a_module_reads_what_the_one_before_it_makes():
    for above, row in pairwise(TABLES.modules):
        b1, _, b3, _, b5, pool = above.widths
        assert row.in_channels == b1 + b3 + b5 + pool


def test_the_first_module_reads_the_stem_and_the_classifier_the_last():
    b1, _, b3, _, b5, pool = TABLES.modules[-1].widths
    stem, linear = TABLES.layers[1:]
    assert TABLES.modules[0].in_channels == stem.out_channels
    assert linear.in_channels == b1 + b3 + b5 + pool


@every_module
def test_the_printed_multiply_adds_are_the_counted_ones_but_for_5a(row):
    _, macs = counted(row)
    near = abs(macs / 1e6 - row.ops_m) < 0.015 * row.ops_m
    assert near == (row.name != "5a")


def test_5as_printed_multiply_adds_fit_a_wider_5x5_reduction():
    (row,) = (row for row in TABLES.modules if row.name == "5a")
    assert round(counted(row)[1] / 1e6, 1) == 51.1
    assert round(counted(row, b5_reduce=48)[1] / 1e6) == row.ops_m


@every_module
def test_the_printed_parameters_are_only_rough(row):
    weights, _ = counted(row)
    assert weights / 1024 == pytest.approx(row.params_k, rel=0.08)


def test_a_printed_k_is_1024():
    _, conv, linear = TABLES.layers
    assert conv.params_k * 1024 == 64 * 64 + 9 * 64 * 192
    assert linear.in_channels * linear.out_channels == linear.params_k * 1024


def test_the_first_row_fits_a_separable_layer_of_eight_maps_a_colour():
    first = TABLES.layers[0]
    plain, separable = 49 * 3 * 64, 49 * 3 * 8 + 24 * 64
    # Here a K of 1,000 fits, and one of 1,024 does not.
    assert first.params_k == round(separable / 1000, 1)
    assert first.params_k != round(separable / 1024, 1)
    assert first.ops_m == round(separable * first.side**2 / 1e6)
    assert plain > 3 * separable


def test_more_models_and_more_crops_make_fewer_errors():
    for models in (1, 7):
        own = [row for row in TABLES.errors if row.models == models]
        assert [row.crops for row in own] == [1, 10, 144]
        assert all(a.top5 > b.top5 for a, b in pairwise(own))
    one, seven = TABLES.errors[:3], TABLES.errors[3:]
    assert all(a.top5 > b.top5 for a, b in zip(one, seven, strict=True))
