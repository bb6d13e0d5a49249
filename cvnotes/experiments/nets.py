"""The three designs that are compared, at one budget of parameters."""

from functools import partial

from torch import nn

from cvnotes.baselines import PlainNet, ResNet, matched
from cvnotes.densenet import densenet_cifar

RIVALS = {"plain": PlainNet, "residual": ResNet}


def parameters(net: nn.Module) -> int:
    """How many numbers a net learns."""
    return sum(p.numel() for p in net.parameters())


def refuse_rivals(names: tuple[str, ...]):
    """Refuse a design that is not here, by its name."""
    for name in names:
        if name not in RIVALS:
            raise ValueError(
                f"rivals={name!r} is unknown; use {' or '.join(RIVALS)}"
            )


def dense(depth: int, k: int, shape, classes):
    """How to build the paper's plain DenseNet: no bottleneck, θ = 1."""
    return partial(
        densenet_cifar,
        depth,
        k,
        bottleneck=False,
        compression=1.0,
        in_channels=shape[0],
        num_classes=len(classes),
    )


def rival(name: str, depth: int, params: int, shape, classes):
    """How to build a net as deep and, to a few percent, as large."""
    kind = partial(
        RIVALS[name],
        layers=((depth - 4) // 3,) * 3,
        in_channels=shape[0],
        num_classes=len(classes),
    )
    return partial(kind, matched(kind, params))
