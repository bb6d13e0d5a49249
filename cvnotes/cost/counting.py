"""Count what a layer learns and how often it multiplies.

A multiply-add is one product added to a sum. Counted are those of
convolutions, linear layers and, in attention, matrix products; biases,
normalisation, activations and pooling count none. A counter of single
operations, such as PyTorch's ``FlopCounterMode``, shows twice as many.
"""

import math
from dataclasses import dataclass
from numbers import Integral, Real


@dataclass(frozen=True)
class Cost:
    """Learned numbers, and multiply-adds for one sample. Costs add up.

    >>> conv2d(64, 128, 1, size=(56, 56), bias=False)
    Cost(params=8192, macs=25690112)
    >>> sum([linear(10, 10), linear(10, 5)])
    Cost(params=165, macs=150)
    """

    params: int = 0
    macs: int = 0

    def __add__(self, other):
        if not isinstance(other, Cost):
            return NotImplemented
        return Cost(self.params + other.params, self.macs + other.macs)

    def __radd__(self, other):
        # sum() starts from the number 0.
        return self if other == 0 else NotImplemented


def at_least_one(**counts):
    """Refuse a count that is not a whole number from 1, by its name.

    >>> at_least_one(layers=6, growth_rate=0)
    Traceback (most recent call last):
    ValueError: growth_rate=0 is not a count; use a whole number from 1
    """
    for name, value in counts.items():
        if not _is_whole(value) or value < 1:
            raise ValueError(
                f"{name}={value!r} is not a count; use a whole number from 1"
            )


def none_or_more(**counts):
    """Refuse a count that is not a whole number from 0, by its name.

    >>> none_or_more(padding=0, workers=-1)
    Traceback (most recent call last):
    ValueError: workers=-1 is not a count; use a whole number from 0
    """
    for name, value in counts.items():
        if not _is_whole(value) or value < 0:
            raise ValueError(
                f"{name}={value!r} is not a count; use a whole number from 0"
            )


def _is_whole(value):
    return isinstance(value, Integral) and not isinstance(value, bool)


def a_number(**values):
    """Refuse what is no number, or none that a sum can end in.

    >>> a_number(compression=0.5, drop_rate="0.2")
    Traceback (most recent call last):
    ValueError: drop_rate='0.2' is no number; use one, such as 0.5
    """
    for name, value in values.items():
        real = isinstance(value, Real) and not isinstance(value, bool)
        if not real or not math.isfinite(value):
            raise ValueError(
                f"{name}={value!r} is no number; use one, such as 0.5"
            )


def sides(size: tuple[int, int]) -> tuple[int, int]:
    """Height and width, or a refusal that says what a size is.

    >>> sides((0, 224))
    Traceback (most recent call last):
    ValueError: size=(0, 224) is no height and width; use two whole numbers \
from 1, as in (224, 224)
    """
    pair = isinstance(size, tuple | list) and len(size) == 2
    if not pair or not all(isinstance(s, Integral) and s > 0 for s in size):
        raise ValueError(
            f"size={size!r} is no height and width; use two whole numbers "
            f"from 1, as in (224, 224)"
        )
    return tuple(size)


def refuse_even(kernel_size: int):
    """Refuse a kernel that has no place in its middle.

    >>> refuse_even(2)
    Traceback (most recent call last):
    ValueError: kernel_size=2 has no centre; use 1, 3, 5, 7 …
    """
    at_least_one(kernel_size=kernel_size)
    if kernel_size % 2 == 0:
        raise ValueError(
            f"kernel_size={kernel_size} has no centre; use 1, 3, 5, 7 …"
        )


def halved(hidden: int | None, **channels: int) -> int:
    """The hidden channels: those that are given, or half of the others.

    >>> halved(None, channels=64), halved(8, channels=64)
    (32, 8)
    >>> halved(None, channels=1)
    Traceback (most recent call last):
    ValueError: channels=1 has no half; give hidden
    """
    at_least_one(**channels)
    ((name, whole),) = channels.items()
    if hidden is None and whole < 2:
        raise ValueError(f"{name}={whole} has no half; give hidden")
    hidden = whole // 2 if hidden is None else hidden
    at_least_one(hidden=hidden)
    return hidden


def output_size(
    size: tuple[int, int], kernel_size: int, stride: int = 1, padding: int = 0
) -> tuple[int, int]:
    """How many places a kernel can stand at: the size of what comes out.

    >>> output_size((224, 224), kernel_size=7, stride=2, padding=3)
    (112, 112)
    """
    at_least_one(kernel_size=kernel_size, stride=stride)
    none_or_more(padding=padding)
    h, w = (
        (side + 2 * padding - kernel_size) // stride + 1
        for side in sides(size)
    )
    if min(h, w) < 1:
        raise ValueError(
            f"size={size} leaves no place for kernel_size={kernel_size} "
            f"with padding={padding}; use sides from "
            f"{max(1, kernel_size - 2 * padding)}"
        )
    return h, w


def conv2d(
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    size: tuple[int, int],
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
    bias: bool = True,
) -> Cost:
    """A k×k convolution, with the defaults of ``torch.nn.Conv2d``.

    >>> conv2d(512, 512, 3, size=(14, 14), padding=1, bias=False)
    Cost(params=2359296, macs=462422016)
    """
    at_least_one(
        in_channels=in_channels, out_channels=out_channels, groups=groups
    )
    if in_channels % groups or out_channels % groups:
        raise ValueError(
            f"groups={groups} does not divide in_channels={in_channels} "
            f"and out_channels={out_channels}; use a divisor of both"
        )
    h, w = output_size(size, kernel_size, stride, padding)
    weights = out_channels * (in_channels // groups) * kernel_size**2
    return Cost(weights + bias * out_channels, weights * h * w)


def linear(in_features: int, out_features: int, bias: bool = True) -> Cost:
    """Every output reads every input once.

    >>> linear(1024, 1000)
    Cost(params=1025000, macs=1024000)
    """
    at_least_one(in_features=in_features, out_features=out_features)
    weights = in_features * out_features
    return Cost(weights + bias * out_features, weights)


def batch_norm(channels: int) -> Cost:
    """A scale and a shift a channel; the running averages are not learned.

    Its work is not a convolution's, so it counts no multiply-adds.

    >>> batch_norm(64)
    Cost(params=128, macs=0)
    """
    at_least_one(channels=channels)
    return Cost(2 * channels)
