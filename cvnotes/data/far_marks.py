"""Two marks a set distance apart: are they of one colour, or of two?

Each mark by itself says nothing: whatever the class, it is blue or amber
with equal chance, and stands at the same places. Only what brings both
together can tell.
"""

import torch
from jaxtyping import Int64
from torch import Generator, Tensor

from cvnotes.cost import at_least_one
from cvnotes.data.cues import GREY
from cvnotes.data.pictures import Labels, Pictures
from cvnotes.data.split import refuse_split

Pairs = Int64[Tensor, "n 2"]  # the left mark and the right one
MARK = 4  # pixels a side
CLASSES = ("different", "same")
# One is as far below the grey of the ground as the other is above it.
NAMES = ("blue", "amber")
COLOURS = torch.tensor([[-70.0, -14.0, 70.0], [70.0, 14.0, -70.0]])
GRAIN = 12.0  # of 255: the standard deviation of every pixel


class FarMarks(Pictures):
    """Pictures with two marks each, and what was drawn for each picture.

    ``apart`` (n): columns from the left edge of the one mark to that of the
    other. ``corners`` (n 2): the column of each; ``rows`` (n): the row of
    both. ``colours`` (n 2) are numbers in ``NAMES``.
    """

    def __init__(self, kept, labels, apart, rows, corners, colours):
        super().__init__(kept, labels, CLASSES, (float(GREY),), (40.0,))
        self.apart, self.rows = apart, rows
        self.corners, self.colours = corners, colours

    def at(self, distance: int) -> "FarMarks":
        """Only those with the marks so far apart."""
        here = self.apart == distance
        drawn = self.apart, self.rows, self.corners, self.colours
        return FarMarks(
            self.kept[here], self.labels[here], *(d[here] for d in drawn)
        )


def far_marks(
    split: str = "train",
    images: int = 1000,
    distances: tuple[int, ...] = (4, 8, 12, 16, 20),
    seed: int = 0,
    side: int = 24,
) -> FarMarks:
    """So many pictures of 3×side×side, each with two marks of 4×4 in a row.

    The right mark stands one of ``distances`` columns from the left one;
    both stand wherever there is room. Classes and distances take turns, so
    all are equally many, to within one. Source: this file; no licence is
    needed beyond the book's.

    >>> data = far_marks(images=6, distances=(8, 20))
    >>> len(data), data.shape, data.apart.tolist()
    (6, (3, 24, 24), [8, 8, 20, 20, 8, 8])
    """
    refuse_split(split)
    at_least_one(images=images, side=side)
    _refuse(distances, side)
    # Two sources for each seed, one a split.
    random = torch.Generator().manual_seed(2 * seed + (split == "test"))
    turn = torch.arange(images)
    labels, ways = turn % len(CLASSES), torch.tensor(distances)
    apart = ways[turn // len(CLASSES) % len(ways)]
    colours = _colours(labels, random)
    rows = _any(side - MARK + 1, (images,), random)
    left = _any(side - MARK - apart + 1, (images,), random)
    corners = torch.stack([left, left + apart], 1)
    kept = _ground(images, side, random)
    for n in range(2):
        _put(kept, rows, corners[:, n], COLOURS[colours[:, n]])
    kept = kept.round().clamp(0, 255).to(torch.uint8)
    return FarMarks(kept, labels, apart, rows, corners, colours)


def _colours(labels: Labels, random: Generator) -> Pairs:
    """The left one of either colour; the right one the same, or not."""
    left = _any(len(NAMES), labels.shape, random)
    return torch.stack([left, left ^ (1 - labels)], 1)


def _any(below, shape, random):
    """Whole numbers from 0; ``below`` is one bound, or one for each."""
    # Not randint, which has one bound for all.
    share = torch.rand(shape, generator=random, dtype=torch.float64)
    return (share * below).long()


def _ground(images, side, random):
    grain = torch.randn(images, 3, side, side, generator=random)
    return GREY + GRAIN * grain


def _put(pictures, rows, columns, colours):
    """Add each picture's colour to the square that begins there."""
    four = torch.arange(MARK)
    where = torch.arange(len(pictures)).view(-1, 1, 1)
    down = rows.view(-1, 1, 1) + four[:, None]
    along = columns.view(-1, 1, 1) + four
    pictures[where, :, down, along] += colours[:, None, None]


def _refuse(distances, side):
    if not distances:
        raise ValueError(
            f"distances={distances} is empty; give one or more, as (8, 20)"
        )
    for distance in distances:
        at_least_one(distances=distance)
        if not MARK <= distance <= side - MARK:
            raise ValueError(
                f"distances={distance} has no room for two marks of {MARK} "
                f"pixels in side={side}; use {MARK} to {side - MARK}"
            )
