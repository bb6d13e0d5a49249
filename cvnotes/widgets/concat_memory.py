"""Drag the depth; see what a block must keep, put together or only once."""

import traitlets

from cvnotes.widgets.kit import Widget, script, style


class ConcatMemory(Widget):
    """What each layer of a dense block keeps for the backward pass.

    ``layers``, ``k`` and ``k0`` are the block's; ``size`` is the side of
    its maps and ``batch`` the number of pictures. Numbers are float32. As
    it stands, it is the first block of the paper's plain net with L = 100
    and k = 12, at the paper's batch.

    >>> ConcatMemory(layers=16)
    ConcatMemory(layers=16)
    """

    _esm = script(__file__)
    _css = style(__file__)

    layers = traitlets.Int(32, min=1, max=64).tag(sync=True)
    k = traitlets.Int(12, min=1, max=48).tag(sync=True)
    k0 = traitlets.Int(16, min=1, max=128).tag(sync=True)
    bottleneck = traitlets.Bool(False).tag(sync=True)
    size = traitlets.Int(32, min=4, max=64).tag(sync=True, step=4)
    batch = traitlets.Int(64, min=1, max=256).tag(sync=True)
