"""What moving and mirroring does to a picture, one sentence a test."""

import pytest
import torch
from torch.nn.functional import pad as padded_by

from cvnotes.data import draw_shifts_and_flips, shift_and_flip


def chance(seed=0):
    return torch.Generator().manual_seed(seed)


IMAGES = torch.randn(40, 3, 6, 5, generator=chance())


@pytest.mark.parametrize("pad", [0, 1, 4])
def test_the_batch_is_moved_as_one_image_after_another_would_be(pad):
    shifts, flips = draw_shifts_and_flips(40, pad, True, chance())
    moved = shift_and_flip(IMAGES, pad, shifts, flips)
    for image, (row, column), flip, got in zip(IMAGES, shifts, flips, moved):
        bordered = padded_by(image, (pad,) * 4)
        expected = bordered[:, row : row + 6, column : column + 5]
        assert torch.equal(got, expected.flip(2) if flip else expected)


def test_the_middle_unmirrored_is_the_image_itself():
    middle, unmirrored = torch.full((40, 2), 4), torch.zeros(40).bool()
    assert torch.equal(shift_and_flip(IMAGES, 4, middle, unmirrored), IMAGES)


def test_a_part_of_a_batch_is_moved_as_it_is_in_the_whole():
    shifts, flips = draw_shifts_and_flips(40, 4, True, chance())
    whole = shift_and_flip(IMAGES, 4, shifts, flips)
    part = shift_and_flip(IMAGES[10:20], 4, shifts[10:20], flips[10:20])
    assert torch.equal(whole[10:20], part)


def test_what_enters_at_the_border_is_zero():
    far, unmirrored = torch.zeros(40, 2).long(), torch.zeros(40).bool()
    moved = shift_and_flip(IMAGES, 2, far, unmirrored)
    assert not moved[:, :, :2].any()
    assert not moved[:, :, :, :2].any()


def test_every_shift_and_both_sides_are_drawn_equally_often():
    shifts, flips = draw_shifts_and_flips(9000, 4, True, chance())
    for counts in (shifts[:, 0].bincount(), shifts[:, 1].bincount()):
        assert len(counts) == 9
        assert (counts - 1000).abs().max() < 150
    assert abs(flips.float().mean() - 0.5) < 0.02


def test_without_flip_nothing_is_mirrored_and_the_shifts_are_the_same():
    mirrored = draw_shifts_and_flips(50, 4, True, chance(3))
    plain = draw_shifts_and_flips(50, 4, False, chance(3))
    assert torch.equal(mirrored[0], plain[0])
    assert not plain[1].any()


def test_the_same_chance_draws_the_same():
    for first, again in zip(
        draw_shifts_and_flips(50, 4, True, chance(7)),
        draw_shifts_and_flips(50, 4, True, chance(7)),
    ):
        assert torch.equal(first, again)


def test_it_runs_where_no_number_is():
    images = IMAGES.to("meta")
    shifts, flips = draw_shifts_and_flips(40, 4, True, chance())
    assert shift_and_flip(images, 4, shifts, flips).shape == IMAGES.shape


@pytest.mark.parametrize("name, n, pad", [("n", 0, 4), ("pad", 5, -1)])
def test_a_draw_that_cannot_be_is_refused_by_name(name, n, pad):
    with pytest.raises(ValueError, match=f"^{name}="):
        draw_shifts_and_flips(n, pad, True, chance())
