"""Watch a 1×1 filter and an mlpconv learn the class of a pixel."""

import traitlets

from cvnotes.widgets.kit import Widget, script, style


class MLPConvPlayground(Widget):
    """A linear 1×1 filter and an mlpconv, trained on the same pixels.

    A pixel has two channels; ``task`` says how its class depends on them:
    "xor", "ring" or "stripes". The mlpconv has ``hidden`` units with ReLU
    at every pixel, the filter has none. Both start from ``seed`` and take
    ``steps`` of gradient descent at learning ``rate``, over all 400
    pixels at once. What is shown follows from these five alone.

    >>> MLPConvPlayground(hidden=2, steps=300)
    MLPConvPlayground(hidden=2, steps=300)
    """

    _esm = script(__file__)
    _css = style(__file__)

    task = traitlets.Enum(["xor", "ring", "stripes"], "xor").tag(sync=True)
    hidden = traitlets.Int(4, min=1, max=16).tag(sync=True)
    rate = traitlets.Float(1.0, min=0.1, max=5.0).tag(sync=True, step=0.1)
    seed = traitlets.Int(1, min=1, max=50).tag(sync=True)
    steps = traitlets.Int(0, min=0, max=600).tag(sync=True)
