"""One trunk in the form of Network in Network, under different heads.

Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv 1312.4400. Each
convolution is normalised before its ReLU, which the paper's are not: so
every head learns at the book's rate, in few steps. There is no dropout but
where a head's name says so.
"""

from collections.abc import Sequence
from functools import partial

from jaxtyping import Float
from torch import Tensor, nn

from cvnotes.baselines import matched
from cvnotes.experiments.nets import parameters
from cvnotes.pointwise import GlobalAveragePool, MLPConv
from cvnotes.shapes import Maps, Scores

ClassMaps = Float[Tensor, "b classes rows columns"]
DROP_RATE = 0.5
OURS, FC = "global average", "fully connected"
DROPPED, FEWER = "fc, dropout", "fc, as few weights"
HEADS = (OURS, FC, DROPPED, FEWER)


def plan(
    width: int | float, layers: int, classes: int
) -> list[tuple[int, ...]]:
    """The channels of each mlpconv layer, in the paper's proportions.

    A width may be broken, as ``matched`` finds it; channels are rounded.

    >>> plan(192, layers=3, classes=10)
    [(192, 160, 96), (192, 192, 192), (192, 192, 10)]
    """
    whole, most, half = (
        max(1, round(width * share)) for share in (1, 5 / 6, 1 / 2)
    )
    middle = [(whole,) * 3] * (layers - 2)
    return [(whole, most, half), *middle, (whole, whole, classes)]


def normalised(layer: MLPConv) -> nn.Sequential:
    """The same layer, with a normalisation before each ReLU."""
    steps = []
    for part in layer:
        if isinstance(part, nn.Conv2d):
            nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
            nn.init.zeros_(part.bias)
            steps += [part, nn.BatchNorm2d(part.out_channels)]
        else:
            steps.append(part)
    return nn.Sequential(*steps)


class HeadedNet(nn.Module):
    """A map for each class, and what makes one score of each.

    ``drop_rate`` is None where the maps are averaged. Else one linear layer
    reads all their numbers, and so many of those are dropped in training.
    """

    def __init__(
        self,
        width: int | float,
        kernels: Sequence[int],
        shape: Sequence[int],
        classes: int,
        drop_rate: float | None,
    ):
        super().__init__()
        reads, *sides = shape
        parts = []
        for i, channels in enumerate(plan(width, len(kernels), classes)):
            if i:
                parts.append(nn.MaxPool2d(3, 2, padding=1))
                sides = [(side + 1) // 2 for side in sides]
            parts.append(normalised(MLPConv(reads, channels, kernels[i])))
            reads = channels[-1]
        self.trunk = nn.Sequential(*parts)
        self.head = _head(classes, sides, drop_rate)

    def class_maps(self, x: Maps) -> ClassMaps:
        """The last maps: under a mean, one for each class."""
        return self.trunk(x)

    def forward(self, x: Maps) -> Scores:
        return self.head(self.class_maps(x))


def _head(classes, sides, drop_rate):
    if drop_rate is None:
        return GlobalAveragePool()
    linear = nn.Linear(classes * sides[0] * sides[1], classes)
    drop = [nn.Dropout(drop_rate)] if drop_rate else []
    return nn.Sequential(nn.Flatten(), *drop, linear)


def nets(settings, shape: Sequence[int], classes: int) -> dict:
    """How to build a net for each head: three on one trunk, one on a less.

    ``settings`` has ``width`` and ``kernels``. The last net's trunk is
    narrower, so that with its fully connected layer it has about as many
    parameters as the first.
    """
    build = partial(
        HeadedNet, kernels=settings.kernels, shape=shape, classes=classes
    )
    wide = partial(build, settings.width)
    ours = partial(wide, drop_rate=None)
    fc = partial(build, drop_rate=0.0)
    return {
        OURS: ours,
        FC: partial(fc, settings.width),
        DROPPED: partial(wide, drop_rate=DROP_RATE),
        FEWER: partial(fc, matched(fc, parameters(ours()))),
    }
