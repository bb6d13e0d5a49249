"""Average and maximum, or one of them? Channels first, or places?

Woo et al., arXiv 1807.06521: on ImageNet both poolings are 0.34 points
better than the average alone, channels first 0.12 points better than
places first. The paper prints one run each. Here one small residual net
has each gate in turn; nets that are compared have as many parameters, the
same pictures and the same number of steps.
"""

from dataclasses import dataclass
from functools import cache, partial

import torch

from cvnotes.experiments.cbam_nets import GATES, GatedNet, as_large
from cvnotes.experiments.interval import (
    gain,
    per_seed,
    percent,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training
from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

CLAIM = (
    "A channel gate should hear average and maximum, channels should come "
    "before places, and a net with CBAM beats one without."
)
SEEDS = 5
LARGE = "none, as large"
ARMS = (*GATES, LARGE)
# Said before anything was trained: who is held to be more accurate.
PAIRS = (
    ("both", "average", "both poolings are better than the average alone"),
    ("both", "maximum", "both poolings are better than the maximum alone"),
    (
        "channels first",
        "places first",
        "channels first is better than places first",
    ),
    (
        "channels first",
        "side by side",
        "channels first is better than side by side",
    ),
    (
        "channels first",
        LARGE,
        "CBAM is better than none, at equal parameters",
    ),
)


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """The channels of the first blocks; the last have twice as many."""

    images: int | None = 200
    epochs: int = 8
    width: int = 16


QUICK = Settings()
FULL = Settings(**PAPER, width=64)
run = partial(conduct, "cbam_ablation")
recorded = partial(read, "cbam_ablation")


@cache
def nets(width: int, in_channels: int, num_classes: int) -> dict:
    """How to build the net of each arm."""
    own = {"width": width, "in_channels": in_channels}
    own["num_classes"] = num_classes
    found = {name: partial(GatedNet, name, **own) for name in GATES}
    with torch.device("meta"):
        params = parameters(found["channels first"]())
    wider = as_large(params, **own)
    return found | {LARGE: partial(GatedNet, "none", wider=wider, **own)}


def measure(settings: Settings, seed: int, lab):
    """One seed: the accuracy of every arm."""
    train, _ = settings.pictures(seed)
    built = nets(settings.width, train.shape[0], len(train.classes))
    for arm, build in built.items():
        found = lab.train(arm, build, settings, seed)
        yield {
            "arm": arm,
            "seed": seed,
            "params": parameters(found.net),
            "accuracy": found.accuracy,
        }


def points(rows, arm: str) -> list[float]:
    """Its accuracy in percent, a number a seed."""
    return per_seed(
        rows, lambda row: 100 * row["accuracy"], lambda r: r["arm"] == arm
    )


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Each pair, seed by seed."""
    found = []
    for ours, theirs, claim in PAIRS:
        ahead = gain(points(rows, ours), points(rows, theirs))
        found.append(compared(claim, ahead, ".2f"))
    return found


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each arm."""
    lines = []
    for arm in ARMS:
        params = next(r["params"] for r in rows if r["arm"] == arm)
        accuracy = f"{percent(points(rows, arm)):.1f}"
        lines.append([arm, f"{params:,}", accuracy])
    return Table(["gate", "weights", "test accuracy, %"], lines)


@styled
def draw(rows: list[dict], settings: Settings) -> Figure:
    """How far ahead each is, with its interval; the paper's as a ring."""
    figure, axes = canvas(4.8, 2.9)
    for line, (ours, theirs, _) in enumerate(PAIRS):
        ahead = gain(points(rows, ours), points(rows, theirs))
        axes.plot(
            [ahead.low, ahead.high], [line, line], color=LIGHT["blue"], lw=2
        )
        axes.plot(ahead.mean, line, "o", color=LIGHT["blue"], ms=6)
    axes.axvline(0, color=LIGHT["soft"], linewidth=1, zorder=0)
    names = [f"{ours}\nagainst {theirs}" for ours, theirs, _ in PAIRS]
    axes.set_yticks(range(len(PAIRS)), names)
    axes.set(xlabel="percentage points ahead", ylim=(len(PAIRS) - 0.5, -0.5))
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    said = "; ".join(f"{f.claim}: {f.reason}" for f in judge(rows, settings))
    return Figure(figure, f"Paired differences with their intervals. {said}")
