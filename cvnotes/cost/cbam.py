"""What CBAM's two gates cost, beside the maps that they weigh.

Woo, Park, Lee, Kweon, "CBAM: Convolutional Block Attention Module",
ECCV 2018, arXiv 1807.06521, section 3. Pooling and the products with the
gates are no convolutions, so they count no multiply-adds.
"""

from numbers import Integral

from cvnotes.cost.counting import (
    Cost,
    at_least_one,
    batch_norm,
    conv2d,
    linear,
    refuse_even,
    sides,
)

# ResNet-50: blocks in each stage, and the channels they hand on.
RESNET50 = ((3, 256), (4, 512), (6, 1024), (3, 2048))


def refuse_reduction(channels: int, reduction: int):
    """Refuse an MLP without a hidden unit.

    >>> refuse_reduction(8, 16)
    Traceback (most recent call last):
    ValueError: reduction=16 leaves no hidden unit for channels=8; use 1 to 8
    """
    at_least_one(channels=channels)
    if not isinstance(reduction, Integral):
        raise ValueError(
            f"reduction={reduction!r} is no whole number; use 1 to {channels}"
        )
    if not 1 <= reduction <= channels:
        raise ValueError(
            f"reduction={reduction} leaves no hidden unit for "
            f"channels={channels}; use 1 to {channels}"
        )


def channel_attention(
    channels: int, reduction: int = 16, *, size: tuple[int, int]
) -> Cost:
    """A shared MLP that is used twice; the size of the maps costs nothing.

    >>> channel_attention(256, size=(56, 56))
    Cost(params=8464, macs=16384)
    """
    refuse_reduction(channels, reduction)
    sides(size)
    hidden = channels // reduction
    mlp = linear(channels, hidden) + linear(hidden, channels)
    return Cost(mlp.params, 2 * mlp.macs)


def spatial_attention(kernel_size: int = 7, *, size: tuple[int, int]) -> Cost:
    """A convolution of two maps, however many channels are weighed.

    >>> spatial_attention(size=(56, 56))
    Cost(params=100, macs=307328)
    """
    refuse_even(kernel_size)
    padding = kernel_size // 2
    looks = conv2d(2, 1, kernel_size, size, padding=padding, bias=False)
    return looks + batch_norm(1)


def cbam(
    channels: int,
    reduction: int = 16,
    kernel_size: int = 7,
    *,
    size: tuple[int, int],
) -> Cost:
    """Both gates.

    >>> cbam(256, size=(56, 56))
    Cost(params=8564, macs=323712)
    """
    channel = channel_attention(channels, reduction, size=size)
    return channel + spatial_attention(kernel_size, size=size)


def in_resnet50(gate: str = "cbam", side: int = 224) -> Cost:
    """What a gate in each of its sixteen blocks adds to a ResNet-50.

    ``gate`` is "se", the MLP used once, or "cbam", at the paper's settings.

    >>> round(in_resnet50("cbam").params / 1e6, 2)
    2.53
    """
    if gate not in ("se", "cbam"):
        raise ValueError(f"gate={gate!r} is unknown; use se or cbam")
    at_least_one(side=side)
    total = Cost()
    for stage, (blocks, channels) in enumerate(RESNET50):
        # A stride of 2 leaves half of the places, rounded up.
        size = (-(-side // 2 ** (stage + 2)),) * 2
        one = cbam(channels, size=size)
        if gate == "se":
            mlp = channel_attention(channels, size=size)
            one = Cost(mlp.params, mlp.macs // 2)
        total += Cost(blocks * one.params, blocks * one.macs)
    return total
