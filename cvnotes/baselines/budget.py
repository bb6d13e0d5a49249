"""Equal means: the width at which a net has as many weights as another."""

from collections.abc import Callable

import torch
from torch import nn


def matched(build: Callable[[float], nn.Module], params: int) -> float:
    """The width at which ``build(width)`` has nearest to ``params`` weights.

    In steps of an eighth: each is one more channel in one of three stages.
    The nets are built without memory, so a large budget costs no more.

    >>> from cvnotes.baselines import PlainNet
    >>> width = matched(PlainNet, 40_000)
    >>> width, sum(p.numel() for p in PlainNet(width).parameters())
    (9.0, 39646)
    """

    def counted(eighths):
        with torch.device("meta"):
            net = build(eighths / 8)
        return sum(p.numel() for p in net.parameters())

    low = high = 8
    if params < (least := counted(low)):
        raise ValueError(
            f"params={params} is too few for a width of 1; use {least} up"
        )
    while counted(high) < params:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (
            (middle, high) if counted(middle) < params else (low, middle)
        )
    return min(low, high, key=lambda w: abs(counted(w) - params)) / 8
