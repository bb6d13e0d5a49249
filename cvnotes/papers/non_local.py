"""Non-local networks' tables: which f, how many blocks, and a second run.

Wang, Girshick, Gupta, He, "Non-local Neural Networks", CVPR 2018, arXiv
1711.07971. Accuracies are in percent on Kinetics, of a C2D net on ResNet-50
where nothing else is said. The paper's tables are given as transcribed in
notes on it; the second run is the authors' own, in their repository.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PairwiseRow:
    """One block in ResNet-50, with this pairwise function; None: no block."""

    pairwise: str | None
    top1: float
    top5: float
    source: str


@dataclass(frozen=True)
class BlocksRow:
    """So many blocks in a ResNet of this depth."""

    depth: int
    blocks: int
    top1: float
    top5: float
    source: str


@dataclass(frozen=True)
class AlongRow:
    """Five blocks that compare places along space, time, or both."""

    along: str
    top1: float
    top5: float
    source: str


@dataclass(frozen=True)
class RunRow:
    """The authors' code run again, beside what the paper printed."""

    name: str
    frames: int
    blocks: bool
    top1: float
    paper: float | None
    source: str


@dataclass(frozen=True)
class NonLocalTables:
    """The tables, each as the name of what it tells.

    >>> [row.top1 for row in NON_LOCAL.pairwise]
    [71.8, 72.5, 72.7, 72.9, 72.8]
    """

    pairwise: tuple[PairwiseRow, ...]
    blocks: tuple[BlocksRow, ...]
    along: tuple[AlongRow, ...]
    reproduced: tuple[RunRow, ...]


_PAPER = "Wang et al., arXiv 1711.07971, Table 2, as transcribed"
_CODE = "README of facebookresearch/video-nonlocal-net on GitHub"

NON_LOCAL = NonLocalTables(
    pairwise=tuple(
        PairwiseRow(*values, _PAPER)
        for values in (
            (None, 71.8, 89.7),
            ("gaussian", 72.5, 90.2),
            ("embedded_gaussian", 72.7, 90.5),
            ("dot", 72.9, 90.3),
            ("concat", 72.8, 90.5),
        )
    ),
    blocks=tuple(
        BlocksRow(*values, _PAPER)
        for values in (
            (50, 0, 71.8, 89.7),
            (50, 1, 72.7, 90.5),
            (50, 5, 73.8, 91.0),
            (50, 10, 74.3, 91.2),
            (101, 0, 73.1, 91.0),
            (101, 5, 75.1, 91.7),
        )
    ),
    along=tuple(
        AlongRow(*values, _PAPER)
        for values in (
            ("space", 72.9, 90.8),
            ("time", 73.1, 90.5),
            ("space and time", 73.8, 91.0),
        )
    ),
    reproduced=tuple(
        RunRow(*values, _CODE)
        for values in (
            ("C2D", 32, False, 72.0, 71.8),
            ("C2D", 32, True, 73.9, 73.8),
            ("I3D", 32, False, 73.6, 73.3),
            ("I3D", 32, True, 74.9, 74.9),
            ("I3D", 128, False, 75.2, 74.9),
            ("I3D", 128, True, 76.5, 76.5),
            ("C2D", 8, False, 71.9, None),
            ("C2D", 8, True, 74.4, None),
        )
    ),
)
