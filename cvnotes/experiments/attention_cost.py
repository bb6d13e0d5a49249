"""What each block costs on the same maps: counted, kept, and timed.

Parameters and multiply-adds have closed forms in ``cvnotes.cost``; here
they meet PyTorch's own counter, and autograd's saved tensors, and a clock.
A 3×3 convolution of the same maps is the measure. "Cross-layer" asks one
finer layer: half the channels, twice the sides.
"""

import math
from dataclasses import dataclass
from functools import partial
from statistics import linear_regression

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost
from cvnotes.attention import CBAM, CGNL, CrossLayerNonLocal, NonLocal
from cvnotes.cost import Cost
from cvnotes.densenet import kept
from cvnotes.experiments.cbam_nets import MeanOnly
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.result import Table
from cvnotes.experiments.step import one_thread, times
from cvnotes.shapes import Maps

# Sides whose places double from one to the next, or nearly.
SIDES = (10, 14, 20, 28, 40)


class AskFiner(nn.Module):
    """A cross-layer block with the finer maps that it asks put beside it."""

    def __init__(self, channels: int):
        super().__init__()
        self.block = CrossLayerNonLocal(channels, [channels // 2])
        self.finer = None

    def ready(self, x: Maps) -> "AskFiner":
        """Lay out finer maps for pictures of this shape."""
        b, c, h, w = x.shape
        self.finer = x.new_ones(b, c // 2, 2 * h, 2 * w, requires_grad=True)
        return self

    def forward(self, x: Maps) -> Maps:
        return self.block(x, [self.finer])


def _convolution(c):
    return nn.Conv2d(c, c, 3, padding=1, bias=False)


def _cross(c, size):
    finer = [(2 * size[0], 2 * size[1])]
    return cost.cross_layer(c, [c // 2], size=size, response_sizes=finer)


def _once(c, size):
    # The MLP is used for the average alone.
    both = cost.channel_attention(c, size=size)
    return Cost(both.params, both.macs // 2)


def _non_local(**how):
    return partial(NonLocal, **how), partial(cost.non_local, **how)


def _cgnl(**how):
    return partial(CGNL, **how), partial(cost.cgnl, **how)


# name: (the block for c channels, its closed form for c and size).
BLOCKS = {
    "3×3": (
        _convolution,
        lambda c, size: cost.conv2d(c, c, 3, size, padding=1, bias=False),
    ),
    "SE": (MeanOnly, _once),
    "CBAM": (CBAM, cost.cbam),
    "CGNL": _cgnl(),
    "CGNL, 8 groups": _cgnl(groups=8),
    "CGNL, 8 groups, rbf": _cgnl(groups=8, kernel="rbf"),
    "non-local, dot": _non_local(pairwise="dot"),
    "non-local": _non_local(),
    "non-local, subsampled": _non_local(subsample=True),
    "non-local, Gaussian": _non_local(pairwise="gaussian"),
    "non-local, concat": _non_local(pairwise="concat"),
    "cross-layer": (AskFiner, _cross),
}


def built(name: str, x: Maps) -> nn.Module:
    """The block for these maps, ready to be called with them."""
    refuse_block(name)
    made = BLOCKS[name][0](x.shape[1])
    return made.ready(x) if isinstance(made, AskFiner) else made


def closed(name: str, channels: int, side: int) -> Cost:
    """What it costs by the closed form.

    >>> closed("SE", 64, side=28)
    Cost(params=580, macs=512)
    """
    refuse_block(name)
    return BLOCKS[name][1](channels, size=(side, side))


def refuse_block(name: str):
    """Refuse a block that is not in the table, by its name."""
    if name not in BLOCKS:
        raise ValueError(
            f"name={name!r} is unknown; use {' or '.join(BLOCKS)}"
        )


def counted(name: str, channels: int, side: int) -> int:
    """Multiply-adds that PyTorch counts in one call, for one sample."""
    with torch.device("meta"):
        x = torch.zeros(1, channels, side, side)
        block = built(name, x)
        with FlopCounterMode(display=False) as counter:
            block(x)
    return counter.get_total_flops() // 2


@dataclass(frozen=True)
class Kept:
    """Numbers kept for the backward pass: ``maps`` · c · n + ``pairs`` · n².

    ``maps`` counts copies of what the block reads, ``pairs`` numbers for
    each pair of its places. ``rest`` is neither, and does not grow.
    """

    maps: int | float
    pairs: int | float
    rest: int | float

    def at(self, channels: int, side: int) -> float:
        """For maps of this shape."""
        n = side**2
        return self.maps * channels * n + self.pairs * n**2 + self.rest


def numbers_kept(name: str, channels: int, side: int) -> int:
    """Float numbers a sample that autograd keeps of one call."""
    x = torch.zeros(1, channels, side, side, requires_grad=True)
    return kept(built(name, x), x)


def law(name: str, channels: int, sides=(8, 12, 16)) -> Kept:
    """The law of ``Kept`` through what was kept at three sizes."""
    n = torch.tensor([side**2 for side in sides], dtype=torch.float64)
    powers = torch.stack([channels * n, n**2, n**0], dim=1)
    found = [float(numbers_kept(name, channels, side)) for side in sides]
    right = torch.tensor(found, dtype=torch.float64)
    solved = torch.linalg.solve(powers, right).tolist()
    # Adding 0.0 makes a zero of a minus zero.
    return Kept(*(round(x, 6) + 0.0 for x in solved))


@one_thread()
def seconds(channels: int, side: int, rounds: int, names=None) -> dict:
    """The shortest training step of each block, taking turns.

    Not the median: what else the machine does can only add to a step.
    """
    x = torch.randn(1, channels, side, side)
    blocks = {name: built(name, x) for name in names or BLOCKS}
    return times(blocks, x, rounds, of=min)


def exponent(sides, numbers) -> float:
    """The p that fits best in number ~ nᵖ, with n = side² places.

    >>> round(exponent((2, 4, 8), (3, 12, 48)), 6)
    1.0
    """
    points = [(math.log(s**2), math.log(y)) for s, y in zip(sides, numbers)]
    return linear_regression(*zip(*points)).slope


def table(
    timed: dict[int, dict], channels: int = 64, side: int = 28
) -> Table:
    """What every block costs on maps of this side, and how that grows.

    ``timed`` has the seconds of each block by side. Megabytes are kept for
    one sample in float32. Below work and time stands the power of the
    number of places with which they grow.
    """
    lines = []
    for name in timed[side]:
        its = closed(name, channels, side)
        macs = [closed(name, channels, s).macs for s in timed]
        took = [timed[s][name] for s in timed]
        kept = law(name, channels).at(channels, side)
        milliseconds = f"{1e3 * timed[side][name]:.3g}"
        lines.append(
            [
                name,
                f"{its.params:,}",
                _growing(_millions(its.macs), exponent(timed, macs)),
                f"{4e-6 * kept:.2f}",
                _growing(milliseconds, exponent(timed, took)),
            ]
        )
    return Table(["block", "weights", "work", "MB", "ms"], lines)


def _growing(number, power):
    return f"{number}<br>n<sup>{power:.2f}</sup>"


def _millions(macs):
    if macs < 1e4:
        return f"{macs:,}"
    return f"{macs / 1e3:.0f} k" if macs < 1e6 else f"{macs / 1e6:.1f} M"


def parameters_of(name: str, channels: int) -> int:
    """Counted in the block itself."""
    x = torch.zeros(1, channels, 2, 2)
    return parameters(built(name, x))
