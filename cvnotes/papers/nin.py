"""Network in Network's CIFAR net, and the errors it is quoted with.

Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv 1312.4400.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class MLPConvRow:
    """A convolution of the CIFAR net: its kernel, and the maps it makes.

    ``layer`` counts the mlpconv layers from 1. The last row makes a map
    for each of 10 classes.
    """

    layer: int
    kernel_size: int
    channels: int
    source: str


@dataclass(frozen=True)
class NINErrorRow:
    """A test error; ``augmented`` where pictures were moved and mirrored."""

    data: str
    augmented: bool
    error: float
    source: str


@dataclass(frozen=True)
class NINTables:
    """The net as transcribed by others, and errors as others quote them.

    The paper itself has no table of channels. ``drop_rate`` follows every
    mlpconv layer but the last.

    >>> [row.channels for row in NIN.cifar if row.kernel_size > 1]
    [192, 192, 192]
    >>> NIN.errors[0].error
    10.41
    """

    cifar: tuple[MLPConvRow, ...]
    drop_rate: float
    errors: tuple[NINErrorRow, ...]


_TRANSCRIBED = (
    "as transcribed in dacorvo/tensorsandbox on GitHub: "
    "cifar10/models/nin/README.md, which calls it almost a clone"
)
_QUOTED = (
    "as quoted in Huang et al., arXiv 1608.06993, Table 2, "
    "row Network in Network"
)

NIN = NINTables(
    cifar=tuple(
        MLPConvRow(*row, _TRANSCRIBED)
        for row in (
            *((1, 5, 192), (1, 1, 160), (1, 1, 96)),
            *((2, 5, 192), (2, 1, 192), (2, 1, 192)),
            *((3, 3, 192), (3, 1, 192), (3, 1, 10)),
        )
    ),
    drop_rate=0.5,
    errors=(
        NINErrorRow("CIFAR-10", False, 10.41, _QUOTED),
        NINErrorRow("CIFAR-10", True, 8.81, _QUOTED),
        NINErrorRow("CIFAR-100", False, 35.68, _QUOTED),
        NINErrorRow("SVHN", False, 2.35, _QUOTED),
    ),
)
