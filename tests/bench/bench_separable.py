"""How much of the saving of a separable layer is seen in time.

Run by `make bench`; without the peers' environment:

    PYTHONPATH=. python tests/bench/bench_separable.py
"""

import torch
from ratio_table import ratio_table
from torch import nn

from cvnotes import cost
from cvnotes.pointwise import DepthwiseSeparable


def shapes():
    """Channels and side of MobileNet's layers that keep both, once each."""
    return dict.fromkeys(
        (row.in_channels, row.size[0])
        for row in cost.mobilenet_layers()
        if row.name.startswith("pointwise")
        and row.in_channels == row.out_channels
    )


def layer(c, side):
    """Full and separable, the latter also with its halves by themselves."""
    x = torch.randn(1, c, side, side)
    last = x.to(memory_format=torch.channels_last)
    full = nn.Conv2d(c, c, 3, padding=1, bias=False)
    apart = DepthwiseSeparable(c, c)
    calls = {
        "full": lambda: full(x),
        "separable": lambda: apart(x),
        "separable, channels_last": lambda: apart(last),
        "its depthwise half": lambda: apart.depthwise(x),
        "its pointwise half": lambda: apart.pointwise(x),
    }
    with torch.inference_mode():
        return ratio_table(calls, rounds=15)


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(2)
    print(f"torch {torch.__version__}, 2 threads")
    for c, side in shapes():
        part = cost.separable_ratio(c)
        print(f"\n{c} channels at {side}×{side}, 3×3: {part:.3f} of the work")
        print(layer(c, side))
