"""Which of the equal forms of a 1×1 convolution is quick, and in what order.

Run by `make bench`:

    PYTHONPATH=. python tests/bench/bench_pointwise.py
"""

import torch
from ratio_table import ratio_table
from torch.nn.functional import linear

from cvnotes.pointwise import Pointwise

ORDERS = {
    "contiguous": torch.contiguous_format,
    "channels_last": torch.channels_last,
}


def forms(layer):
    """Each form as a function of maps, ours first."""
    weight, bias = layer.weight, layer.bias
    return {
        "Pointwise": layer,
        "linear": lambda x: linear(x.movedim(1, -1), weight, bias).movedim(
            -1, 1
        ),
        "einsum": lambda x: (
            torch.einsum("oi,bihw->bohw", weight, x) + bias[:, None, None]
        ),
    }


def inference(widths, order, batch=8, side=28):
    x = torch.randn(batch, widths[0], side, side).to(memory_format=order)
    calls = forms(Pointwise(*widths))
    with torch.inference_mode():
        return ratio_table({n: lambda f=f: f(x) for n, f in calls.items()})


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(2)
    print(f"torch {torch.__version__}, 2 threads, 8 samples of 28×28")
    for widths in [(256, 64), (64, 256)]:
        for name, order in ORDERS.items():
            print(f"\n{widths[0]} → {widths[1]} channels, {name}")
            print(inference(widths, order))
