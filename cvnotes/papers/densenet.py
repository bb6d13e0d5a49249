"""DenseNet's tables: its networks, their errors, and what they keep.

Huang, Liu, van der Maaten, Weinberger, "Densely Connected Convolutional
Networks", CVPR 2017, arXiv 1608.06993.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ImageNetRow:
    """A net for 224×224 pictures; errors of one crop and of ten."""

    name: str
    growth_rate: int
    block_config: tuple[int, ...]
    top1: float
    top1_ten_crops: float | None
    top5: float | None
    top5_ten_crops: float | None
    source: str


@dataclass(frozen=True)
class CifarRow:
    """A net for 32×32 pictures; ``_plus``: trained on augmented data."""

    name: str
    depth: int
    growth_rate: int
    bottleneck: bool
    compression: float
    params_millions: float
    c10: float | None
    c10_plus: float
    c100: float | None
    c100_plus: float
    svhn: float | None
    source: str


@dataclass(frozen=True)
class MemoryRow:
    """One way to train DenseNet-BC with L = 100, batch 64, on a GPU.

    ``seconds`` is for one batch. What is measured as memory, and which GPU
    and library, differ by source: compare rows of one source only.
    """

    code: str
    way: str
    megabytes: int
    seconds: float
    source: str


@dataclass(frozen=True)
class DenseNetTables:
    """The paper's nets in its order, and one from its authors' repository.

    ``memory`` is from two repositories, the naive way of each first.

    >>> [row.name for row in DENSENET.imagenet][-1]
    'DenseNet-161'
    >>> min(row.c10_plus for row in DENSENET.cifar)
    3.46
    """

    imagenet: tuple[ImageNetRow, ...]
    cifar: tuple[CifarRow, ...]
    memory: tuple[MemoryRow, ...]


_PAPER = "Huang et al., arXiv 1608.06993v5"
_TABLE_1_3 = f"{_PAPER}, Table 1 (architecture) and Table 3 (errors)"
_TABLE_2 = f"{_PAPER}, Table 2"
_REPOSITORY = (
    "liuzhuang13/DenseNet on GitHub: models/densenet.lua (architecture) and "
    "README (error); not in the paper's last version, 1608.06993v5"
)
_MEMORY_LUA = (
    "liuzhuang13/DenseNet on GitHub: models/README, NVIDIA TitanX, CIFAR-10"
)
_MEMORY_TORCH = (
    "gpleiss/efficient_densenet_pytorch on GitHub: README, NVIDIA Pascal "
    "Titan-X; printed in GB, growth rate not printed there"
)

DENSENET = DenseNetTables(
    imagenet=(
        ImageNetRow(
            "DenseNet-121",
            32,
            (6, 12, 24, 16),
            *(25.02, 23.61, 7.71, 6.66),
            _TABLE_1_3,
        ),
        ImageNetRow(
            "DenseNet-169",
            32,
            (6, 12, 32, 32),
            *(23.80, 22.08, 6.85, 5.92),
            _TABLE_1_3,
        ),
        ImageNetRow(
            "DenseNet-201",
            32,
            (6, 12, 48, 32),
            *(22.58, 21.46, 6.34, 5.54),
            _TABLE_1_3,
        ),
        ImageNetRow(
            "DenseNet-264",
            32,
            (6, 12, 64, 48),
            *(22.15, 20.80, 6.12, 5.29),
            _TABLE_1_3,
        ),
        ImageNetRow(
            "DenseNet-161",
            48,
            (6, 12, 36, 24),
            *(22.2, None, None, None),
            _REPOSITORY,
        ),
    ),
    cifar=(
        CifarRow(
            "DenseNet",
            *(40, 12, False, 1.0, 1.0),
            *(7.00, 5.24, 27.55, 24.42, 1.79),
            _TABLE_2,
        ),
        CifarRow(
            "DenseNet",
            *(100, 12, False, 1.0, 7.0),
            *(5.77, 4.10, 23.79, 20.20, 1.67),
            _TABLE_2,
        ),
        CifarRow(
            "DenseNet",
            *(100, 24, False, 1.0, 27.2),
            *(5.83, 3.74, 23.42, 19.25, 1.59),
            _TABLE_2,
        ),
        CifarRow(
            "DenseNet-BC",
            *(100, 12, True, 0.5, 0.8),
            *(5.92, 4.51, 24.15, 22.27, 1.76),
            _TABLE_2,
        ),
        CifarRow(
            "DenseNet-BC",
            *(250, 24, True, 0.5, 15.3),
            *(5.19, 3.62, 19.64, 17.60, 1.74),
            _TABLE_2,
        ),
        CifarRow(
            "DenseNet-BC",
            *(190, 40, True, 0.5, 25.6),
            *(None, 3.46, None, 17.18, None),
            _TABLE_2,
        ),
    ),
    memory=(
        MemoryRow("Lua", "original", 5453, 0.153, _MEMORY_LUA),
        MemoryRow("Lua", "optnet", 3746, 0.153, _MEMORY_LUA),
        MemoryRow("Lua", "gradients shared", 2969, 0.152, _MEMORY_LUA),
        MemoryRow("Lua", "outputs too", 2188, 0.155, _MEMORY_LUA),
        MemoryRow("Lua", "normalised too", 1655, 0.175, _MEMORY_LUA),
        MemoryRow("PyTorch", "naive", 2863, 0.165, _MEMORY_TORCH),
        MemoryRow("PyTorch", "efficient", 1605, 0.207, _MEMORY_TORCH),
    ),
)
