"""One small net, and at one place in it each of the blocks of the part.

    picture → stem, 3×3, stride 2 → early, 3×3 → HERE → late, 3×3 → mean
    over all places → one linear layer

The block stands between the second and the third convolution, on maps of
half the picture's side; each convolution is normalised and rectified. What
"cross-layer" asks is the stem's maps. "deeper" has there more 3×3 layers of
the same kind: as many as it takes for a place of the last maps to see a
square of the picture's own side.

No unit of the plain net ("none") sees more than 11×11 pixels. Behind them
stand a mean and one linear layer on purpose: they add up what the places
say, and a sum cannot match. See ``cvnotes.experiments.long_range``.
"""

from functools import partial
from math import ceil

import torch
from torch import Tensor, nn

from cvnotes.attention import CBAM, CGNL, CrossLayerNonLocal, NonLocal
from cvnotes.cost import at_least_one
from cvnotes.cost.receptive import receptive_field
from cvnotes.experiments.nets import parameters
from cvnotes.shapes import Maps, Scores

NAMES = ("none", "deeper", "non-local", "cbam", "cgnl", "cross-layer")
# CBAM's 16 is for hundreds of channels: here it would leave one unit.
REDUCTION = 4
STEM, LAYER = (3, 2, 1), (3, 1, 1)  # kernel, stride, padding


def field(name: str, side: int) -> int:
    """Pixels a side that a place sees through convolutions alone.

    >>> field("none", 24), field("deeper", 24)
    (11, 27)
    """
    more = more_layers(side) if name == "deeper" else 0
    return receptive_field([STEM, *[LAYER] * (2 + more)]).size


def more_layers(side: int) -> int:
    """How many the deeper net has more: until a place sees ``side``.

    >>> more_layers(24)
    4
    """
    short = receptive_field([STEM, LAYER, LAYER])
    return max(1, ceil((side - short.size) / (2 * short.jump)))


class AttentionNet(nn.Module):
    """The net, with the block of this name (one of ``NAMES``) in it.

    >>> net = AttentionNet("cbam", (3, 24, 24), classes=2, width=16)
    >>> net(torch.zeros(4, 3, 24, 24)).shape
    torch.Size([4, 2])
    """

    def __init__(
        self,
        name: str,
        shape: tuple[int, int, int],
        classes: int,
        width: int = 24,
    ):
        _refuse(name, classes, width)
        super().__init__()
        self.name = name
        self.stem = nn.Sequential(*_layer(shape[0], width, STEM))
        self.early = nn.Sequential(*_layer(width, width))
        self.block = _BLOCKS[name](width, max(shape[1:]))
        self.late = nn.Sequential(*_layer(width, width))
        self.classifier = nn.Linear(width, classes)
        nn.init.zeros_(self.classifier.bias)

    def before(self, x: Maps) -> list:
        """What the block is given: the maps, and for some the stem's."""
        stem = self.stem(x)
        early = self.early(stem)
        return [early, [stem]] if self.name == "cross-layer" else [early]

    def summary(self, x: Maps) -> Tensor:
        """The mean of each of the last maps: b c."""
        return self.late(self.block(*self.before(x))).mean((2, 3))

    def forward(self, x: Maps) -> Scores:
        return self.classifier(self.summary(x))


def build(
    name: str, shape: tuple[int, int, int], classes: int, width: int = 24
) -> partial:
    """How to build the net with this block, for ``train.fit``.

    >>> parameters(build("none", (3, 24, 24), classes=2)())
    11210
    """
    _refuse(name, classes, width)
    return partial(AttentionNet, name, shape, classes, width)


def width_for(build: partial, params: int) -> int:
    """The width at which a net has nearest to so many parameters.

    >>> net = partial(AttentionNet, "none", (3, 24, 24), 2)
    >>> width_for(net, 11_000)
    24
    """

    def size(width):
        with torch.device("meta"):
            return parameters(build(width=width))

    low, high = 4, 8  # with less, CBAM's hidden unit is gone
    while size(high) < params:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if size(middle) < params else (low, middle)
    return min(low, high, key=lambda width: abs(size(width) - params))


@torch.no_grad()
def maps_of(net: AttentionNet, pictures: Maps) -> Tensor | None:
    """Where the block looks, or what it has instead of a map.

    "non-local", "cross-layer": weights, b n n, a row for each place that
    asks. "cbam": the spatial gate, b 1 h w. "cgnl": one number a group,
    b groups. "none" and "deeper" have nothing: None.
    """
    given = net.before(pictures)
    if net.name == "non-local":
        return net.block.weights(*given)
    if net.name == "cross-layer":
        return net.block.weights(*given)[0]
    if net.name == "cbam":
        channels, places = net.block
        return places.gate(channels(*given))
    return net.block.gate(*given) if net.name == "cgnl" else None


def _layer(reads, makes, plan=LAYER):
    conv = nn.Conv2d(reads, makes, *plan, bias=False)
    nn.init.kaiming_normal_(conv.weight, nonlinearity="relu")
    return conv, nn.BatchNorm2d(makes), nn.ReLU()


def _deeper(width, side):
    layers = [_layer(width, width) for _ in range(more_layers(side))]
    return nn.Sequential(*(part for layer in layers for part in layer))


_BLOCKS = {
    "none": lambda width, side: nn.Identity(),
    "deeper": _deeper,
    "non-local": lambda width, side: NonLocal(width),
    "cbam": lambda width, side: CBAM(width, REDUCTION),
    "cgnl": lambda width, side: CGNL(width),
    "cross-layer": lambda width, side: CrossLayerNonLocal(
        width, [width], width // 2
    ),
}


def _refuse(name, classes, width):
    if name not in NAMES:
        raise ValueError(
            f"name={name!r} is unknown; use {' or '.join(NAMES)}"
        )
    at_least_one(classes=classes)
    if width < 4:
        raise ValueError(
            f"width={width} leaves CBAM no hidden unit; use 4 or more"
        )
