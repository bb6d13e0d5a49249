"""The nets of the paper, by the names they go by.

Huang, Liu, van der Maaten, Weinberger, "Densely Connected Convolutional
Networks", CVPR 2017, arXiv 1608.06993, Tables 1 and 2.
"""

from numbers import Integral

from cvnotes.cost import a_number, at_least_one
from cvnotes.densenet.network import DenseNet


def densenet121(**settings) -> DenseNet:
    """58 dense layers, the smallest of Table 1.

    ``settings`` are what ``DenseNet`` has beside growth rate, blocks and
    stem channels: bn_size, compression, drop_rate, num_classes, stem,
    in_channels. Pictures b 3 h w, with sides from 29, get scores b 1000.
    """
    return _printed("densenet121", 32, (6, 12, 24, 16), 64, settings)


def densenet169(**settings) -> DenseNet:
    """82 dense layers: the last two blocks are longer.

    Settings as in ``densenet121``.
    """
    return _printed("densenet169", 32, (6, 12, 32, 32), 64, settings)


def densenet201(**settings) -> DenseNet:
    """98 dense layers.

    Settings as in ``densenet121``.
    """
    return _printed("densenet201", 32, (6, 12, 48, 32), 64, settings)


def densenet161(**settings) -> DenseNet:
    """78 dense layers that grow faster, k = 48: the widest that has weights.

    It stands in the authors' repository; the paper's last version has
    DenseNet-264 in its place. Settings as in ``densenet121``.
    """
    return _printed("densenet161", 48, (6, 12, 36, 24), 96, settings)


def densenet264(**settings) -> DenseNet:
    """130 dense layers, the deepest of Table 1.

    Counted as the others are, its layers with weights are 265, not 264.
    Settings as in ``densenet121``.
    """
    return _printed("densenet264", 32, (6, 12, 64, 48), 64, settings)


def _printed(name, growth_rate, block_config, num_init_features, settings):
    """The net as the paper prints it: what makes its name is no setting."""
    plan = {
        "growth_rate": growth_rate,
        "block_config": block_config,
        "num_init_features": num_init_features,
    }
    return _planned(name, plan, settings)


def _planned(name, plan, settings):
    """A net of this plan; a setting that the plan has is refused."""
    for theirs in ("weights", "pretrained"):
        if theirs in settings:
            raise TypeError(
                f"{theirs}={settings[theirs]!r}: {name} brings no weights; "
                f"load torchvision's by net.load_state_dict(torchvision."
                f"models.{name}(weights='DEFAULT').state_dict())"
            )
    if "memory_efficient" in settings:
        raise TypeError(
            f"memory_efficient={settings['memory_efficient']!r} is no "
            f"setting of {name}; use share(net) instead"
        )
    for own, value in plan.items():
        if own in settings:
            asked = {**plan, **settings}
            given = ", ".join(f"{own}={v!r}" for own, v in asked.items())
            raise TypeError(
                f"{own}={settings[own]!r} is no setting of {name}, which "
                f"has {value!r}; use DenseNet({given})"
            )
    return DenseNet(**plan, **settings)


def densenet_cifar(
    depth: int,
    growth_rate: int,
    bottleneck: bool = True,
    compression: float = 0.5,
    num_classes: int = 10,
    **settings,
) -> DenseNet:
    """Three equal blocks for 32×32 pictures: Table 2's nets, by their depth.

    As it stands a DenseNet-BC; ``bottleneck=False, compression=1.0`` is
    the plain DenseNet. The depth counts convolutions and the classifier:
    four stand outside the blocks, and a layer with a bottleneck is two.

    >>> net = densenet_cifar(100, 12)
    >>> sum(p.numel() for p in net.parameters())
    769162
    """
    if not isinstance(depth, Integral):
        raise ValueError(
            f"depth={depth!r} is no whole number; use one, such as 100"
        )
    at_least_one(growth_rate=growth_rate)
    a_number(compression=compression)
    each = 6 if bottleneck else 3
    layers, rest = divmod(depth - 4, each)
    if rest or layers < 1:
        fits = [4 + each * n for n in (layers, layers + 1) if n >= 1]
        raise ValueError(
            f"depth={depth} does not fill three equal blocks; "
            f"use {' or '.join(map(str, fits or [4 + each]))}"
        )
    bc = bottleneck and compression < 1
    plan = {
        "growth_rate": growth_rate,
        "block_config": (layers,) * 3,
        "num_init_features": 2 * growth_rate if bc else 16,
        "bn_size": 4 if bottleneck else None,
        "compression": compression,
        "num_classes": num_classes,
        "stem": "cifar",
    }
    return _planned("densenet_cifar", plan, settings)
