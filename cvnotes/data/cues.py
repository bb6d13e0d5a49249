"""Four ways of hiding a class in a picture, each in one place only.

A cue draws bytes, 3×32×32, for given labels. What it draws besides, the
ground, the colours, the places, does not depend on the label at all.
"""

import torch
from jaxtyping import Int64, UInt8
from torch import Generator, Tensor
from torch.nn.functional import interpolate

from cvnotes.data.marks import BLUE_OR_AMBER, MARKS, SIDE, any_colours, stamp

Drawn = UInt8[Tensor, "n 3 32 32"]
Labels = Int64[Tensor, "n"]

GREY = 128


def _bytes(picture):
    return picture.round().clamp(0, 255).to(torch.uint8)


def _ground(n, random):
    """Soft patches of colour, about 90 to 170 of 255, with a fine grain."""
    patches = torch.randn(n, 3, 4, 4, generator=random)
    soft = interpolate(patches, SIDE, mode="bilinear", align_corners=True)
    grain = torch.randn(n, 3, SIDE, SIDE, generator=random)
    return GREY + 20 * soft + 5 * grain


def local(labels: Labels, random: Generator) -> Drawn:
    """One mark, anywhere, of any colour; its shape is the class."""
    n = len(labels)
    pictures = _ground(n, random)
    colours = any_colours(n, random)
    stamp(pictures, labels, colours, range(SIDE), random)
    return _bytes(pictures)


def far(labels: Labels, random: Generator) -> Drawn:
    """A mark near the left edge and one near the right: the same colour?"""
    n = len(labels)
    pictures = _ground(n, random)
    # Drawn for either class alike: what the left half shows, and the right
    # half too, is blue or amber with equal chance.
    left = torch.randint(2, (n,), generator=random)
    right = left ^ (1 - labels)
    for colours, columns in [(left, range(8)), (right, range(24, SIDE))]:
        shapes = torch.randint(len(MARKS), (n,), generator=random)
        stamp(pictures, shapes, BLUE_OR_AMBER[colours], columns, random)
    return _bytes(pictures)


def channels(labels: Labels, random: Generator) -> Drawn:
    """Grain in three channels; the class is the pair that goes together."""
    n = len(labels)
    own = torch.randn(n, 3, SIDE, SIDE, generator=random)
    shared = torch.randn(n, 1, SIDE, SIDE, generator=random)
    # The channel left out keeps its own grain: of the same deviation, so
    # that no channel by itself says to what it belongs.
    out = torch.arange(3) == (labels[:, None] + 2) % 3
    mixed = 0.6 * own + 0.8 * shared
    grain = torch.where(out[..., None, None], own, mixed)
    return _bytes(GREY + 35 * grain)


def fine(labels: Labels, random: Generator) -> Drawn:
    """Stripes one pixel wide, or a chequerboard: which way do they run?"""
    n = len(labels)
    sign = 1 - 2 * (torch.arange(SIDE) % 2)
    across, down = sign.expand(SIDE, SIDE), sign[:, None].expand(SIDE, SIDE)
    patterns = torch.stack([across, down, across * down])
    phase = 1 - 2 * torch.randint(2, (n, 1, 1, 1), generator=random)
    ground = _ground(n, random).round().clamp(20, 235)
    # Whole numbers that nothing cuts off: the mean of 2×2 pixels is that of
    # the ground, exactly.
    return _bytes(ground + 20 * phase * patterns[labels][:, None])
