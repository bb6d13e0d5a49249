"""What the papers' tables say, as data: print these, remember none.

Errors and accuracies are in percent, parameters in millions where the name
says nothing else, all as printed. None means that the table has no number
there.
"""

from cvnotes.papers.cbam import (
    CBAM,
    AblationRow,
    CBAMTables,
    GateRow,
    RecipeRow,
)
from cvnotes.papers.cgnl import (
    CGNL,
    BirdsRow,
    CGNLTables,
    ObjectsRow,
    PicturesRow,
)
from cvnotes.papers.cross_layer import (
    CROSS_LAYER,
    AccuracyRow,
    CrossLayerTables,
    ResponseRow,
)
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
from cvnotes.papers.non_local import (
    NON_LOCAL,
    AlongRow,
    BlocksRow,
    NonLocalTables,
    PairwiseRow,
    RunRow,
)

__all__ = [
    "CBAM",
    "CGNL",
    "CROSS_LAYER",
    "DENSENET",
    "GOOGLENET",
    "MOBILENET",
    "NIN",
    "NON_LOCAL",
    "AblationRow",
    "AccuracyRow",
    "AlongRow",
    "BirdsRow",
    "BlocksRow",
    "BodyRow",
    "CBAMTables",
    "CGNLTables",
    "CifarRow",
    "CrossLayerTables",
    "DenseNetTables",
    "EnsembleRow",
    "ExampleRow",
    "GateRow",
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
    "NonLocalTables",
    "ObjectsRow",
    "PairwiseRow",
    "PicturesRow",
    "RecipeRow",
    "ResponseRow",
    "RunRow",
    "ShareRow",
]
