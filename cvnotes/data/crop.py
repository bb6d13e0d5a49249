"""Move a picture by a few pixels, and mirror it: the same thing, seen anew.

So pictures of CIFAR are varied in training: He, Zhang, Ren, Sun, "Deep
Residual Learning for Image Recognition", CVPR 2016, arXiv 1512.03385,
section 4.2; the DenseNet paper does the same.

What is drawn and what is done with it stand apart, so that several
processes can each move their part of a batch as one process would.
"""

import torch
from jaxtyping import Bool, Int64
from torch import Tensor
from torch.nn.functional import pad as padded_by

from cvnotes.cost import at_least_one
from cvnotes.shapes import Maps

Shifts = Int64[Tensor, "b 2"]
Flips = Bool[Tensor, "b"]


def draw_shifts_and_flips(
    n: int, pad: int, flip: bool, generator: torch.Generator
) -> tuple[Shifts, Flips]:
    """For each of n pictures, where its crop begins and if it is mirrored.

    A crop begins at any row and column from 0 to 2·pad, and ``pad`` is the
    middle: not moved. With ``flip`` every second picture, on average, is
    mirrored; the shifts are the same without.
    """
    at_least_one(n=n)
    if pad < 0:
        raise ValueError(f"pad={pad} is no border; use 0 or more pixels")
    shifts = torch.randint(2 * pad + 1, (n, 2), generator=generator)
    flips = torch.rand(n, generator=generator) < 0.5
    return shifts, flips & flip


def shift_and_flip(
    images: Maps, pad: int, shifts: Shifts, flips: Flips
) -> Maps:
    """Put ``pad`` zeros around each image, cut its own size out, mirror it.

    The images are normalised, so a zero is the mean colour, not black. It
    works where the images are, on any device.

    >>> row = torch.tensor([[[[1.0, 2.0, 3.0]]]])
    >>> left, mirrored = torch.tensor([[1, 2]]), torch.tensor([True])
    >>> shift_and_flip(row, 1, left, ~mirrored).flatten().tolist()
    [2.0, 3.0, 0.0]
    >>> shift_and_flip(row, 1, left, mirrored).flatten().tolist()
    [0.0, 3.0, 2.0]
    """
    n, c, h, w = images.shape
    device = images.device
    shifts, flips = shifts.to(device), flips.to(device)
    rows = shifts[:, :1] + torch.arange(h, device=device)
    columns = shifts[:, 1:] + torch.arange(w, device=device)
    columns = torch.where(flips[:, None], columns.flip(1), columns)
    sample = torch.arange(n, device=device).view(n, 1, 1, 1)
    channel = torch.arange(c, device=device).view(1, c, 1, 1)
    return padded_by(images, (pad,) * 4)[
        sample, channel, rows.view(n, 1, h, 1), columns.view(n, 1, 1, w)
    ]
