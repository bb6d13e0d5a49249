"""How CGNL's time grows with the places, and how Non-local's does.

Run by `make bench`; or alone:

    PYTHONPATH=. python tests/bench/bench_cgnl.py
"""

from math import log
from statistics import linear_regression
from time import perf_counter

import torch
from ratio_table import ratio_table

from cvnotes.attention import CGNL, NonLocal

# Twice the places, each time; below these the projections take most of it.
SIDES = (56, 80, 112, 160)


def exponent(make, sides=SIDES, rounds=15):
    """The power of h·w that the time of one picture grows with, fitted."""
    block, times = make().eval(), []
    for side in sides:
        x, seconds = torch.randn(1, 64, side, side), []
        for _ in range(rounds):
            start = perf_counter()
            block(x)
            seconds.append(perf_counter() - start)
        times.append(min(seconds))  # the least disturbed
    places = [log(side * side) for side in sides]
    return linear_regression(places, [log(t) for t in times]).slope, times


def weighed(block, x):
    """Non-local as its formula has it: the matrix, and then the product."""
    return block.weights(x) @ block.project(x).g


BLOCKS = {
    "CGNL, dot": lambda: CGNL(64, groups=8),
    "CGNL, rbf": lambda: CGNL(64, groups=8, kernel="rbf"),
    "NonLocal": lambda: NonLocal(64),
}


def large():
    """56×56×256 in batches of 8, inference and channels_last beside it."""
    torch.manual_seed(0)
    x = torch.randn(8, 256, 56, 56)
    dot, rbf = CGNL(256, groups=8), CGNL(256, groups=8, kernel="rbf")
    full = NonLocal(256).eval()
    last = x.to(memory_format=torch.channels_last)
    return ratio_table(
        {
            "NonLocal": lambda: full(x),
            "NonLocal, matrix built": lambda: weighed(full, x),
            "CGNL, dot": lambda: dot(x),
            "CGNL, dot, channels_last": lambda: dot(last),
            "CGNL, rbf": lambda: rbf(x),
        },
        rounds=5,
    )


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(2)
    print(f"torch {torch.__version__}, 2 threads")
    with torch.inference_mode():
        for name, make in BLOCKS.items():
            power, times = exponent(make)
            said = ", ".join(f"{1000 * t:.1f}" for t in times)
            print(f"{name:10} (h·w)^{power:.2f}   {said} ms at {SIDES}")
        print("\n56×56×256, batch 8")
        print(large())
