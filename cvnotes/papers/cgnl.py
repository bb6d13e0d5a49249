"""CGNL's results, as its authors' repository reports them.

Yue, Sun, Yuan, Zhou, Ding, Xu, "Compact Generalized Non-local Network",
NeurIPS 2018, arXiv 1810.13125; the tables are those of the README of
KaiyuYue/cgnl-network.pytorch. Accuracies are in percent, the best of each
net, given without an interval. None: not reported there.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class BirdsRow:
    """CUB-200, pictures of 448²: one block, or none, in this ResNet."""

    depth: int
    block: str | None
    top1: float
    top5: float
    source: str


@dataclass(frozen=True)
class PicturesRow:
    """ImageNet; where the block is None, torchvision's own checkpoint."""

    depth: int
    block: str | None
    top1: float
    top5: float | None
    source: str


@dataclass(frozen=True)
class ObjectsRow:
    """COCO, Mask R-CNN on ResNet-50, C4: average precision of both."""

    block: str | None
    box: float
    mask: float
    source: str


@dataclass(frozen=True)
class CGNLTables:
    """The tables, each as the name of what was looked at.

    >>> [row.top1 for row in CGNL.birds if row.depth == 50]
    [86.45, 86.69, 87.06, 86.56]
    """

    birds: tuple[BirdsRow, ...]
    pictures: tuple[PicturesRow, ...]
    objects: tuple[ObjectsRow, ...]


_README = "README of KaiyuYue/cgnl-network.pytorch"

CGNL = CGNLTables(
    birds=tuple(
        BirdsRow(*row, f"{_README}, CUB-200")
        for row in (
            (50, None, 86.45, 97.00),
            (50, "NL", 86.69, 96.95),
            (50, "CGNL", 87.06, 96.91),
            (50, "CGNLx", 86.56, 96.63),
            (101, None, 86.76, 96.91),
            (101, "NL", 87.04, 97.01),
            (101, "CGNL", 87.28, 97.20),
            (101, "CGNLx", 87.18, 97.03),
        )
    ),
    pictures=tuple(
        PicturesRow(*row, f"{_README}, ImageNet")
        for row in (
            (50, None, 76.15, 92.87),
            (50, "CGNL", 77.69, 93.63),
            (50, "CGNLx", 77.32, 93.40),
            (152, None, 78.31, None),
            (152, "CGNL", 79.53, None),
            (152, "CGNLx", 79.37, None),
        )
    ),
    objects=tuple(
        ObjectsRow(*row, f"{_README}, COCO")
        for row in ((None, 35.6, 31.5), ("CGNL", 36.3, 32.1))
    ),
)
