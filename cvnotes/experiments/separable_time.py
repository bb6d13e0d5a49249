"""How long a layer takes, beside others in the same minute of a machine.

Every round runs each call once, so that a slow moment meets them all. What
counts are ratios; the seconds are this machine's.
"""

from collections.abc import Callable
from statistics import fmean, geometric_mean, median
from time import perf_counter

import torch
from scipy import stats
from torch import nn

from cvnotes import cost
from cvnotes.experiments.result import Table
from cvnotes.experiments.step import one_thread
from cvnotes.pointwise import DepthwiseSeparable

# Channels and side of MobileNet's layers that keep both: its Table 1.
LAYERS = ((128, 56), (256, 28), (512, 14), (1024, 7))
KINDS = ("full", "pointwise", "depthwise", "separable")


def in_turns(
    calls: dict[object, Callable], rounds: int, device: torch.device
) -> dict[object, float]:
    """The median seconds of each; a round before is not counted."""
    found = {name: [] for name in calls}
    with one_thread(), torch.inference_mode():
        for _ in range(rounds + 1):
            for name, call in calls.items():
                start = perf_counter()
                call()
                if device.type == "cuda":
                    torch.cuda.synchronize()
                found[name].append(perf_counter() - start)
    return {name: median(times[1:]) for name, times in found.items()}


def layers(samples: int, rounds: int, device: torch.device) -> list[dict]:
    """Each of ``LAYERS`` in each of ``KINDS``: its work and its seconds."""
    rows = []
    for c, side in LAYERS:
        x = torch.randn(samples, c, side, side, device=device)
        calls = {
            kind: _call(part.to(device), x) for kind, part in parts(c).items()
        }
        for kind, seconds in in_turns(calls, rounds, device).items():
            macs, moved = counted(kind, c, side, samples)
            place = {"layer": kind, "channels": c, "side": side}
            rows.append(
                {**place, "macs": macs, "bytes": moved, "seconds": seconds}
            )
    return rows


def parts(c: int) -> dict[str, nn.Module]:
    """A layer from c channels to c, in each kind; the halves are shared."""
    apart = DepthwiseSeparable(c, c)
    return {
        "full": nn.Conv2d(c, c, 3, padding=1, bias=False),
        "pointwise": apart.pointwise,
        "depthwise": apart.depthwise,
        "separable": apart,
    }


def counted(kind: str, c: int, side: int, samples: int) -> tuple[int, int]:
    """Multiply-adds, and the bytes that must be moved, in closed form."""
    if kind == "separable":
        halves = (
            counted(half, c, side, samples)
            for half in ("depthwise", "pointwise")
        )
        return tuple(map(sum, zip(*halves)))
    k, groups = (1, 1) if kind == "pointwise" else (3, 1)
    groups = c if kind == "depthwise" else groups
    size = (side, side)
    work = cost.conv2d(c, c, k, size, 1, k // 2, groups, bias=False).macs
    return samples * work, 4 * cost.traffic(c, c, k, size, groups, samples)


def _call(part, x):
    return lambda: part(x)


def seen(rows: list[dict]) -> list[float]:
    """A number a seed: how many times less time, by times less work.

    One where all that is saved is seen in time; the least of the layers.
    """
    return [min(ratios) for ratios in _ratios(rows, "full", "separable")]


def dearer(rows: list[dict]) -> list[float]:
    """A number a seed: a depthwise multiply-add's time in pointwise ones.

    The geometric mean over the layers: a factor two either way is one.
    """
    found = _ratios(rows, "depthwise", "pointwise")
    return [geometric_mean(ratios) for ratios in found]


def agreement(rows: list[dict]) -> list[float]:
    """A number a seed: how far two orders of the single layers agree.

    By multiply-adds for a byte, and by multiply-adds for a second; 1 is
    the same order, 0 none, −1 the contrary.
    """
    found = []
    for seed in sorted({row["seed"] for row in rows}):
        here = [row for row in _timed(rows) if row["seed"] == seed]
        single = [row for row in here if row["layer"] != "separable"]
        pairs = [(r["macs"] / r["bytes"], 1 / _each(r)) for r in single]
        found.append(float(stats.spearmanr(*zip(*pairs)).statistic))
    return found


def _ratios(rows, kind, other):
    """A list a seed: each layer's time for a multiply-add, by the other's."""
    return [
        [
            _each(one) / _each(two)
            for one, two in zip(_timed(here, kind), _timed(here, other))
        ]
        for seed in sorted({row["seed"] for row in rows})
        for here in [[row for row in _timed(rows) if row["seed"] == seed]]
    ]


def _timed(rows, kind=None):
    return [r for r in rows if "layer" in r and kind in (None, r["layer"])]


def _each(row):
    return row["seconds"] / row["macs"]


def table(rows: list[dict]) -> Table:
    """A line for each layer: its work for each byte, and its time."""
    lines = []
    for c, side in LAYERS:
        here = [row for row in _timed(rows) if row["channels"] == c]
        full = _timed(here, "full")
        for kind in KINDS:
            of = _timed(here, kind)
            each = fmean(_each(a) / _each(b) for a, b in zip(of, full))
            lines.append(
                [
                    f"{kind} {c}, {side}²",
                    f"{of[0]['macs'] / 1e6:.1f} M",
                    f"{of[0]['macs'] / of[0]['bytes']:.1f}",
                    f"{1e3 * median(row['seconds'] for row in of):.2f}",
                    f"{each:.1f}",
                ]
            )
    head = ["layer", "multiply-adds", "a byte", "ms", "time each"]
    return Table(head, lines)
