"""Our non-local block against timm's, and its time as the maps grow.

Run by `make bench`; without timm it times our forms alone:

    PYTHONPATH=. python tests/bench/bench_non_local.py
"""

from math import log
from statistics import median
from time import perf_counter

import torch
from ratio_table import ratio_table

from cvnotes.attention import NonLocal

CHANNELS, SIDE, BATCH = 256, 56, 8


def theirs(ours):
    """timm's block with our weights: its scale is of the input channels."""
    from timm.layers import NonLocalAttn

    block = NonLocalAttn(CHANNELS, rd_channels=ours.hidden)
    theta, phi, g = ours.tpg.weight.detach().chunk(3)
    block.t.weight.data = theta * (CHANNELS / ours.hidden) ** 0.5
    block.p.weight.data, block.g.weight.data = phi.clone(), g.clone()
    block.z.weight.data = ours.z.weight.detach().clone()
    block.norm.load_state_dict(ours.norm.state_dict())
    return block


def blocks():
    ours = NonLocal(CHANNELS)
    torch.nn.init.ones_(ours.norm.weight)
    try:
        found = {"timm": theirs(ours)}
    except ModuleNotFoundError:
        found = {}
    return found | {"ours": ours}


def trained(block, x):
    def step():
        block.zero_grad()
        block(x).square().mean().backward()

    return step


def compare(nets, x):
    if len(nets) > 1:
        with torch.inference_mode():
            a, b = (net.eval()(x) for net in nets.values())
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-4)
    with torch.inference_mode():
        for net in nets.values():
            net.eval()
        print("\ninference")
        calls = {name: (lambda n=net: n(x)) for name, net in nets.items()}
        print(ratio_table(calls, rounds=5))
    print("\ntraining step")
    calls = {name: trained(net.train(), x) for name, net in nets.items()}
    print(ratio_table(calls, rounds=3))


def exponent(pairwise, sides=(56, 80, 112, 160)):
    """The slope of log time against log places, of the comparing alone."""
    block = NonLocal(64, pairwise=pairwise).eval()
    points = []
    for side in sides:
        x = torch.randn(1, 64, side, side)
        seconds = []
        for _ in range(6):
            start = perf_counter()
            block.mean(x)
            seconds.append(perf_counter() - start)
        points.append((log(side * side), log(median(seconds[1:]))))
    middle = [sum(p[i] for p in points) / len(points) for i in (0, 1)]
    up = sum((a - middle[0]) * (b - middle[1]) for a, b in points)
    return up / sum((a - middle[0]) ** 2 for a, _ in points)


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(2)
    print(f"torch {torch.__version__}, 2 threads, {CHANNELS} channels at ")
    print(f"{SIDE}×{SIDE}, batch {BATCH}")
    compare(blocks(), torch.randn(BATCH, CHANNELS, SIDE, SIDE))
    with torch.inference_mode():
        for form in ("embedded_gaussian", "dot"):
            print(f"\n{form}: time grows as (h·w)^{exponent(form):.2f}")
