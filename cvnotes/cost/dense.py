"""What a DenseNet costs: a layer, a block, a transition, the whole net.

Huang, Liu, van der Maaten, Weinberger, "Densely Connected Convolutional
Networks", CVPR 2017, arXiv 1608.06993, section 3.
"""

from dataclasses import dataclass

from cvnotes.cost.channels import compressed, input_channels
from cvnotes.cost.counting import (
    Cost,
    at_least_one,
    batch_norm,
    conv2d,
    linear,
    output_size,
    sides,
)


def dense_layer(
    in_channels: int,
    growth_rate: int,
    size: tuple[int, int],
    bn_size: int | None = 4,
) -> Cost:
    """BN-ReLU-conv to k new maps, by way of b·k when there is a bottleneck.

    >>> dense_layer(64, 32, size=(56, 56))
    Cost(params=45440, macs=141295616)
    """
    at_least_one(in_channels=in_channels, growth_rate=growth_rate)
    narrow, narrowing = in_channels, Cost()
    if bn_size is not None:
        at_least_one(bn_size=bn_size)
        narrow = bn_size * growth_rate
        narrowing = batch_norm(in_channels) + conv2d(
            in_channels, narrow, 1, size, bias=False
        )
    return (
        narrowing
        + batch_norm(narrow)
        + conv2d(narrow, growth_rate, 3, size, padding=1, bias=False)
    )


def dense_block(
    layers: int,
    in_channels: int,
    growth_rate: int,
    size: tuple[int, int],
    bn_size: int | None = 4,
) -> Cost:
    """L layers, each k channels wider at its input than the one before.

    >>> dense_block(6, 64, 32, size=(56, 56)).params
    335040
    """
    at_least_one(
        layers=layers, in_channels=in_channels, growth_rate=growth_rate
    )
    widths = (
        input_channels(in_channels, growth_rate, layer)
        for layer in range(1, layers + 1)
    )
    return sum(dense_layer(c, growth_rate, size, bn_size) for c in widths)


def transition(
    in_channels: int, size: tuple[int, int], compression: float = 0.5
) -> Cost:
    """BN-ReLU-1×1 at the size that comes in; the pooling after it is free.

    >>> transition(256, size=(56, 56))
    Cost(params=33280, macs=102760448)
    """
    out_channels = compressed(in_channels, compression)
    return batch_norm(in_channels) + conv2d(
        in_channels, out_channels, 1, size, bias=False
    )


@dataclass(frozen=True)
class LayerCost:
    """One row of a net's table; ``size`` is that of the maps it puts out.

    ``in_channels`` is what the layer reads and ``out_channels`` what the
    next one reads: a dense layer puts out its input and its k new maps.
    """

    name: str
    in_channels: int
    out_channels: int
    size: tuple[int, int]
    cost: Cost


def _stem(stem, in_channels, channels, size) -> list[LayerCost]:
    if stem not in ("imagenet", "cifar"):
        raise ValueError(
            f"stem={stem!r} is unknown; use 'imagenet' or 'cifar'"
        )
    if stem == "cifar":
        first = conv2d(in_channels, channels, 3, size, 1, 1, bias=False)
        return [LayerCost("conv0", in_channels, channels, size, first)]
    half = output_size(size, 7, 2, 3)
    quarter = output_size(half, 3, 2, 1)
    first = conv2d(in_channels, channels, 7, size, 2, 3, bias=False)
    return [
        LayerCost("conv0", in_channels, channels, half, first),
        LayerCost("norm0", channels, channels, half, batch_norm(channels)),
        LayerCost("pool0", channels, channels, quarter, Cost()),
    ]


def refuse_blocks(block_config):
    """Refuse a plan that is no list of each block's layers."""
    if not isinstance(block_config, tuple | list):
        raise ValueError(
            f"block_config={block_config!r} is no plan; give the layers "
            f"of each block, as in (6, 12, 24, 16)"
        )
    at_least_one(**{"len(block_config)": len(block_config)})
    for i, layers in enumerate(block_config):
        at_least_one(**{f"block_config[{i}]": layers})


def refuse_small(size, blocks, stem):
    """Refuse pictures of which the last block would get no place."""
    places = 2 ** (blocks - 1)  # each transition halves, rounding down
    least = places if stem == "cifar" else 4 * places - 3
    if not size or min(size) < least:
        raise ValueError(
            f"size={tuple(size)} leaves no place for the last of {blocks} "
            f"blocks; use sides from {least}"
        )


def densenet_layers(
    growth_rate: int = 32,
    block_config: tuple[int, ...] = (6, 12, 24, 16),
    num_init_features: int = 64,
    bn_size: int | None = 4,
    compression: float = 0.5,
    num_classes: int = 1000,
    stem: str = "imagenet",
    size: tuple[int, int] = (224, 224),
    in_channels: int = 3,
) -> list[LayerCost]:
    """The table of every layer of a DenseNet, named as in the module.

    >>> for row in densenet_layers()[:4]:
    ...     print(row.name, row.out_channels, row.size, row.cost.params)
    conv0 64 (112, 112) 9408
    norm0 64 (112, 112) 128
    pool0 64 (56, 56) 0
    denseblock1.denselayer1 96 (56, 56) 45440
    """
    refuse_blocks(block_config)
    sides(size)
    refuse_small(size, len(block_config), stem)
    rows = _stem(stem, in_channels, num_init_features, size)

    def add(name, out_channels, size, cost):
        rows.append(
            LayerCost(name, rows[-1].out_channels, out_channels, size, cost)
        )

    for i, layers in enumerate(block_config, start=1):
        for j in range(1, layers + 1):
            c, size = rows[-1].out_channels, rows[-1].size
            cost = dense_layer(c, growth_rate, size, bn_size)
            add(f"denseblock{i}.denselayer{j}", c + growth_rate, size, cost)
        c, size = rows[-1].out_channels, rows[-1].size
        if i < len(block_config):
            cost = transition(c, size, compression)
            half = output_size(size, kernel_size=2, stride=2)
            add(f"transition{i}", compressed(c, compression), half, cost)
    add("norm5", c, size, batch_norm(c))
    add("classifier", num_classes, (1, 1), linear(c, num_classes))
    return rows


def densenet(
    growth_rate: int = 32,
    block_config: tuple[int, ...] = (6, 12, 24, 16),
    num_init_features: int = 64,
    bn_size: int | None = 4,
    compression: float = 0.5,
    num_classes: int = 1000,
    stem: str = "imagenet",
    size: tuple[int, int] = (224, 224),
    in_channels: int = 3,
) -> Cost:
    """The whole net: the sum over its table, and nothing besides.

    >>> densenet()
    Cost(params=7978856, macs=2834161664)
    """
    table = densenet_layers(
        growth_rate,
        block_config,
        num_init_features,
        bn_size,
        compression,
        num_classes,
        stem,
        size,
        in_channels,
    )
    return sum(row.cost for row in table)
