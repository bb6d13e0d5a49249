"""What each operation costs at the size that is drawn, and how it grows.

The symbols: c channels, n places, k the kernel's side, g groups, d hidden
channels, and m places of another layer, which has one channel.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from cvnotes import cost
from cvnotes.cost import Cost

CHANNELS, SIDE, FINER = 4, 5, 7
C = CHANNELS
LARGE = (80, 160)  # sides at which the highest power of n is all that counts


@dataclass(frozen=True)
class Operation:
    """Its closed form, its multiply-adds as a product, and its chapter.

    ``closed`` takes a side of the maps; ``work`` is in symbols and, for the
    size that is drawn, in numbers.
    """

    closed: Callable[[int], Cost]
    work: tuple[str, str]
    chapter: str
    title: str

    def at(self, side: int = SIDE) -> Cost:
        """Weights and multiply-adds for maps of this side."""
        return self.closed(side)

    def powers(self) -> tuple[int, int]:
        """The powers of n with which its weights and its work grow."""
        small, large = map(self.at, LARGE)
        places = (LARGE[1] / LARGE[0]) ** 2

        def power(before, after):
            grown = math.log(after / before, places) if before else 0.0
            return round(grown)

        return (
            power(small.params, large.params),
            power(small.macs, large.macs),
        )


def _conv(groups=1):
    def closed(side):
        kernel = C, C, 3, (side, side)
        return cost.conv2d(*kernel, padding=1, groups=groups, bias=False)

    return closed


def _squeeze(side):
    # The MLP is used once, for the average alone.
    both = cost.channel_attention(C, 2, size=(side, side))
    return Cost(both.params, both.macs // 2)


def _cross(side):
    other = side * FINER // SIDE
    return cost.cross_layer(
        C, [1], size=(side, side), response_sizes=[(other, other)]
    )


_GAP = "pointwise/mlpconv", "A small network at every pixel"
_MIX = "pointwise/channel_mixing", "Mixing channels: the 1×1 convolution"
_SPLIT = "pointwise/separable", "Separable: space here, channels there"
_GATES = "attention/cbam", "CBAM: which channels, then which places"
_DENSE = "densenet/dense_block", "Growth: how channels add up"

OPERATIONS = {
    "fully connected": Operation(
        lambda side: cost.linear(C * side**2, C * side**2, bias=False),
        ("(c·n)²", "(4·25)²"),
        *_MIX,
    ),
    "3×3 convolution": Operation(_conv(), ("k²·c²·n", "9·4²·25"), *_MIX),
    "1×1 convolution": Operation(
        lambda side: cost.conv2d(C, C, 1, (side, side), bias=False),
        ("c²·n", "4²·25"),
        *_MIX,
    ),
    "depthwise 3×3": Operation(_conv(C), ("k²·c·n", "9·4·25"), *_SPLIT),
    "grouped 3×3": Operation(
        _conv(2), ("k²·c²·n / g", "9·4²·25 / 2"), *_SPLIT
    ),
    "separable": Operation(
        lambda side: cost.separable(C, C, size=(side, side)),
        ("k²·c·n + c²·n", "9·4·25 + 4²·25"),
        *_SPLIT,
    ),
    "global average pooling": Operation(
        lambda side: Cost(), ("only sums", "0"), *_GAP
    ),
    "Squeeze-and-Excitation": Operation(
        _squeeze, ("2·c·d", "2·4·2"), *_GATES
    ),
    "CBAM": Operation(
        lambda side: cost.cbam(C, 2, 3, size=(side, side)),
        ("4·c·d + 2·k²·n", "4·4·2 + 2·9·25"),
        *_GATES,
    ),
    "non-local": Operation(
        lambda side: cost.non_local(C, size=(side, side)),
        ("4·c·d·n + 2·d·n²", "4·4·2·25 + 2·2·25²"),
        "attention/non_local",
        "Non-local: every place looks at every other",
    ),
    "CGNL": Operation(
        lambda side: cost.cgnl(C, size=(side, side)),
        ("4·c·d·n + 2·d·n", "4·4·2·25 + 2·2·25"),
        "attention/cgnl",
        "CGNL: all with all, for next to nothing",
    ),
    "cross-layer": Operation(
        _cross,
        ("2·c·d·n + 2·d·m + 2·d·n·m", "2·4·2·25 + 2·2·49 + 2·2·25·49"),
        "attention/cross_layer",
        "Across layers: ask a place that sees something else",
    ),
    "dense layer": Operation(
        lambda side: cost.dense_layer(C, 2, (side, side), None),
        ("k²·c·2·n", "9·4·2·25"),
        *_DENSE,
    ),
    "dense block": Operation(
        lambda side: cost.dense_block(2, C, 2, (side, side), None),
        ("k²·(c + (c+2))·2·n", "9·(4 + 6)·2·25"),
        *_DENSE,
    ),
}
