"""What it costs to relate every place and channel with every other.

Yue, Sun, Yuan, Zhou, Ding, Xu, "Compact Generalized Non-local Network",
NeurIPS 2018, arXiv 1810.13125. Multiply-adds as a counter sees the
authors' matrix products; powers of maps count none.
"""

from cvnotes.cost.counting import Cost, at_least_one, conv2d, halved, sides

KERNELS = ("dot", "rbf")


def cgnl(
    channels: int,
    hidden: int | None = None,
    groups: int = 1,
    kernel: str = "dot",
    order: int = 3,
    scale: bool = False,
    *,
    size: tuple[int, int],
) -> Cost:
    """Three projections, the kernel, one projection back, a normalisation.

    >>> cgnl(1024, groups=8, size=(28, 28))
    Cost(params=1640448, macs=1285308416)
    """
    hidden = refuse_cgnl(channels, hidden, groups, kernel, order)
    into = conv2d(channels, 3 * hidden, 1, size, bias=False)
    back = conv2d(hidden, channels, 1, size, groups=groups, bias=False)
    mixed = cgnl_kernel(hidden, kernel, order, size=size)
    return into + mixed + back + Cost(2 * channels)


def cgnl_kernel(
    hidden: int, kernel: str = "dot", order: int = 3, *, size: tuple[int, int]
) -> Cost:
    """The kernel as it is run: each term sums all numbers, and scales all.

    >>> cgnl_kernel(512, size=(28, 28)).macs
    802816
    """
    refuse_cgnl(hidden, hidden, 1, kernel, order)
    h, w = sides(size)
    terms = 1 if kernel == "dot" else order + 1
    return Cost(macs=2 * terms * h * w * hidden)


def cgnl_matrix(
    hidden: int, groups: int = 1, *, size: tuple[int, int]
) -> Cost:
    """The matrix that is never built: made, and multiplied with g.

    It has half as many entries: each takes one product to make, and one
    multiply-add to use. Across groups there are none.

    >>> cgnl_matrix(512, size=(28, 28)).macs // 2 == (28 * 28 * 512) ** 2
    True
    """
    refuse_cgnl(hidden, hidden, groups, "dot", 1)
    h, w = sides(size)
    return Cost(macs=2 * groups * (h * w * hidden // groups) ** 2)


def refuse_cgnl(channels, hidden, groups, kernel, order):
    """The number of hidden channels, if the block can be built at all.

    >>> refuse_cgnl(64, None, 5, "dot", 3)
    Traceback (most recent call last):
    ValueError: groups=5 does not divide channels=64 and hidden=32; use a \
divisor of both
    """
    hidden = halved(hidden, channels=channels)
    at_least_one(groups=groups, order=order)
    if channels % groups or hidden % groups:
        raise ValueError(
            f"groups={groups} does not divide channels={channels} and "
            f"hidden={hidden}; use a divisor of both"
        )
    if kernel not in KERNELS:
        raise ValueError(f"kernel={kernel!r} is unknown; use 'dot' or 'rbf'")
    return hidden
