"""What it costs to take space and channels apart, and what is moved.

Howard et al., "MobileNets: Efficient Convolutional Neural Networks for
Mobile Vision Applications", 2017, arXiv 1704.04861, section 3.1. Counted
as there: weights alone, no normalisation and no bias.
"""

from cvnotes.cost.counting import (
    Cost,
    at_least_one,
    conv2d,
    output_size,
    refuse_even,
    sides,
)


def separable(
    in_channels: int,
    out_channels: int,
    kernel_size: int = 3,
    *,
    size: tuple[int, int],
    stride: int = 1,
) -> Cost:
    """A k×k in each channel, then a 1×1; the stride is the first one's.

    >>> separable(512, 512, size=(14, 14))
    Cost(params=266752, macs=52283392)
    """
    plan = (in_channels, out_channels, kernel_size, size, stride)
    return sum(separable_halves(*plan))


def separable_halves(
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    size: tuple[int, int],
    stride: int = 1,
) -> tuple[Cost, Cost]:
    """What the depthwise half costs, and the pointwise one behind it.

    >>> [half.macs for half in separable_halves(512, 512, 3, (14, 14))]
    [903168, 51380224]
    """
    at_least_one(in_channels=in_channels)
    refuse_even(kernel_size)
    padding = kernel_size // 2
    in_space = conv2d(
        *(in_channels, in_channels, kernel_size, size, stride, padding),
        groups=in_channels,
        bias=False,
    )
    after = output_size(size, kernel_size, stride, padding)
    return in_space, conv2d(in_channels, out_channels, 1, after, bias=False)


def separable_ratio(out_channels: int, kernel_size: int = 3) -> float:
    """1/C_out + 1/k²: the part of a full convolution's work that is left.

    >>> round(1 / separable_ratio(512), 2)
    8.84
    """
    at_least_one(out_channels=out_channels, kernel_size=kernel_size)
    return 1 / out_channels + 1 / kernel_size**2


def traffic(
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    size: tuple[int, int],
    groups: int = 1,
    samples: int = 1,
) -> int:
    """Numbers that a convolution must move, at stride 1: each of them once.

    It reads the maps of all samples and its weights, and writes its maps.
    A machine with too small a cache moves some of them again.

    >>> traffic(512, 512, 1, size=(14, 14))
    462848
    """
    at_least_one(samples=samples)
    h, w = sides(size)
    maps = (in_channels + out_channels) * h * w
    one = _same_size(in_channels, out_channels, kernel_size, size, groups)
    return samples * maps + one.params


def intensity(
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    size: tuple[int, int],
    groups: int = 1,
    samples: int = 1,
) -> float:
    """Multiply-adds for each byte moved, in float32.

    >>> round(intensity(512, 512, 3, size=(14, 14), groups=512), 2)
    1.1
    """
    layer = (in_channels, out_channels, kernel_size, size, groups)
    return samples * _same_size(*layer).macs / (4 * traffic(*layer, samples))


def _same_size(reads, makes, kernel_size, size, groups):
    refuse_even(kernel_size)
    plan = (reads, makes, kernel_size, size, 1, kernel_size // 2, groups)
    return conv2d(*plan, bias=False)
