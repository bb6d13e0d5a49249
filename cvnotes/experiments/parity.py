"""Pictures of two channels whose pixels are of a class by their parity.

Where the two channels have the same sign a pixel is of class 0, and where
they differ of class 1. Either channel alone says nothing. The pictures are
made here from a seed; nothing is downloaded.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import torch
from jaxtyping import Float, Int64
from torch import Tensor, nn
from torch.nn.functional import interpolate

from cvnotes.cost import at_least_one
from cvnotes.pointwise import MLPConv

Channels = Float[Tensor, "b 2 h w"]
Classes = Int64[Tensor, "b h w"]
COARSE = 4  # a patch of one sign is about a fourth of the side


@dataclass(frozen=True)
class Parity:
    """Pictures, and a class for each of their pixels."""

    images: Channels
    classes: Classes


def parity(
    pictures: int, side: int, noise: float, seed: int, split: str
) -> Parity:
    """Patches of −1 and 1 in each channel, with noise added to each pixel.

    Each picture comes in four versions, with the sign of neither, one or
    both channels turned: so the four pairs of signs are equally many, and
    so are the classes. ``pictures`` counts the versions.

    >>> made = parity(8, side=16, noise=0.3, seed=0, split="train")
    >>> made.images.shape, made.classes.float().mean().item()
    (torch.Size([8, 2, 16, 16]), 0.5)
    """
    at_least_one(pictures=pictures, side=side)
    if pictures % 4:
        raise ValueError(
            f"pictures={pictures} does not come in fours; use 4, 8, 12 …"
        )
    random = torch.Generator().manual_seed(2 * seed + (split == "test"))
    coarse = torch.randn(pictures // 4, 2, COARSE, COARSE, generator=random)
    field = interpolate(coarse, (side, side), mode="bicubic")
    signs = torch.where(field > 0, 1.0, -1.0)
    turns = torch.tensor([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    signs = torch.cat([signs * turn.view(1, 2, 1, 1) for turn in turns])
    blur = noise * torch.randn(signs.shape, generator=random)
    return Parity(signs + blur, (signs[:, 0] != signs[:, 1]).long())


def learners(hidden: int) -> dict[str, nn.Module]:
    """Five that answer at each pixel by two scores, one a class.

    The mlpconv, the linear stack and the deep one have equally many
    parameters where hidden is 8 or 56: 5·hidden + 2 and w² + 6w + 2.

    >>> for name, net in learners(hidden=8).items():
    ...     print(name, sum(p.numel() for p in net.parameters()))
    one filter 6
    filter and ReLU 6
    two linear layers 42
    three linear layers 42
    mlpconv 42
    """
    at_least_one(hidden=hidden)
    w = max(1, math.floor((9 + 5 * hidden) ** 0.5 - 3))
    return {
        "one filter": nn.Conv2d(2, 2, 1),
        "filter and ReLU": MLPConv(2, (2,), 1),
        "two linear layers": _linear(2, hidden, 2),
        "three linear layers": _linear(2, w, w, 2),
        # The convolution's ReLU, and a classifier behind it.
        "mlpconv": nn.Sequential(
            MLPConv(2, (hidden,), 1), nn.Conv2d(hidden, 2, 1)
        ),
    }


def _linear(*widths):
    convs = (nn.Conv2d(i, o, 1) for i, o in pairwise(widths))
    return nn.Sequential(*convs)


def best_line(made: Parity, directions: int = 180) -> float:
    """The most that any straight line gets right of these very pixels.

    Every direction is tried, at equal angles, with every place for the
    line; the pixels that it is asked about are those it is chosen for, so
    no linear filter, however it learns, does better on them (but for the
    angles in between).

    >>> made = parity(8, side=16, noise=0.0, seed=0, split="test")
    >>> best_line(made)
    0.75
    """
    pixels = made.images.transpose(0, 1).flatten(1).double()
    signs = 2.0 * made.classes.flatten() - 1
    count, ones = len(signs), (signs > 0).sum()
    most = 0.0
    for i in range(directions):
        angle = math.pi * i / directions
        along = math.cos(angle) * pixels[0] + math.sin(angle) * pixels[1]
        along, order = along.sort()
        # A line stands behind a pixel, but not between two on one place.
        ends = torch.cat([along[1:] > along[:-1], torch.tensor([True])])
        right = ones - signs[order].cumsum(0)[ends]
        most = max(most, right.max().item(), (count - right).max().item())
    return most / count
