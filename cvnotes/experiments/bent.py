"""A digit, written again by a less steady hand: turned, leaned, stretched.

Simard, Steinkraus, Platt, "Best Practices for Convolutional Neural Networks
Applied to Visual Document Analysis", ICDAR 2003, section 2: affine copies
of the training pictures tell a net what does not change a digit.
"""

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample

from cvnotes.cost import at_least_one
from cvnotes.data import Pictures

# Up to so many radians, shares, and pixels; one picture in five stays.
TURN, LEAN, STRETCH, MOVE, STILL = 0.25, 0.3, 0.2, 0.7, 0.2


def bent(pictures: Pictures, copies: int, seed: int = 0) -> Pictures:
    """``copies`` of every picture, each bent in its own way by the seed.

    What comes in from outside is 0, which is paper where ink is counted,
    and the numbers stay whole.

    >>> from cvnotes.data import digits
    >>> len(bent(digits("train", images=20), copies=3))
    60
    """
    at_least_one(copies=copies)
    ink = pictures.kept.float().repeat(copies, 1, 1, 1)
    random = torch.Generator().manual_seed(seed)
    ways = affine_grid(
        _ways(len(ink), ink.shape[-1], random), ink.shape, False
    )
    return Pictures(
        grid_sample(ink, ways, align_corners=False).round().byte(),
        pictures.labels.repeat(copies),
        pictures.classes,
        pictures.mean,
        pictures.std,
    )


def _ways(n, side, random) -> Tensor:
    """n 2×3 matrices: from where each pixel of a copy is taken."""

    def drawn(most):
        return most * (2 * torch.rand(n, generator=random) - 1)

    turn, lean = drawn(TURN), drawn(LEAN)
    wide, tall = drawn(STRETCH).exp(), drawn(STRETCH / 2).exp()
    right, down = (drawn(MOVE) * 2 / side for _ in range(2))
    cos, sin = turn.cos(), turn.sin()
    ways = torch.stack(
        [
            torch.stack([cos * wide, cos * lean - sin * tall, right], 1),
            torch.stack([sin * wide, sin * lean + cos * tall, down], 1),
        ],
        1,
    )
    still = torch.rand(n, generator=random) < STILL
    ways[still] = torch.eye(2, 3)
    return ways
