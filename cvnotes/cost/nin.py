"""What an mlpconv layer costs, and Network in Network, layer by layer.

Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv 1312.4400, section 3.
The paper prints no table of channels; these are as transcribed in the
repository dacorvo/tensorsandbox, which calls its net almost a clone.
"""

from collections.abc import Sequence

from cvnotes.cost.counting import (
    Cost,
    at_least_one,
    conv2d,
    linear,
    output_size,
    refuse_even,
    sides,
)
from cvnotes.cost.dense import LayerCost

LayerPlan = tuple[int, tuple[int, ...]]  # the kernel's side, the channels
NIN_SIDE = 32  # the pictures that a fully connected head is made for


def nin_plan(num_classes: int = 10) -> tuple[LayerPlan, ...]:
    """Kernel and channels of the three mlpconv layers.

    >>> nin_plan()[-1]
    (3, (192, 192, 10))
    """
    at_least_one(num_classes=num_classes)
    return (
        (5, (192, 160, 96)),
        (5, (192, 192, 192)),
        (3, (192, 192, num_classes)),
    )


def refuse_mlpconv(
    in_channels: int, channels: Sequence[int], kernel_size: int
):
    """Refuse a layer that cannot be, by the name of what is wrong."""
    at_least_one(in_channels=in_channels)
    if not isinstance(channels, tuple | list) or not channels:
        raise ValueError(
            f"channels={channels!r} is no plan; give the channels of the "
            f"convolution and of each 1×1 behind it, as in (192, 160, 96)"
        )
    at_least_one(
        **{f"channels[{i}]": width for i, width in enumerate(channels)}
    )
    refuse_even(kernel_size)


def refuse_head(head: str, size: tuple[int, int] | None = None):
    """Refuse an end of the net that does not exist, or no such size has."""
    if head not in ("gap", "fc"):
        raise ValueError(f"head={head!r} is unknown; use 'gap' or 'fc'")
    fits = size is None or tuple(size) == (NIN_SIDE, NIN_SIDE)
    if head == "fc" and not fits:
        raise ValueError(
            f"size={tuple(size)} does not fit head='fc', whose "
            f"weights are for maps of ({NIN_SIDE}, {NIN_SIDE}); give "
            f"pictures of that size, or use head='gap'"
        )


def mlpconv_layers(
    in_channels: int,
    channels: Sequence[int],
    kernel_size: int,
    size: tuple[int, int],
) -> list[Cost]:
    """A cost for the k×k convolution and for each 1×1 behind it.

    >>> [c.params for c in mlpconv_layers(3, (192, 160, 96), 5, (32, 32))]
    [14592, 30880, 15456]
    """
    refuse_mlpconv(in_channels, channels, kernel_size)
    first, *rest = channels
    padding = kernel_size // 2
    costs = [conv2d(in_channels, first, kernel_size, size, 1, padding)]
    return costs + [
        conv2d(reads, makes, 1, size) for reads, makes in zip(channels, rest)
    ]


def mlpconv(
    in_channels: int,
    channels: Sequence[int],
    kernel_size: int,
    size: tuple[int, int],
) -> Cost:
    """A k×k convolution and its 1×1 layers, with biases; sizes stay.

    >>> mlpconv(3, (192, 160, 96), kernel_size=5, size=(32, 32)).params
    60928
    """
    return sum(mlpconv_layers(in_channels, channels, kernel_size, size))


def nin_layers(
    num_classes: int = 10,
    head: str = "gap",
    size: tuple[int, int] = (NIN_SIDE, NIN_SIDE),
) -> list[LayerCost]:
    """Network in Network's table, the rows named as in the module.

    >>> for row in nin_layers()[-3:]:
    ...     print(row.name, row.out_channels, row.size, row.cost.params)
    mlpconv3.conv2 192 (8, 8) 37056
    mlpconv3.conv3 10 (8, 8) 1930
    pool 10 (1, 1) 0
    """
    refuse_head(head, sides(size))
    rows, reads = [], 3
    for i, (kernel, channels) in enumerate(nin_plan(num_classes), start=1):
        if i > 1:
            size = output_size(size, 3, 2, 1)
            rows.append(LayerCost(f"pool{i - 1}", reads, reads, size, Cost()))
        costs = mlpconv_layers(reads, channels, kernel, size)
        for j, (makes, cost) in enumerate(zip(channels, costs), start=1):
            name = f"mlpconv{i}.conv{j}"
            rows.append(LayerCost(name, reads, makes, size, cost))
            reads = makes
    rows.append(_head(head, num_classes, size))
    return rows


def _head(head, classes, size):
    if head == "gap":
        return LayerCost("pool", classes, classes, (1, 1), Cost())
    places = size[0] * size[1]
    cost = linear(classes * places, classes)
    return LayerCost("classifier", classes, classes, (1, 1), cost)


def nin(
    num_classes: int = 10,
    head: str = "gap",
    size: tuple[int, int] = (NIN_SIDE, NIN_SIDE),
) -> Cost:
    """The whole net: the sum over its table.

    >>> nin().params, nin(head="fc").params
    (966986, 973396)
    """
    return sum(row.cost for row in nin_layers(num_classes, head, size))
