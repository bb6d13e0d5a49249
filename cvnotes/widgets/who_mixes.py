"""Point at an output; see which inputs it can depend on, and how strongly."""

from pathlib import Path

import numpy as np
import traitlets

from cvnotes.widgets.kit import Widget, script, style
from cvnotes.widgets.who_mixes_cost import OPERATIONS, SIDE

# Made by `python -m cvnotes.experiments.who_mixes`.
FILE = np.load(Path(__file__).with_suffix(".npz"))
NAMES = tuple(FILE["_names"].tolist())
MOST = max(int(FILE[f"_makes {name}"][0]) for name in NAMES)  # maps made

# Two operations to put beside each other.
PRESETS = {
    "near, or everywhere": ("3×3 convolution", "non-local"),
    "a number for each pair, or one kernel": (
        "fully connected",
        "3×3 convolution",
    ),
    "space, or channels": ("depthwise 3×3", "1×1 convolution"),
    "the two halves, and one kernel": ("separable", "3×3 convolution"),
    "all channels, or half of them": ("3×3 convolution", "grouped 3×3"),
    "a mean, and a gate made of it": (
        "global average pooling",
        "Squeeze-and-Excitation",
    ),
    "channels, then places": ("Squeeze-and-Excitation", "CBAM"),
    "by place, or all with all": ("non-local", "CGNL"),
    "this layer, or another one": ("non-local", "cross-layer"),
    "a dense layer, and two of them": ("dense layer", "dense block"),
}


def _operation(name):
    own, its = OPERATIONS[name], OPERATIONS[name].at()
    weights, work = own.powers()
    return {
        "name": name,
        "reads": FILE[f"_reads {name}"].tolist(),
        "makes": FILE[f"_makes {name}"].tolist(),
        "most": float(FILE[f"_most {name}"]),
        "inputs": int(FILE[f"_inputs {name}"]),
        "bytes": len(FILE[name]),
        "weights": [its.params, weights],
        "work": [its.macs, work, *own.work],
        "twice": own.at(2 * SIDE).macs,
        "chapter": [own.chapter, own.title],
    }


class WhoMixes(Widget):
    """Two operations side by side: who reads whom, and how strongly.

    ``left`` and ``right`` are names of operations; ``channel``, ``row`` and
    ``column``, counted from 1, are the output that is pointed at in both.
    An operation that makes fewer maps, or smaller ones, shows its last.
    ``maps`` is 1 or 2: which of two random inputs the slopes are for.

    >>> names = ", ".join(WhoMixes.left.values)
    >>> print(names)  # doctest: +NORMALIZE_WHITESPACE
    fully connected, 3×3 convolution, 1×1 convolution, depthwise 3×3,
    grouped 3×3, separable, global average pooling,
    Squeeze-and-Excitation, CBAM, non-local, CGNL, cross-layer, dense layer,
    dense block
    >>> WhoMixes(left="depthwise 3×3", right="1×1 convolution")
    WhoMixes(left='depthwise 3×3', right='1×1 convolution')
    """

    _esm = script(__file__)
    _css = style(__file__)

    left = traitlets.Enum(NAMES, "3×3 convolution").tag(sync=True)
    right = traitlets.Enum(NAMES, "non-local").tag(sync=True)
    channel = traitlets.Int(2, min=1, max=MOST).tag(sync=True)
    row = traitlets.Int(3, min=1, max=SIDE).tag(sync=True)
    column = traitlets.Int(3, min=1, max=SIDE).tag(sync=True)
    maps = traitlets.Int(1, min=1, max=2).tag(sync=True)

    # A list, because a notebook sorts the keys of a dictionary.
    _presets = traitlets.List(
        [
            {"name": name, "settings": {"left": left, "right": right}}
            for name, (left, right) in PRESETS.items()
        ]
    ).tag(sync=True)
    _examples = traitlets.Bytes(
        b"".join(FILE[name].tobytes() for name in NAMES)
    ).tag(sync=True)
    _plan = traitlets.List([_operation(name) for name in NAMES]).tag(
        sync=True
    )
