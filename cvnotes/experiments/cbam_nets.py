"""One small residual net, and every gate that is put into its blocks.

After Woo et al., arXiv 1807.06521: the gate weighs what a block adds,
before the sum with the shortcut (their section 3 and Figure 3).
"""

from itertools import pairwise

import torch
from torch import nn

from cvnotes.attention import CBAM, ChannelAttention, SpatialAttention
from cvnotes.cost import at_least_one
from cvnotes.experiments.nets import parameters
from cvnotes.shapes import ChannelGate, Maps, Scores

REDUCTION, KERNEL = 4, 3  # for 16 channels and more, and maps of 8×8 or 4×4


class MeanOnly(ChannelAttention):
    """Squeeze-and-Excitation: the average alone is asked."""

    def gate(self, x: Maps) -> ChannelGate:
        return torch.sigmoid(self.mlp(x.mean((2, 3), keepdim=True)))


class PeakOnly(ChannelAttention):
    """The maximum alone is asked."""

    def gate(self, x: Maps) -> ChannelGate:
        return torch.sigmoid(self.mlp(x.amax((2, 3), keepdim=True)))


class SideBySide(CBAM):
    """Both gates read the same maps, and both weigh them."""

    def forward(self, x: Maps) -> Maps:
        return self.channel.gate(x) * self.spatial.gate(x) * x


def _places_first(channels):
    return nn.Sequential(
        SpatialAttention(KERNEL), ChannelAttention(channels, REDUCTION)
    )


GATES = {
    "none": lambda c: nn.Identity(),
    "average": lambda c: MeanOnly(c, REDUCTION),
    "maximum": lambda c: PeakOnly(c, REDUCTION),
    "both": lambda c: ChannelAttention(c, REDUCTION),
    "channels first": lambda c: CBAM(c, REDUCTION, KERNEL),
    "places first": _places_first,
    "side by side": lambda c: SideBySide(c, REDUCTION, KERNEL),
}


class Block(nn.Module):
    """x + gate(F(x)), where F is two 3×3 layers with ``inside`` between."""

    def __init__(self, reads: int, makes: int, inside: int, gate: nn.Module):
        super().__init__()
        stride = 1 if reads == makes else 2
        self.body = nn.Sequential(
            nn.Conv2d(reads, inside, 3, stride, 1, bias=False),
            *(nn.BatchNorm2d(inside), nn.ReLU()),
            nn.Conv2d(inside, makes, 3, 1, 1, bias=False),
            nn.BatchNorm2d(makes),
        )
        self.gate = gate
        self.shortcut = nn.Identity()
        if stride == 2:
            self.shortcut = nn.Conv2d(reads, makes, 1, stride, bias=False)

    def forward(self, x):
        return torch.relu(self.shortcut(x) + self.gate(self.body(x)))


class GatedNet(nn.Module):
    """A stem, four blocks at ``width`` and twice that, and the mean.

    ``wider`` is how many channels more each block has inside.

    >>> net = GatedNet("channels first", 16)
    >>> net(torch.zeros(2, 1, 8, 8)).shape
    torch.Size([2, 10])
    """

    def __init__(
        self,
        gate: str,
        width: int = 16,
        wider: int = 0,
        num_classes: int = 10,
        in_channels: int = 1,
    ):
        if gate not in GATES:
            raise ValueError(
                f"gate={gate!r} is unknown; use {' or '.join(GATES)}"
            )
        at_least_one(width=width)
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(in_channels, width, 3, 1, 1, bias=False),
            *(nn.BatchNorm2d(width), nn.ReLU()),
        )
        plan = [width, width, width, 2 * width, 2 * width]
        self.blocks = nn.Sequential(
            *(
                Block(reads, makes, makes + wider, GATES[gate](makes))
                for reads, makes in pairwise(plan)
            )
        )
        self.classifier = nn.Linear(plan[-1], num_classes)

    def forward(self, x: Maps) -> Scores:
        return self.classifier(self.blocks(self.stem(x)).mean((2, 3)))


def as_large(params: int, **own) -> int:
    """How much wider inside a net without gates is nearest to ``params``."""

    def away(wider):
        with torch.device("meta"):
            return abs(
                parameters(GatedNet("none", wider=wider, **own)) - params
            )

    return min(range(16), key=away)
