"""DenseNet: dense blocks, and between them transitions that halve.

Huang, Liu, van der Maaten, Weinberger, "Densely Connected Convolutional
Networks", CVPR 2017, arXiv 1608.06993, sections 3 and 4, Table 1.
"""

from collections import OrderedDict
from dataclasses import dataclass

import torch
from torch import nn

from cvnotes.cost import (
    at_least_one,
    compressed,
    refuse_blocks,
    refuse_small,
)
from cvnotes.densenet.dense_block import (
    DenseBlock,
    DenseLayer,
    refuse_drop_rate,
)
from cvnotes.shapes import Maps, Scores

torch.fx.wrap("refuse_small")  # a traced net still refuses


class Transition(nn.Sequential):
    """Halve the sides of the maps, and pass on ⌊θm⌋ of the m channels.

    Dense links end here: what stands behind sees the maps before only
    through this one 1×1 convolution.

    >>> import torch
    >>> Transition(256)(torch.zeros(2, 256, 8, 8)).shape
    torch.Size([2, 128, 4, 4])
    """

    def __init__(
        self,
        in_channels: int,
        compression: float = 0.5,
        drop_rate: float = 0.0,
    ):
        out_channels = compressed(in_channels, compression)
        refuse_drop_rate(drop_rate)
        super().__init__(
            OrderedDict(
                norm=nn.BatchNorm2d(in_channels),
                relu=nn.ReLU(inplace=True),
                conv=nn.Conv2d(in_channels, out_channels, 1, bias=False),
                drop=nn.Dropout(drop_rate),
                pool=nn.AvgPool2d(2),
            )
        )
        self.in_channels = in_channels
        self.out_channels = out_channels


@dataclass(frozen=True)
class Channels:
    """One row of a net's table: what a layer reads, and what it hands on.

    ``reduction`` says how many times shorter than the image's the sides
    of its output are.
    """

    name: str
    in_channels: int
    out_channels: int
    reduction: int

    def __str__(self):
        return (
            f"{self.name:<26}{self.in_channels:>5} → "
            f"{self.out_channels:<5} 1/{self.reduction}"
        )


def _stem(stem, in_channels, out_channels):
    if stem == "cifar":
        conv = nn.Conv2d(in_channels, out_channels, 3, 1, 1, bias=False)
        return OrderedDict(conv0=conv)
    if stem == "imagenet":
        return OrderedDict(
            conv0=nn.Conv2d(in_channels, out_channels, 7, 2, 3, bias=False),
            norm0=nn.BatchNorm2d(out_channels),
            relu0=nn.ReLU(inplace=True),
            pool0=nn.MaxPool2d(3, stride=2, padding=1),
        )
    raise ValueError(f"stem={stem!r} is unknown; use 'imagenet' or 'cifar'")


class DenseNet(nn.Module):
    """A stem, dense blocks with transitions between, one linear layer.

    The defaults are DenseNet-121 for pictures of about 224×224; any size
    will do that is left with a place after the last transition, since the
    maps are averaged over all their places before they are classified.
    The ``state_dict()`` of torchvision's nets loads as it is.

    >>> net = DenseNet(12, (2, 3), num_init_features=24, stem="cifar")
    >>> print(*net.channels(), sep="\\n")
    conv0                         3 → 24    1/1
    denseblock1.denselayer1      24 → 36    1/1
    denseblock1.denselayer2      36 → 48    1/1
    transition1                  48 → 24    1/2
    denseblock2.denselayer1      24 → 36    1/2
    denseblock2.denselayer2      36 → 48    1/2
    denseblock2.denselayer3      48 → 60    1/2
    """

    def __init__(
        self,
        growth_rate: int = 32,
        block_config: tuple[int, ...] = (6, 12, 24, 16),
        num_init_features: int = 64,
        bn_size: int | None = 4,
        compression: float = 0.5,
        drop_rate: float = 0.0,
        num_classes: int = 1000,
        stem: str = "imagenet",
        in_channels: int = 3,
    ):
        refuse_blocks(block_config)
        at_least_one(
            num_init_features=num_init_features,
            num_classes=num_classes,
            in_channels=in_channels,
        )
        super().__init__()
        self.stem, self.blocks = stem, len(block_config)
        parts = _stem(stem, in_channels, num_init_features)
        width = num_init_features
        for i, layers in enumerate(block_config, start=1):
            if i > 1:
                halve = Transition(width, compression, drop_rate)
                parts[f"transition{i - 1}"] = halve
                width = halve.out_channels
            block = DenseBlock(layers, width, growth_rate, bn_size, drop_rate)
            parts[f"denseblock{i}"] = block
            width = block.out_channels
        # "norm5" whatever the number of blocks: trained weights say so.
        parts["norm5"] = nn.BatchNorm2d(width)
        parts["relu5"] = nn.ReLU(inplace=True)
        self.features = nn.Sequential(parts)
        self.classifier = nn.Linear(width, num_classes)
        self._start()

    def _start(self):
        # He et al.'s start, for the inputs of each filter. The authors'
        # Lua code counts the outputs; a normalisation undoes the scale.
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.zeros_(self.classifier.bias)

    def channels(self) -> list[Channels]:
        """What every layer before the classifier reads and hands on.

        Read off the layers themselves, so it is what was built. A dense
        layer hands on its input too: its new maps are the difference.
        """
        conv = self.features.conv0
        reduction = conv.stride[0]
        rows = [
            Channels("conv0", conv.in_channels, conv.out_channels, reduction)
        ]
        for name, part in self.features.named_modules():
            halves = isinstance(part, nn.MaxPool2d | Transition)
            if halves or isinstance(part, DenseLayer):
                reduction *= 2 if halves else 1
                reads = getattr(part, "in_channels", rows[-1].out_channels)
                hands_on = getattr(part, "out_channels", reads)
                rows.append(Channels(name, reads, hands_on, reduction))
        return rows

    def forward(self, x: Maps) -> Scores:
        refuse_small(x.shape[2:], self.blocks, self.stem)
        return self.classifier(self.features(x).mean((2, 3)))
