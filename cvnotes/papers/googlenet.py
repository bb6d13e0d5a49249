"""GoogLeNet's tables: its rows, as printed, and how its error is counted.

Szegedy, Liu, Jia, Sermanet, Reed, Anguelov, Erhan, Vanhoucke, Rabinovich,
"Going Deeper with Convolutions", CVPR 2015, arXiv 1409.4842.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ModuleRow:
    """An Inception module of Table 1.

    ``widths`` are its columns from "#1×1" to "pool proj", and ``side`` that
    of its maps. ``in_channels`` is what the row above puts out. ``params_k``
    and ``ops_m`` are printed with a K and an M.
    """

    name: str
    in_channels: int
    side: int
    widths: tuple[int, int, int, int, int, int]
    params_k: int
    ops_m: int
    source: str


@dataclass(frozen=True)
class LayerRow:
    """A row of Table 1 that is no module; params and ops as printed."""

    name: str
    in_channels: int
    out_channels: int
    side: int
    params_k: int | float
    ops_m: int
    source: str


@dataclass(frozen=True)
class EnsembleRow:
    """How many nets are asked, on how many crops; top-5 error in percent."""

    models: int
    crops: int
    top5: float
    source: str


@dataclass(frozen=True)
class GoogLeNetTables:
    """Table 1, its nine modules apart from the rest, and Table 3.

    >>> [row.name for row in GOOGLENET.modules][:2]
    ['3a', '3b']
    >>> min(row.top5 for row in GOOGLENET.errors)
    6.67
    """

    modules: tuple[ModuleRow, ...]
    layers: tuple[LayerRow, ...]
    errors: tuple[EnsembleRow, ...]


_PAPER = "Szegedy et al., arXiv 1409.4842"
_TABLE_1 = f"{_PAPER}, Table 1, as transcribed"
_TABLE_3 = f"{_PAPER}, Table 3, as transcribed"

_MODULES = (
    ("3a", 192, 28, (64, 96, 128, 16, 32, 32), 159, 128),
    ("3b", 256, 28, (128, 128, 192, 32, 96, 64), 380, 304),
    ("4a", 480, 14, (192, 96, 208, 16, 48, 64), 364, 73),
    ("4b", 512, 14, (160, 112, 224, 24, 64, 64), 437, 88),
    ("4c", 512, 14, (128, 128, 256, 24, 64, 64), 463, 100),
    ("4d", 512, 14, (112, 144, 288, 32, 64, 64), 580, 119),
    ("4e", 528, 14, (256, 160, 320, 32, 128, 128), 840, 170),
    ("5a", 832, 7, (256, 160, 320, 32, 128, 128), 1072, 54),
    ("5b", 832, 7, (384, 192, 384, 48, 128, 128), 1388, 71),
)
# The second row is two convolutions: a 1×1 to 64 channels, then the 3×3.
_LAYERS = (
    ("convolution 7×7/2", 3, 64, 112, 2.7, 34),
    ("convolution 3×3/1", 64, 192, 56, 112, 360),
    ("linear", 1024, 1000, 1, 1000, 1),
)
_ERRORS = (
    (1, 1, 10.07),
    (1, 10, 9.15),
    (1, 144, 7.89),
    (7, 1, 8.09),
    (7, 10, 7.62),
    (7, 144, 6.67),
)

GOOGLENET = GoogLeNetTables(
    modules=tuple(ModuleRow(*row, _TABLE_1) for row in _MODULES),
    layers=tuple(LayerRow(*row, _TABLE_1) for row in _LAYERS),
    errors=tuple(EnsembleRow(*row, _TABLE_3) for row in _ERRORS),
)
