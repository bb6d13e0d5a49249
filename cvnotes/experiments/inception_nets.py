"""Small nets of Inception modules: reduced or not, squeezed early or late.

The module has no batch normalisation, as in the paper. In so short a
training the nets have one after the stem and after each module, all alike.
"""

from collections.abc import Callable
from copy import deepcopy
from functools import cache, partial
from math import floor

import torch
from torch import nn
from torch.utils.data import Dataset
from torch.utils.flop_counter import FlopCounterMode

from cvnotes.pointwise import Inception, InceptionWidths
from cvnotes.train.feed import some

MANY = 1000  # pictures are enough for a mean and a spread


def reduced_to(in_channels: int, share: int | float) -> int:
    """A share of the channels, to a whole number from 1."""
    return max(1, round(share * in_channels))


def widths(
    unit: int | float, in_channels: int, share: int | float
) -> InceptionWidths:
    """About the paper's 3a, where 2 : 4 : 1 : 1 units make the output.

    ``share`` of the input is what both reductions leave.
    """
    b1, b3, b5 = (max(1, floor(u * unit + 0.5)) for u in (2, 4, 1))
    r = reduced_to(in_channels, share)
    return InceptionWidths(b1, r, b3, r, b5, pool=b5)


def straight(in_channels: int, widths: InceptionWidths) -> Inception:
    """A module without its two reductions, and in all else the same."""
    module = Inception(in_channels, widths)
    without = Inception(in_channels, widths, reduce=False)
    module.b3, module.b5 = without.b3, without.b5
    return module


def squeeze(channels: int, rank: int) -> nn.Sequential:
    """All channels through a few and back: a mixing of rank ``rank``."""
    return nn.Sequential(
        nn.Conv2d(channels, rank, 1, bias=False),
        nn.Conv2d(rank, channels, 1, bias=False),
        nn.BatchNorm2d(channels),
    )


def net(
    shape,
    classes: int,
    stem: int,
    stages: int,
    unit: int | float,
    share: float = 1,
    module: Callable[[int, InceptionWidths], Inception] = Inception,
    squeezed: int | None = None,
    rank: int = 1,
) -> nn.Sequential:
    """A stem, a module a stage, the mean over the places, a classifier.

    The sides are halved and the unit doubled from stage to stage. The
    reductions of a ``module`` that has them leave ``share``. Before the
    stage ``squeezed`` everything goes through ``rank`` channels.
    """
    parts = [nn.Conv2d(shape[0], stem, 3, padding=1, bias=False)]
    parts += [nn.BatchNorm2d(stem), nn.ReLU()]
    reads = stem
    for stage in range(stages):
        if stage:
            parts.append(nn.MaxPool2d(2))
        if stage == squeezed:
            parts.append(squeeze(reads, rank))
        here = module(reads, widths(unit * 2**stage, reads, share))
        reads = here.out_channels
        parts += [here, nn.BatchNorm2d(reads)]
    parts += [
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(reads, classes),
    ]
    return started(nn.Sequential(*parts))


def started(found: nn.Sequential) -> nn.Sequential:
    """He's start for the weights, zeros for the biases."""
    for part in found.modules():
        if isinstance(part, nn.Conv2d):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
            if part.bias is not None:
                nn.init.zeros_(part.bias)
    return found


@cache
def multiply_adds(build: partial, shape) -> int:
    """Of one picture, as PyTorch counts them, on no data."""
    with torch.device("meta"), FlopCounterMode(display=False) as counted:
        build().eval()(torch.zeros(1, *shape))
    return counted.get_total_flops() // 2


@cache
def equal_unit(build: partial, shape, macs: int) -> float:
    """The unit, in eighths, at which ``build(unit=…)`` has such a cost."""
    low, high = 1, 8
    while multiply_adds(partial(build, unit=high / 8), shape) < macs:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        cost = multiply_adds(partial(build, unit=middle / 8), shape)
        low, high = (middle, high) if cost < macs else (low, middle)
    near = {
        eighths: multiply_adds(partial(build, unit=eighths / 8), shape)
        for eighths in (low, high)
    }
    return min(near, key=lambda eighths: abs(near[eighths] - macs)) / 8


def cut(weight: torch.Tensor, rank: int) -> tuple[torch.Tensor, float]:
    """A kernel's nearest of this channel rank, and the energy it keeps.

    The kernel (out, in, k, k) is a matrix with a column for each input
    channel; its energy is the sum of the squares of all its weights.
    """
    matrix = weight.transpose(0, 1).flatten(1).double()
    u, s, v = torch.linalg.svd(matrix, full_matrices=False)
    near = (u[:, :rank] * s[:rank]) @ v[:rank]
    turned = near.view_as(weight.transpose(0, 1)).transpose(0, 1)
    energy = s.square()
    return turned.to(weight), (energy[:rank].sum() / energy.sum()).item()


@torch.no_grad()
def cut_net(
    found: nn.Module, share: int | float
) -> tuple[nn.Module, list[float]]:
    """A copy with every 3×3 and 5×5 of a module cut to a share of rank."""
    copy, kept = deepcopy(found), []
    for part in copy.modules():
        if isinstance(part, Inception):
            for conv in (part.b3.conv, part.b5.conv):
                rank = reduced_to(conv.in_channels, share)
                near, energy = cut(conv.weight, rank)
                conv.weight.copy_(near)
                kept.append(energy)
    return copy, kept


@torch.no_grad()
def averaged_again(net: nn.Module, pictures: Dataset) -> nn.Module:
    """A net whose normalisations have the statistics of these pictures.

    After a cut its maps are others, and the means and spreads that it
    learned with are not theirs. No weight changes.
    """
    for part in net.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.reset_running_stats()
            part.momentum = None  # of these pictures alone
    images, _ = some(pictures, MANY)
    net.train()(images.to(next(net.parameters()).device))
    return net.eval()
