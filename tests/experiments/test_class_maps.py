"""Equal parameters, new places, and where a class map is highest."""

import pytest
import torch

from cvnotes import data
from cvnotes.experiments.class_maps import QUICK, judge
from cvnotes.experiments.finder import Finder, on_own
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.placed import NEW, SEEN, pairs, placed

TEST = data.digits("test", images=60)


def columns(pictures):
    """The first and the last column of each canvas that have ink."""
    inked = pictures.kept.amax((1, 2)) > 0
    there = inked.long()
    width = inked.shape[1]
    return there.argmax(1), width - 1 - there.flip(1).argmax(1)


def test_both_heads_have_as_many_parameters_within_five_percent():
    gap, fc = (parameters(Finder(1, 10, head)) for head in ("gap", "fc"))
    assert gap == pytest.approx(fc, rel=0.05)


def test_a_digit_of_training_and_one_of_the_test_share_no_left_edge():
    _, last_seen = columns(placed(TEST, SEEN, seed=0))
    first_new, _ = columns(placed(TEST, NEW, seed=0))
    assert last_seen.max() <= 3 + 7
    assert first_new.min() >= 5


def test_a_placed_digit_is_whole():
    on = placed(TEST, NEW, seed=1)
    assert on.shape == (1, 16, 16)
    ink = TEST.kept.flatten(1).sum(1, dtype=torch.long)
    assert torch.equal(on.kept.flatten(1).sum(1, dtype=torch.long), ink)
    assert on.all()[0].min() == 0 and on.all()[0].max() == 1


def test_two_digits_on_a_canvas_differ_and_do_not_touch():
    canvases, classes, begins = pairs(TEST, seed=0)
    assert canvases.shape[2:] == (24, 24)
    assert (classes[:, 0] != classes[:, 1]).all()
    assert (begins[:, 1] - begins[:, 0] >= 8).all()


def test_a_map_is_on_its_own_digit_where_it_is_highest():
    maps = torch.zeros(1, 3, 12, 12)
    maps[0, 1, 5, 2] = 1  # columns 4 and 5 of the canvas
    maps[0, 2, 5, 2] = 1
    classes, begins = torch.tensor([[1, 2]]), torch.tensor([[0, 14]])
    assert on_own(maps, classes, begins, 8).tolist() == [[True, False]]


def test_empty_paper_makes_zeros_in_every_map():
    maps = Finder(1, 10).class_maps(torch.zeros(1, 1, 20, 24))
    assert not maps.any()


@pytest.mark.parametrize("own, verdict", [(90, "holds"), (50, "undecided")])
def test_half_of_the_maps_on_their_own_is_chance(own, verdict):
    rows = [
        {"head": head, "seed": seed, "new": 0.5, "own": (own + seed) / 100}
        for head in ("gap", "fc")
        for seed in (-1, 0, 1)
    ]
    ahead, highest = judge(rows, QUICK)
    assert ahead.verdict == "undecided"
    assert highest.verdict == verdict
