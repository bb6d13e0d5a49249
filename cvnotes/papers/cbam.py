"""CBAM's tables: a ResNet-50 on ImageNet, as transcribed.

Woo, Park, Lee, Kweon, "CBAM: Convolutional Block Attention Module",
ECCV 2018, arXiv 1807.06521. Errors are of one crop, in percent, parameters
in millions, GFLOPs as the paper counts them (a multiply-add is one).
``released`` is of the authors' repository, and ``recipes`` are of another
one's table of results.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class GateRow:
    """A ResNet-50 with a gate in each block, or without one."""

    name: str
    params: float
    gflops: float
    top1: float
    top5: float
    source: str


@dataclass(frozen=True)
class AblationRow:
    """The same net with one part of the gate done otherwise."""

    name: str
    top1: float
    top5: float
    source: str


@dataclass(frozen=True)
class RecipeRow:
    """A net, how it was trained, at which side, and how often it is right."""

    name: str
    recipe: str
    side: int
    accuracy: float
    source: str


@dataclass(frozen=True)
class CBAMTables:
    """The paper's comparisons by what they vary, and others' beside them.

    >>> [row.top1 for row in CBAM.order]
    [22.66, 22.78, 22.95]
    """

    nets: tuple[GateRow, ...]
    pooling: tuple[AblationRow, ...]
    spatial: tuple[AblationRow, ...]
    order: tuple[AblationRow, ...]
    released: tuple[RecipeRow, ...]
    recipes: tuple[RecipeRow, ...]


_PAPER = "Woo et al., arXiv 1807.06521, as transcribed"
_CODE = "Jongchan/attention-module on GitHub, README"
_TIMM = "huggingface/pytorch-image-models on GitHub, results"


def _gate(*values):
    return GateRow(*values, _PAPER)


def _part(*values):
    return AblationRow(*values, _PAPER)


def _recipe(*values, source=_TIMM):
    return RecipeRow(*values, source)


CBAM = CBAMTables(
    nets=(
        _gate("ResNet-50", 25.56, 3.858, 24.56, 7.50),
        _gate("with SE", 28.09, 3.860, 23.14, 6.70),
        _gate("with CBAM", 28.09, 3.864, 22.66, 6.31),
    ),
    pooling=(
        _part("average (SE)", 23.14, 6.70),
        _part("maximum", 23.20, 6.83),
        _part("both", 22.80, 6.52),
    ),
    spatial=(
        _part("1×1 convolution, 3×3", 22.96, 6.64),
        _part("1×1 convolution, 7×7", 22.90, 6.47),
        _part("average and maximum, 3×3", 22.68, 6.41),
        _part("average and maximum, 7×7", 22.66, 6.31),
    ),
    order=(
        _part("channels, then places", 22.66, 6.31),
        _part("places, then channels", 22.78, 6.42),
        _part("side by side", 22.95, 6.59),
    ),
    released=(
        _recipe(
            "ResNet-50 with CBAM", "100 epochs", 224, 77.622, source=_CODE
        ),
        _recipe("ResNet-50 with BAM", "90 epochs", 224, 76.860, source=_CODE),
    ),
    recipes=(
        _recipe("resnet50", "A1", 224, 80.382),
        _recipe("seresnet50", "A1", 224, 80.012),
        _recipe("resnet50", "A1", 288, 81.240),
        _recipe("seresnet50", "A1", 288, 81.114),
        _recipe("resnet50", "ra", 224, 78.82),
        _recipe("seresnet50", "ra2", 224, 80.26),
    ),
)
