"""What a dense block keeps for the backward pass, against its depth.

Pleiss, Chen, Huang, Li, van der Maaten, Weinberger, arXiv 1707.06990: the
memory that grows with the square of the depth is not the architecture's
but the implementation's. Maps are counted by autograd's own hooks, on any
device; on a GPU the peak of a step is measured as well. Memory does not
depend on the seed; time does, and on the size of the maps, so one depth is
timed with larger ones too. Nothing is decided by it.
"""

import math
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from statistics import linear_regression, median

import torch

from cvnotes import cost
from cvnotes.cost import at_least_one
from cvnotes.densenet import DenseBlock, kept, share
from cvnotes.experiments.asked import counts
from cvnotes.experiments.interval import FAILS, HOLDS, interval, verdict
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.result import Finding, Table
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.step import one_thread, peak, times
from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled
from cvnotes.train import Machine

CLAIM = (
    "What a dense block keeps for the backward pass grows with the square "
    "of its depth, and with its depth where each map is kept once."
)
SEEDS = 3
WAYS = ("naive", "shared")
FORMS = {None: "plain", 4: "bottleneck"}  # by bn_size
SHORT = {"plain": "plain", "bottleneck": "1×1"}


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Blocks of these depths, for maps of ``size``×``size``.

    One more, of ``larger_depth`` layers, is for maps of ``larger`` sides.
    A step of each is timed ``times`` times.
    """

    depths: tuple[int, ...] = (8, 16, 32, 64)
    growth_rate: int = 12
    in_channels: int = 24
    size: int = 8
    larger: int = 32
    larger_depth: int = 16
    batch: int = 4
    times: int = 3

    def __post_init__(self):
        counts(2, depths=self.depths)
        rest = {n: v for n, v in vars(self).items() if n != "depths"}
        at_least_one(**rest)
        if self.larger <= self.size:
            raise ValueError(
                f"larger={self.larger} is not larger than size={self.size}; "
                f"use {self.size + 1} or more"
            )


QUICK = Settings()
FULL = Settings(size=32, larger=64, batch=32, times=20)
run = partial(conduct, "concat_memory")
recorded = partial(read, "concat_memory")


def measure(settings: Settings, seed: int, lab):
    """One seed: every form and shape, both ways with the same weights."""
    device = Machine(lab.device).accelerator().device
    k0, k = settings.in_channels, settings.growth_rate
    torch.manual_seed(seed)
    for bn_size, form in FORMS.items():
        for depth, side in shapes(settings):
            block = DenseBlock(depth, k0, k, bn_size).to(device)
            x = torch.randn(settings.batch, k0, side, side, device=device)
            size = (side, side)
            count = cost.dense_block_memory(depth, k0, k, size, bn_size)
            for way, found in compare(block, x, settings.times).items():
                case = {"form": form, "depth": depth, "size": side}
                case |= {"way": way, "seed": seed}
                yield {**case, **found, "closed_form": getattr(count, way)}


def shapes(settings: Settings) -> list[tuple[int, int]]:
    """Layers and the side of the maps, of every block of one form."""
    same_maps = [(depth, settings.size) for depth in settings.depths]
    return [*same_maps, (settings.larger_depth, settings.larger)]


@one_thread()
def compare(block: DenseBlock, x, count: int) -> dict[str, dict]:
    """What each way keeps, its time and its peak, with the same weights."""
    blocks = {"naive": block, "shared": share(deepcopy(block))}
    seconds = times(blocks, x, count)
    return {
        way: {
            "kept": kept(its, x),
            "seconds": round(seconds[way], 5),
            "peak": peak(its, x),
        }
        for way, its in blocks.items()
    }


def exponents(rows, form: str, way: str, key: str = "kept") -> list[float]:
    """The p of kept ~ depth^p that fits best, a number a seed."""
    seeds = sorted({row["seed"] for row in rows})
    found = []
    for seed in seeds:
        here = [
            (math.log(row["depth"]), math.log(row[key]))
            for row in _rows(rows, form=form, way=way, seed=seed)
        ]
        found.append(linear_regression(*zip(*here)).slope)
    return found


def _rows(rows, **wanted):
    return [r for r in rows if wanted.items() <= r.items()]


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Which power of the depth, and whether the closed forms say it all."""
    found = []
    same_maps = _rows(rows, size=settings.size)
    ways = ("naive", "nearer square", 1), ("shared", "nearer linear", -1)
    for way, grows, above in ways:
        for form in FORMS.values():
            powers = exponents(same_maps, form, way)
            fit = interval(powers)
            # 1.5 lies between the line and the square.
            nearer = interval([above * (p - 1.5) for p in powers])
            found.append(
                Finding(
                    f"{form}, {way}: {grows}",
                    verdict(nearer),
                    f"fitted power of the depth: {fit.mean:.2f}",
                )
            )
    missed = sum(row["kept"] != row["closed_form"] for row in rows)
    reason = f"{missed} of {len(rows)} counts differ from it"
    held = FAILS if missed else HOLDS
    found.append(Finding("the closed form gives every count", held, reason))
    return found


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each block: megabytes, and how many times as long."""
    lines = []
    for form in FORMS.values():
        for depth, side in shapes(settings):
            here = _rows(rows, form=form, depth=depth, size=side)
            naive, shared = (_rows(here, way=way) for way in WAYS)
            ratios = [
                s["seconds"] / n["seconds"] for n, s in zip(naive, shared)
            ]
            lines.append(
                [
                    *(SHORT[form], str(depth), str(side)),
                    *(_megabytes(r, settings) for r in (naive, shared)),
                    f"{median(ratios):.2f}",
                    *(_peak(r) for r in (naive, shared)),
                ]
            )
    # Short, so that the price is still in sight on a phone.
    head = ["block", "L", "side", "naive MB", "shared MB", "time"]
    head += ["naive peak MB", "shared peak MB"]
    if all(row["peak"] is None for row in rows):
        head, lines = head[:-2], [line[:-2] for line in lines]
    return Table(head, lines)


def _megabytes(rows, settings):
    return f"{4 * settings.batch * rows[0]['kept'] / 1e6:.2f}"


def _peak(rows):
    return f"{max(row['peak'] or 0 for row in rows) / 1e6:.1f}"


@styled
def draw(rows: list[dict], settings: Settings):
    """What was counted, as dots, and the closed form through them."""
    figure, axes = canvas(4.8, 3.2)
    for way, hue in zip(WAYS, (LIGHT["orange"], LIGHT["blue"])):
        for form, dash in zip(FORMS.values(), ((0, (3, 2)), "-")):
            here = _rows(rows, form=form, way=way, size=settings.size)
            here = _rows(here, seed=rows[0]["seed"])
            depths = [row["depth"] for row in here]
            scale = 4 * settings.batch / 1e6
            line = [scale * row["closed_form"] for row in here]
            dots = [scale * row["kept"] for row in here]
            axes.plot(depths, line, color=hue, linestyle=dash, linewidth=1.6)
            axes.plot(depths, dots, "o", color=hue, markersize=4)
            axes.annotate(
                f"{way}, {form}",
                (depths[-1], line[-1]),
                xytext=(6, -1),
                textcoords="offset points",
                # Two of the ends are close: one above, one below.
                va="bottom" if form == "bottleneck" else "top",
                color=hue,
            )
    axes.set(xscale="log", yscale="log", xlabel="layers L", ylabel="MB kept")
    axes.set_xticks(settings.depths, map(str, settings.depths))
    axes.set_yticks([0.1, 1, 10, 100], ["0.1", "1", "10", "100"])
    axes.minorticks_off()
    axes.margins(x=0.05)
    return Figure(
        figure,
        "Megabytes that a dense block keeps against its layers, on axes of "
        "factors: the naive way is steeper than the shared one",
    )
