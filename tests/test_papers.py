"""The tables are typed in without a slip, and say where they are from."""

import dataclasses
from itertools import pairwise

import pytest

from cvnotes import cost, papers

ROWS = papers.DENSENET.imagenet + papers.DENSENET.cifar
ALL = ROWS + papers.DENSENET.memory


@pytest.mark.parametrize("row", ALL)
def test_a_row_names_its_source_and_cannot_be_changed(row):
    assert "Table" in row.source or "GitHub" in row.source
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.source = "ours"


def test_the_one_net_that_the_last_version_leaves_out_says_so():
    (row,) = (r for r in ROWS if "Table" not in r.source)
    assert (row.name, row.growth_rate) == ("DenseNet-161", 48)
    assert "not in the paper's last version" in row.source


@pytest.mark.parametrize(
    "row", papers.DENSENET.imagenet, ids=lambda r: r.name
)
def test_an_imagenet_net_has_the_depth_in_its_name(row):
    stem, classifier, transitions = 1, 1, len(row.block_config) - 1
    depth = stem + 2 * sum(row.block_config) + transitions + classifier
    # By the count that fits all others, 264 has one layer more.
    printed = 264 if depth == 265 else depth
    assert row.name == f"DenseNet-{printed}"


@pytest.mark.parametrize(
    "row", papers.DENSENET.imagenet, ids=lambda r: r.name
)
def test_more_crops_and_more_guesses_make_fewer_errors(row):
    if row.top1_ten_crops is not None:
        assert row.top1 > row.top1_ten_crops > row.top5 > row.top5_ten_crops


def test_the_deeper_net_errs_less():
    paper = papers.DENSENET.imagenet[:4]
    for shallow, deep in pairwise(paper):
        assert shallow.top1 > deep.top1
        assert shallow.top5_ten_crops > deep.top5_ten_crops


@pytest.mark.parametrize("row", papers.DENSENET.cifar, ids=lambda r: r.name)
def test_the_printed_parameters_are_those_of_the_closed_form(row):
    bc = row.name.endswith("BC")
    assert (row.bottleneck, row.compression) == (bc, 0.5 if bc else 1.0)
    net = cost.densenet(
        growth_rate=row.growth_rate,
        block_config=(((row.depth - 4) // (6 if bc else 3)),) * 3,
        num_init_features=2 * row.growth_rate if bc else 16,
        bn_size=4 if bc else None,
        compression=row.compression,
        num_classes=10,
        stem="cifar",
        size=(32, 32),
    )
    assert round(net.params / 1e6, 1) == row.params_millions


@pytest.mark.parametrize("row", papers.DENSENET.cifar, ids=lambda r: r.name)
def test_augmentation_helps_and_ten_classes_are_easier(row):
    assert row.c10_plus < row.c100_plus
    if row.c10 is not None:
        assert row.c10_plus < row.c10 and row.c100_plus < row.c100


@pytest.mark.parametrize("code", ["Lua", "PyTorch"])
def test_what_keeps_least_takes_longest(code):
    rows = [row for row in papers.DENSENET.memory if row.code == code]
    assert len({row.source for row in rows}) == 1
    for more, less in pairwise(rows):
        assert more.megabytes > less.megabytes
    assert max(rows, key=lambda row: row.seconds) == rows[-1]
