"""Cross-layer non-local: its results, and which layers it joins.

Ye, Hu, Liu, Xia, Lyu, Liu, "Associating Multi-Scale Receptive Fields for
Fine-Grained Recognition", ICIP 2020, arXiv 2005.09153. The numbers are
those of the authors' repository. Compare them with each other only: CGNL's
repository has 86.45 for a ResNet-50 that starts at 84.05 here, which is
more than any block gains in either.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class AccuracyRow:
    """Top-1 and top-5 on CUB-200 with pictures of 448², in percent."""

    name: str
    top1: float
    top5: float
    source: str


@dataclass(frozen=True)
class ResponseRow:
    """A layer that is asked: its stage, block, channels; maps at 448²."""

    net: str
    stage: int
    block: int
    channels: int
    side: int
    source: str


@dataclass(frozen=True)
class CrossLayerTables:
    """What was reported, what is asked, and who asks.

    >>> [row.top1 for row in CROSS_LAYER.cub[:3]]
    [84.05, 85.1, 85.64]
    """

    cub: tuple[AccuracyRow, ...]
    responses: tuple[ResponseRow, ...]
    query_channels: int
    hidden: int
    side: int  # of the query's maps, at 448²


_REPOSITORY = "FouriYe/CNL-ICIP2020"
_README = f"{_REPOSITORY}, README"
_CODE = f"{_REPOSITORY}, cnlnet_5CNL.py"
_STAGES = {2: (512, 56), 3: (1024, 28)}  # channels and side of a stage


def _responses(net, blocks):
    return tuple(
        ResponseRow(net, stage, block, *_STAGES[stage], _CODE)
        for stage, numbers in blocks.items()
        for block in numbers
    )


CROSS_LAYER = CrossLayerTables(
    cub=tuple(
        AccuracyRow(*row, _README)
        for row in (
            ("ResNet-50", 84.05, 96.00),
            ("ResNet-50, 5 Non-local", 85.10, 96.18),
            ("ResNet-50, 5 cross-layer", 85.64, 96.84),
            ("ResNet-101", 85.05, 96.70),
            ("ResNet-101, 5 Non-local", 85.53, 96.65),
            ("ResNet-101, 5 cross-layer", 86.73, 96.75),
        )
    ),
    responses=_responses("ResNet-50", {2: (2, 4), 3: (2, 4, 6)})
    + _responses("ResNet-101", {2: (2, 4), 3: (6, 13, 20)}),
    query_channels=2048,
    hidden=256,
    side=14,
)
