"""Every operation of the book, at a size where each number can be drawn.

They read 4 channels of 5×5 places, and are the modules of the chapters, not
drawings of them. Their weights are random, with a seed. A block that starts
as the identity gets its last scale set to one, as if it had learned.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel

from cvnotes.attention import CBAM, CGNL, CrossLayerNonLocal, NonLocal
from cvnotes.densenet import DenseBlock, DenseLayer
from cvnotes.experiments.cbam_nets import MeanOnly
from cvnotes.pointwise import (
    DepthwiseSeparable,
    GlobalAveragePool,
    Pointwise,
)
from cvnotes.shapes import Maps

CHANNELS, SIDE, GROUPS, GROWTH, LAYERS = 4, 5, 2, 2, 2
FINER = (1, 7, 7)  # channels, rows, columns of another layer's maps
OWN = (CHANNELS, SIDE, SIDE)


class FullyConnected(nn.Linear):
    """A weight for each pair of an output and an input, wherever they are."""

    def __init__(self, channels: int, side: int):
        numbers = channels * side**2
        super().__init__(numbers, numbers, bias=False)

    def forward(self, x: Maps) -> Maps:
        return super().forward(x.flatten(1)).view_as(x)


@dataclass(frozen=True)
class Mixer:
    """A module, and the shapes of all the maps that it reads."""

    module: nn.Module
    reads: tuple[tuple[int, int, int], ...] = (OWN,)

    def __call__(self, *maps: Tensor) -> Tensor:
        """What comes out, one sample, as c h w; a number a map is 1×1."""
        # Only the cross-layer block reads a list, of the other layers.
        own, *others = (each.unsqueeze(0) for each in maps)
        # The fused attention has no form for many slopes at once.
        with sdpa_kernel(SDPBackend.MATH):
            out = self.module(own, others) if others else self.module(own)
        return out[0] if out.dim() == 4 else out[0, :, None, None]

    def maps(self, seed: int) -> tuple[Tensor, ...]:
        """Random maps to read, always the same for a seed."""
        random = torch.Generator().manual_seed(seed)
        return tuple(
            torch.randn(shape, generator=random, dtype=torch.float64)
            for shape in self.reads
        )


def _conv(groups=1):
    c = CHANNELS
    return nn.Conv2d(c, c, 3, padding=1, groups=groups, bias=False)


def _pointwise():
    """The second half of the separable convolution, by itself."""
    mix = Pointwise(CHANNELS, CHANNELS, bias=False)
    halves = _seeded(_separable)
    mix.weight.data = halves.pointwise.weight.data.flatten(1)
    return mix


def _separable():
    return DepthwiseSeparable(CHANNELS, CHANNELS)


_BUILD: dict[str, Callable[[], nn.Module]] = {
    "fully connected": partial(FullyConnected, CHANNELS, SIDE),
    "3×3 convolution": _conv,
    "1×1 convolution": _pointwise,
    "depthwise 3×3": lambda: _seeded(_separable).depthwise,
    "grouped 3×3": partial(_conv, GROUPS),
    "separable": _separable,
    "global average pooling": GlobalAveragePool,
    "Squeeze-and-Excitation": partial(MeanOnly, CHANNELS, reduction=2),
    "CBAM": partial(CBAM, CHANNELS, reduction=2, kernel_size=3),
    "non-local": partial(NonLocal, CHANNELS),
    "CGNL": partial(CGNL, CHANNELS),
    "cross-layer": partial(CrossLayerNonLocal, CHANNELS, [FINER[0]]),
    "dense layer": partial(DenseLayer, CHANNELS, GROWTH, bn_size=None),
    "dense block": partial(DenseBlock, LAYERS, CHANNELS, GROWTH, None),
}
NAMES = tuple(_BUILD)
# How much larger these weights are than at the start: gates and maps of
# weights that are nearly even would show little.
SHARPER = {
    "Squeeze-and-Excitation": 2,
    "CBAM": 1.5,
    "non-local": 2,
    "cross-layer": 2,
}


def _seeded(build):
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return build()


def mixer(name: str) -> Mixer:
    """One of them, in double precision and as it is after training.

    >>> block = mixer("dense block")
    >>> block(*block.maps(seed=0)).shape
    torch.Size([8, 5, 5])
    """
    if name not in _BUILD:
        raise ValueError(
            f"name={name!r} is unknown; use {', '.join(map(repr, NAMES))}"
        )
    module = _seeded(_BUILD[name]).double().eval().requires_grad_(False)
    for part in module.modules():
        if isinstance(part, nn.BatchNorm2d | nn.GroupNorm):
            nn.init.ones_(part.weight)
    # What compares and gates is sharper after training than at the start.
    for weight in module.parameters():
        weight.data *= SHARPER.get(name, 1)
    return Mixer(module, (OWN, FINER) if name == "cross-layer" else (OWN,))
