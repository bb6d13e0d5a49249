"""One of each block, small, with the pictures or maps that it takes.

A new block of an idea gets its line in ``EXAMPLES``; a test asks for it.
"""

from importlib import import_module
from importlib.util import find_spec

import torch
from torch import nn

from cvnotes import attention, baselines, densenet, pointwise

HOMES = ("pointwise", "attention", "densenet", "baselines")
MAPS, PICTURES, LARGE = (2, 12, 8, 8), (2, 3, 32, 32), (2, 3, 64, 64)

INCEPTION = pointwise.InceptionWidths(4, 3, 6, 2, 3, 5)


def across_layers() -> nn.Module:
    """It takes its responses as a list; here, one after another."""
    block = attention.CrossLayerNonLocal(12, [6, 8], hidden=4)
    take = block.forward
    block.forward = lambda query, *responses: take(query, responses)
    for norm in block.norm:
        nn.init.ones_(norm.weight)  # at 0, nothing behind it has a slope
    return block


def awake(block: nn.Module) -> nn.Module:
    """A block that starts as the identity, as if it had learned something."""
    for weights in block.parameters():
        if not weights.any():  # at 0, nothing behind it has a slope
            nn.init.normal_(weights)
    return block


def cgnl(*arguments, **named) -> nn.Module:
    """Its numbers left to matter: the norm takes out how large they are."""
    block = attention.CGNL(12, *arguments, **named)
    nn.init.ones_(block.norm.weight)  # at 0, nothing behind it has a slope
    nn.init.normal_(block.tpg.weight, std=8 if "kernel" in named else 1)
    block.norm.eps = 1e6
    return block


# name: (how it is built, the shape of each input).
EXAMPLES = {
    "Pointwise": (lambda: pointwise.Pointwise(12, 16), MAPS),
    "DepthwiseSeparable": (
        lambda: pointwise.DepthwiseSeparable(12, 16),
        MAPS,
    ),
    "Inception": (
        lambda: pointwise.Inception(12, INCEPTION),
        MAPS,
    ),
    "Inception, not reduced": (
        lambda: pointwise.Inception(12, INCEPTION, reduce=False),
        MAPS,
    ),
    "MLPConv": (lambda: pointwise.MLPConv(12, (8, 6, 4), 5), MAPS),
    "GlobalAveragePool": (lambda: pointwise.GlobalAveragePool(), MAPS),
    "NIN": (lambda: pointwise.NIN(5), PICTURES),
    "NIN, fully connected": (lambda: pointwise.NIN(5, "fc"), PICTURES),
    "CrossLayerNonLocal": (across_layers, MAPS, (2, 6, 16, 16), (2, 8, 8, 8)),
    "ChannelAttention": (
        lambda: attention.ChannelAttention(12, reduction=3),
        MAPS,
    ),
    "SpatialAttention": (lambda: attention.SpatialAttention(), MAPS),
    "CBAM": (lambda: attention.CBAM(12, reduction=3), MAPS),
    "CGNL": (lambda: cgnl(), MAPS),
    "CGNL, in groups and scaled": (lambda: cgnl(groups=3, scale=True), MAPS),
    "CGNL, rbf": (lambda: cgnl(8, groups=2, kernel="rbf"), MAPS),
    "DenseLayer": (lambda: densenet.DenseLayer(12, 8), MAPS),
    "DenseLayer, no bottleneck": (
        lambda: densenet.DenseLayer(12, 8, bn_size=None),
        MAPS,
    ),
    "DenseBlock": (lambda: densenet.DenseBlock(3, 12, 8), MAPS),
    "SharedDenseBlock": (lambda: densenet.SharedDenseBlock(3, 12, 8), MAPS),
    "Transition": (lambda: densenet.Transition(12), MAPS),
    "DenseNet": (
        lambda: densenet.DenseNet(8, (1, 2), 12, num_classes=5),
        LARGE,
    ),
    "DenseNet for CIFAR": (
        lambda: densenet.densenet_cifar(10, 8, False, drop_rate=0.2),
        PICTURES,
    ),
    "NonLocal": (lambda: awake(attention.NonLocal(12)), MAPS),
    "NonLocal, Gaussian": (
        lambda: awake(attention.NonLocal(12, 6, "gaussian")),
        MAPS,
    ),
    "NonLocal, dot product": (
        lambda: awake(attention.NonLocal(12, 6, "dot")),
        MAPS,
    ),
    "NonLocal, concatenation": (
        lambda: awake(attention.NonLocal(12, 6, "concat")),
        MAPS,
    ),
    "NonLocal, subsampled": (
        lambda: awake(attention.NonLocal(12, subsample=True)),
        MAPS,
    ),
    "Layer": (lambda: baselines.Layer(12, 16), MAPS),
    "Residual": (lambda: baselines.Residual(baselines.Layer(12, 16)), MAPS),
    "PlainNet": (lambda: baselines.PlainNet(8, (1, 1)), PICTURES),
    "ResNet": (lambda: baselines.ResNet(8, (2, 2)), PICTURES),
    "ResNet, no norm": (
        lambda: baselines.ResNet(8, (2, 2), norm=False),
        PICTURES,
    ),
}


def exported() -> set[type]:
    """Every module that an idea, or the baselines, offers to a reader."""
    homes = [
        import_module(f"cvnotes.{home}")
        for home in HOMES
        if find_spec(f"cvnotes.{home}")
    ]
    offered = [getattr(home, name) for home in homes for name in home.__all__]
    return {
        block
        for block in offered
        if isinstance(block, type) and issubclass(block, nn.Module)
    }


def made(example: str) -> tuple[nn.Module, list[torch.Tensor]]:
    """A fresh block and its inputs, the same at every call."""
    build, *shapes = EXAMPLES[example]
    torch.manual_seed(0)
    return build(), [torch.randn(s, requires_grad=True) for s in shapes]


def gradients(net: nn.Module, inputs, out: torch.Tensor) -> list:
    """What a backward pass leaves at each input and parameter, or None."""
    # Weighed unevenly: a plain sum or square has no slope behind a norm.
    scales = torch.linspace(-1, 1, out.numel(), device=out.device)
    (out.float() * scales.view_as(out)).sum().backward()
    return [tensor.grad for tensor in [*inputs, *net.parameters()]]
