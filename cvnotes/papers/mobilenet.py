"""MobileNet's tables: its layers, what they cost, and how it shrinks.

Howard, Zhu, Chen, Kalenichenko, Wang, Weyand, Andreetto, Adam,
"MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
Applications", 2017, arXiv 1704.04861. Accuracies are top-1 on ImageNet, in
percent; multiply-adds and parameters in millions.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class BodyRow:
    """A separable layer: its outputs, and its depthwise half's stride.

    As counted: the paper prints a stride of 2 at the last one too, though
    its maps are 7×7 before and after, which a stride of 1 leaves.
    """

    outputs: int
    stride: int
    source: str


@dataclass(frozen=True)
class ShareRow:
    """The part of the whole net in one kind of layer, in percent.

    The first convolution's multiply-adds are the paper's slip: by its plan
    they are 1.91, and then the column adds up to 100.
    """

    kind: str
    mult_adds: float
    params: float
    source: str


@dataclass(frozen=True)
class ExampleRow:
    """One layer, made cheaper step by step; ``side`` is that of its maps."""

    name: str
    channels: int
    side: int
    mult_adds: int | float
    params: float
    source: str


@dataclass(frozen=True)
class NetRow:
    """A whole net, at α and with pictures of this side."""

    name: str
    alpha: float
    side: int
    accuracy: float
    mult_adds: int | float
    params: float
    source: str


@dataclass(frozen=True)
class MobileNetTables:
    """The paper's tables in its order, each as the name of what it tells.

    >>> [row.accuracy for row in MOBILENET.decoupled]
    [71.7, 70.6]
    """

    body: tuple[BodyRow, ...]
    shares: tuple[ShareRow, ...]
    example: tuple[ExampleRow, ...]
    decoupled: tuple[NetRow, ...]
    thin_or_shallow: tuple[NetRow, ...]
    widths: tuple[NetRow, ...]
    resolutions: tuple[NetRow, ...]


_PAPER = "Howard et al., arXiv 1704.04861"
_TABLE = {number: f"{_PAPER}, Table {number}" for number in range(1, 8)}


def _net(number, name, *values):
    return NetRow(name, *values, _TABLE[number])


MOBILENET = MobileNetTables(
    body=tuple(
        BodyRow(outputs, stride, _TABLE[1])
        for outputs, stride in (
            *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
            *((512, 1), (512, 1), (512, 1), (512, 1), (512, 1)),
            *((1024, 2), (1024, 1)),
        )
    ),
    shares=(
        ShareRow("pointwise", 94.86, 74.59, _TABLE[2]),
        ShareRow("depthwise", 3.06, 1.06, _TABLE[2]),
        ShareRow("conv", 1.19, 0.02, _TABLE[2]),
        ShareRow("classifier", 0.18, 24.33, _TABLE[2]),
    ),
    example=(
        ExampleRow("convolution", 512, 14, 462, 2.36, _TABLE[3]),
        ExampleRow("depthwise separable", 512, 14, 52.3, 0.27, _TABLE[3]),
        ExampleRow("α = 0.75", 384, 14, 29.6, 0.15, _TABLE[3]),
        ExampleRow("ρ = 0.714", 384, 10, 15.1, 0.15, _TABLE[3]),
    ),
    decoupled=(
        _net(4, "full convolutions", 1.0, 224, 71.7, 4866, 29.3),
        _net(4, "MobileNet", 1.0, 224, 70.6, 569, 4.2),
    ),
    thin_or_shallow=(
        _net(5, "thin", 0.75, 224, 68.4, 325, 2.6),
        _net(5, "shallow", 1.0, 224, 65.3, 307, 2.9),
    ),
    widths=(
        _net(6, "α = 1", 1.0, 224, 70.6, 569, 4.2),
        _net(6, "α = 0.75", 0.75, 224, 68.4, 325, 2.6),
        _net(6, "α = 0.5", 0.5, 224, 63.7, 149, 1.3),
        _net(6, "α = 0.25", 0.25, 224, 50.6, 41, 0.5),
    ),
    resolutions=(
        _net(7, "224 × 224", 1.0, 224, 70.6, 569, 4.2),
        _net(7, "192 × 192", 1.0, 192, 69.1, 418, 4.2),
        _net(7, "160 × 160", 1.0, 160, 67.2, 290, 4.2),
        _net(7, "128 × 128", 1.0, 128, 64.4, 186, 4.2),
    ),
)
