"""Step through a block; see what each layer reads, and what becomes of it."""

import traitlets

from cvnotes.widgets.kit import Widget, script, style


class Connectivity(Widget):
    """The same layers as a plain chain, a residual and a dense block.

    Each layer here halves the sum of what it reads, so every number can be
    checked in the head. ``keep`` says what becomes of a layer's output: it
    replaces the state, is added to it, or is put beside it.

    >>> Connectivity(keep="sum", layers=6)
    Connectivity(keep='sum', layers=6)
    """

    _esm = script(__file__)
    _css = style(__file__)

    keep = traitlets.Enum(
        ["replace", "sum", "concatenate"], "concatenate"
    ).tag(sync=True)
    layers = traitlets.Int(5, min=1, max=6).tag(sync=True)
    at = traitlets.Int(3, min=1, max=6).tag(sync=True)
    # Eights, so that every half on the page is exact, and short.
    x0 = traitlets.Int(8, min=8, max=32).tag(sync=True, step=8)
