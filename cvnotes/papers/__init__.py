"""What the papers' tables say, as data: print these, remember none.

Errors are in percent and parameters in millions, both as printed. None
means that the table has no number there.
"""

from cvnotes.papers.densenet import (
    DENSENET,
    CifarRow,
    DenseNetTables,
    ImageNetRow,
    MemoryRow,
)
from cvnotes.papers.googlenet import (
    GOOGLENET,
    EnsembleRow,
    GoogLeNetTables,
    LayerRow,
    ModuleRow,
)
from cvnotes.papers.mobilenet import (
    MOBILENET,
    BodyRow,
    ExampleRow,
    MobileNetTables,
    NetRow,
    ShareRow,
)
from cvnotes.papers.nin import NIN, MLPConvRow, NINErrorRow, NINTables

__all__ = [
    "DENSENET",
    "GOOGLENET",
    "MOBILENET",
    "NIN",
    "BodyRow",
    "CifarRow",
    "DenseNetTables",
    "EnsembleRow",
    "ExampleRow",
    "GoogLeNetTables",
    "ImageNetRow",
    "LayerRow",
    "MLPConvRow",
    "MemoryRow",
    "MobileNetTables",
    "ModuleRow",
    "NINErrorRow",
    "NINTables",
    "NetRow",
    "ShareRow",
]
