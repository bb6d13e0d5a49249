"""What a 1×1 in front of a costly convolution saves, and when it costs.

Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, arXiv
1409.4842, section 4.
"""

from cvnotes.cost.counting import Cost, at_least_one, conv2d, refuse_even


def _refuse(in_channels, out_channels, kernel_size):
    names = ("in_channels", "out_channels", "kernel_size")
    at_least_one(**dict(zip(names, (in_channels, out_channels, kernel_size))))


def reduction_break_even(
    in_channels: int, out_channels: int, kernel_size: int
) -> float:
    """r* = k²·C_in·C_out / (C_in + k²·C_out): past it a reduction costs.

    By way of r channels there are r·(C_in + k²·C_out) weights, straight
    k²·C_in·C_out (biases left out); multiply-adds are in the same
    proportion, since both convolutions work at every place. r* is always
    less than C_in and less than k²·C_out.

    >>> reduction_break_even(192, 128, kernel_size=3)
    164.57142857142858
    """
    _refuse(in_channels, out_channels, kernel_size)
    makes = kernel_size**2 * out_channels
    return in_channels * makes / (in_channels + makes)


def full_rank(in_channels: int, out_channels: int, kernel_size: int) -> int:
    """From so many reduced channels on, no k×k kernel is out of reach.

    That is without a ReLU between: then the two are one kernel, a matrix of
    k²·C_out rows and C_in columns. By way of r channels its rank is r at
    most, and straight at most the smaller side.

    >>> full_rank(192, 128, kernel_size=3)
    192
    """
    _refuse(in_channels, out_channels, kernel_size)
    return min(in_channels, kernel_size**2 * out_channels)


def reduced(
    in_channels: int,
    reduced_channels: int,
    out_channels: int,
    kernel_size: int,
    size: tuple[int, int],
    bias: bool = True,
) -> Cost:
    """A 1×1 to r channels, then a k×k that keeps height and width.

    >>> reduced(192, 16, 32, 5, size=(28, 28), bias=False)
    Cost(params=15872, macs=12443648)
    """
    at_least_one(reduced_channels=reduced_channels)
    narrow = conv2d(in_channels, reduced_channels, 1, size, bias=bias)
    return narrow + _same(
        reduced_channels, out_channels, kernel_size, size, bias
    )


def inception(
    in_channels: int,
    widths: tuple[int, int, int, int, int, int],
    size: tuple[int, int],
    reduce: bool = True,
) -> Cost:
    """The four branches; ``widths`` as ``pointwise.InceptionWidths``.

    >>> inception(192, (64, 96, 128, 16, 32, 32), size=(28, 28))
    Cost(params=163696, macs=128049152)
    """
    names = ("b1", "b3_reduce", "b3", "b5_reduce", "b5", "pool")
    if not isinstance(widths, tuple | list) or len(widths) != len(names):
        raise ValueError(
            f"widths={widths!r} are not six counts; give {', '.join(names)}"
        )
    used = dict(zip(names, widths))
    if not reduce:
        used = {name: used[name] for name in ("b1", "b3", "b5")}
    at_least_one(in_channels=in_channels, **used)
    b1, b3_reduce, b3, b5_reduce, b5, pool = widths
    one = _same(in_channels, b1, 1, size)
    if not reduce:
        three = _same(in_channels, b3, 3, size)
        return one + three + _same(in_channels, b5, 5, size)
    three = reduced(in_channels, b3_reduce, b3, 3, size)
    five = reduced(in_channels, b5_reduce, b5, 5, size)
    return one + three + five + _same(in_channels, pool, 1, size)


def _same(in_channels, out_channels, kernel_size, size, bias=True) -> Cost:
    """A convolution whose zeros around keep height and width."""
    refuse_even(kernel_size)
    pad = kernel_size // 2
    return conv2d(
        in_channels, out_channels, kernel_size, size, padding=pad, bias=bias
    )
