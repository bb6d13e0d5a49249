"""Two marks, a set distance apart, of which neither says the class."""

from itertools import product

import pytest
import torch
from sklearn.linear_model import LogisticRegression

from cvnotes.data.far_marks import COLOURS, MARK, far_marks

DATA = far_marks(images=4000, seed=3)


def seen(pictures, mark):
    """The mean colour of a mark's own pixels, n 3."""
    found = [
        picture[:, row : row + MARK, column : column + MARK].mean((1, 2))
        for picture, row, column in zip(
            pictures.kept.float() - 128,
            pictures.rows.tolist(),
            pictures.corners[:, mark].tolist(),
        )
    ]
    return torch.stack(found)


def test_the_class_is_whether_the_colours_match():
    left, right = DATA.colours.unbind(1)
    assert torch.equal((left == right).long(), DATA.labels)


def test_the_pixels_show_what_was_drawn():
    for mark in (0, 1):
        colours = seen(DATA, mark) @ COLOURS.T
        assert torch.equal(colours.argmax(1), DATA.colours[:, mark])


def test_the_right_mark_stands_so_many_columns_from_the_left_one():
    left, right = DATA.corners.unbind(1)
    assert torch.equal(right - left, DATA.apart)
    assert left.min() == 0 and right.max() == 24 - MARK


@pytest.mark.parametrize("mark", [0, 1])
def test_one_mark_is_of_either_colour_whatever_the_class(mark):
    for label in (0, 1):
        amber = DATA.colours[DATA.labels == label, mark].float().mean()
        # Four standard errors of 2000 throws of a coin.
        assert amber == pytest.approx(0.5, abs=0.045)


def test_rows_and_columns_are_the_same_for_both_classes():
    for values in (DATA.rows, DATA.corners[:, 0]):
        same, other = (
            values[DATA.labels == label].double().mean().item()
            for label in (0, 1)
        )
        assert same == pytest.approx(other, abs=0.8)


def test_no_line_through_pixels_means_and_spreads_finds_the_class():
    test = far_marks("test", 2000, seed=3)

    def summary(pictures):
        x, _ = pictures.all()
        # Thumbnails, and what the mean of local features would say.
        small = torch.nn.functional.avg_pool2d(x, 4).flatten(1)
        return torch.cat([small, x.mean((2, 3)), x.relu().mean((2, 3))], 1)

    model = LogisticRegression(max_iter=300).fit(summary(DATA), DATA.labels)
    assert model.score(summary(test), test.labels) < 0.56


def test_classes_and_distances_are_equally_many():
    pairs = list(zip(DATA.labels.tolist(), DATA.apart.tolist()))
    counts = {pair: pairs.count(pair) for pair in set(pairs)}
    assert set(counts) == set(product((0, 1), (4, 8, 12, 16, 20)))
    assert set(counts.values()) == {400}


def test_at_keeps_one_distance_and_what_belongs_to_it():
    far = DATA.at(20)
    assert len(far) == 800 and set(far.apart.tolist()) == {20}
    assert torch.equal(far.corners[:, 1] - far.corners[:, 0], far.apart)


def test_a_seed_says_it_all_and_the_splits_differ():
    again = far_marks(images=40, seed=1)
    assert torch.equal(far_marks(images=40, seed=1).kept, again.kept)
    for other in (("test", 1), ("train", 2)):
        drawn = far_marks(other[0], 40, seed=other[1])
        assert not torch.equal(drawn.kept, again.kept)


@pytest.mark.parametrize("distances", [(3,), (21,), ()])
def test_a_distance_without_room_is_refused_by_name(distances):
    with pytest.raises(ValueError, match="distances="):
        far_marks(images=4, distances=distances)
