"""How wide a DenseNet is, layer after layer, and how many edges it has.

Huang, Liu, van der Maaten, Weinberger, "Densely Connected Convolutional
Networks", CVPR 2017, arXiv 1608.06993, sections 1 and 3.
"""

import math

from cvnotes.cost.counting import a_number, at_least_one


def connections(layers: int) -> int:
    """L(L+1)/2: how many edges arrive at the L layers of one block.

    Layer l reads the block's input and the l−1 layers before it, which is
    l edges; the sum of 1 to L follows. An edge to what stands behind the
    block (a transition, the classifier) is not counted, and none skips a
    transition, so the formula holds for a block and not for a whole net.

    >>> connections(5)
    15
    """
    at_least_one(layers=layers)
    return layers * (layers + 1) // 2


def input_channels(k0: int, k: int, layer: int) -> int:
    """k0 + k(l−1): the channels that layer l reads, counting l from 1.

    Layer L+1 does not exist, but its input does: it is the block's output.

    >>> [input_channels(k0=64, k=32, layer=l) for l in (1, 2, 6, 7)]
    [64, 96, 224, 256]
    """
    at_least_one(k0=k0, k=k, layer=layer)
    return k0 + k * (layer - 1)


def bottleneck_break_even(growth_rate: int, bn_size: int = 4) -> float:
    """The input width above which the 1×1 bottleneck saves weights.

    With it a layer has b·k·c + 9·b·k² convolution weights (normalisation
    left out), without it 9·c·k. They are equal at c = 9·b·k / (9 − b),
    which is 7.2 k for b = 4. From b = 9 on the bottleneck never saves.

    >>> bottleneck_break_even(growth_rate=32)
    230.4
    """
    at_least_one(growth_rate=growth_rate, bn_size=bn_size)
    if bn_size >= 9:
        return math.inf
    return 9 * bn_size * growth_rate / (9 - bn_size)


def compressed(in_channels: int, compression: float = 0.5) -> int:
    """⌊θm⌋: the channels that a transition passes on, out of m.

    >>> compressed(256), compressed(100, 0.29)
    (128, 29)
    """
    at_least_one(in_channels=in_channels)
    a_number(compression=compression)
    if not 0 < compression <= 1:
        raise ValueError(
            f"compression={compression} is no part of the channels; "
            f"use a number above 0 and up to 1"
        )
    # 0.29 * 100 is 28.999999999999996 in binary, and ⌊29⌋ is meant.
    channels = math.floor(compression * in_channels + 1e-9)
    if channels < 1:
        least = math.ceil(1000 / in_channels) / 1000
        raise ValueError(
            f"compression={compression} leaves nothing of "
            f"in_channels={in_channels}; use {least} or more"
        )
    return channels
