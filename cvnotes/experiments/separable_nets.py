"""One small net whose 3×3 layers are full, in groups, or taken apart.

After Howard et al., arXiv 1704.04861, sections 3.1 and 3.2: normalisation
and ReLU behind every convolution, and strides in place of pooling.
"""

from functools import partial
from itertools import pairwise

from torch import nn

from cvnotes.cost import at_least_one
from cvnotes.pointwise import DepthwiseSeparable
from cvnotes.shapes import Maps, Scores

GROUPS = 4
DESIGNS = ("full", "grouped", "separable", "separable, bare")


class SeparableNet(nn.Module):
    """A full 3×3 stem, then layers of one design; the mean of all places.

    ``stages`` counts each stage's layers. A stage halves the sides, but for
    the first, and doubles the channels: ``width``, twice, four times.

    >>> import torch
    >>> net = SeparableNet("separable", 8)
    >>> net(torch.zeros(2, 1, 8, 8)).shape
    torch.Size([2, 10])
    """

    def __init__(
        self,
        design: str,
        width: int,
        stages: tuple[int, ...] = (1, 2, 2),
        num_classes: int = 10,
        in_channels: int = 1,
    ):
        refuse_design(design, width)
        super().__init__()
        widths = [
            width * 2**i for i, n in enumerate(stages) for _ in range(n)
        ]
        firsts = {sum(stages[:i]) for i in range(1, len(stages))}
        stem = nn.Conv2d(in_channels, width, 3, padding=1, bias=False)
        self.features = nn.Sequential(*_normalised(stem))
        for i, (reads, makes) in enumerate(pairwise([width, *widths])):
            stride = 2 if i in firsts else 1
            self.features.extend(_LAYERS[design](reads, makes, stride))
        self.classifier = nn.Linear(widths[-1], num_classes)
        self._start()

    def _start(self):
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.zeros_(self.classifier.bias)

    def forward(self, x: Maps) -> Scores:
        return self.classifier(self.features(x).mean((2, 3)))

    def kernels(self) -> list:
        """The weights of the full 3×3 layers behind the stem."""
        return [
            module.weight
            for module in list(self.features)[1:]
            if isinstance(module, nn.Conv2d)
            and module.kernel_size == (3, 3)
            and module.groups == 1
        ]


def refuse_design(design: str, width: int):
    """Refuse a design that is not here, or a width that it cannot have."""
    if design not in DESIGNS:
        raise ValueError(
            f"design={design!r} is unknown; use {' or '.join(DESIGNS)}"
        )
    at_least_one(width=width)
    if design == "grouped" and width % GROUPS:
        raise ValueError(
            f"width={width} does not fall into {GROUPS} groups; "
            f"use a multiple of {GROUPS}"
        )


def _normalised(conv):
    return [conv, nn.BatchNorm2d(conv.out_channels), nn.ReLU()]


def _whole(reads, makes, stride, groups=1):
    return _normalised(
        nn.Conv2d(reads, makes, 3, stride, 1, groups=groups, bias=False)
    )


def _apart(reads, makes, stride, between):
    pair = DepthwiseSeparable(reads, makes)
    pair.depthwise.stride = (stride, stride)
    first = _normalised(pair.depthwise)
    # Bare: the normalisation stays, so that only the ReLU is the difference.
    return [*first[: 3 if between else 2], *_normalised(pair.pointwise)]


_LAYERS = {
    "full": _whole,
    "grouped": partial(_whole, groups=GROUPS),
    "separable": partial(_apart, between=True),
    "separable, bare": partial(_apart, between=False),
}
