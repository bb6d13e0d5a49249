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

__all__ = [
    "DENSENET",
    "CifarRow",
    "DenseNetTables",
    "ImageNetRow",
    "MemoryRow",
]
