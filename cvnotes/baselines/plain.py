"""A plain net: each layer reads what the one before it made, and no more."""

from collections import OrderedDict
from itertools import pairwise
from math import floor

from torch import nn

from cvnotes.baselines.layer import Layer, normalised
from cvnotes.cost import a_number, at_least_one, refuse_small
from cvnotes.shapes import Maps, Scores


def _refuse_plan(width, layers):
    """Refuse a width or a list of layers that makes no net, by its name."""
    a_number(width=width)
    if width < 1:
        raise ValueError(
            f"width={width} leaves no channel in the first stage; "
            f"use 1 or more"
        )
    if not isinstance(layers, tuple | list) or not layers:
        raise ValueError(
            f"layers={layers!r} is no plan; give the convolutions of each "
            f"stage, as in (3, 3, 3)"
        )
    at_least_one(**{f"layers[{i}]": count for i, count in enumerate(layers)})


class PlainNet(nn.Module):
    """A stem, stages of 3×3 layers, one linear layer; no shortcut anywhere.

    ``layers`` counts each stage's convolutions. Between stages the sides of
    the maps are halved and the channels doubled: ``width``, twice, four
    times. A width may be a fraction, to meet a budget of parameters; the
    channels are rounded. ``norm=False`` is the net without batch
    normalisation, and with biases instead.

    >>> import torch
    >>> net = PlainNet(8)
    >>> net.widths, net(torch.zeros(2, 3, 32, 32)).shape
    ([8, 16, 32], torch.Size([2, 10]))
    """

    def __init__(
        self,
        width: int | float,
        layers: tuple[int, ...] = (3, 3, 3),
        num_classes: int = 10,
        in_channels: int = 3,
        norm: bool = True,
    ):
        _refuse_plan(width, layers)
        at_least_one(num_classes=num_classes, in_channels=in_channels)
        super().__init__()
        # Half a channel is rounded up; round() would go to the even number.
        self.widths = [floor(width * 2**i + 0.5) for i in range(len(layers))]
        reads = self.widths[0]
        stem = nn.Conv2d(in_channels, reads, 3, 1, 1, bias=not norm)
        parts = OrderedDict(conv0=stem)
        for i, (count, makes) in enumerate(zip(layers, self.widths), start=1):
            if i > 1:
                parts[f"pool{i - 1}"] = nn.AvgPool2d(2)
            ends = pairwise([reads, *[makes] * count])
            stage = [Layer(*channels, norm) for channels in ends]
            parts[f"stage{i}"] = nn.Sequential(*self._joined(stage))
            reads = makes
        parts |= {"norm": normalised(reads, norm), "relu": nn.ReLU()}
        self.features = nn.Sequential(parts)
        self.classifier = nn.Linear(reads, num_classes)
        self._start()

    def _joined(self, stage):
        return stage

    def _start(self):
        # As a DenseNet starts, so that this is no difference either.
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        nn.init.zeros_(self.classifier.bias)

    def forward(self, x: Maps) -> Scores:
        refuse_small(tuple(x.shape[2:]), len(self.widths), "cifar")
        return self.classifier(self.features(x).mean((2, 3)))
