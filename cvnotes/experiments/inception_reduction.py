"""Cost falls and accuracy does not: is a 1×1 in front of a kernel free?

Szegedy et al., "Going Deeper with Convolutions", arXiv 1409.4842, section
4, puts it before the 3×3 and the 5×5. Szegedy et al., "Rethinking the
Inception Architecture for Computer Vision", arXiv 1512.00567, section 2,
advises against narrow places, above all early ones, and calls its advice
speculative. Here nets with and without meet, once at equal multiply-adds
and once at equal widths, where only the two reductions are left out; the
paper's Figure 2(a) has no 1×1 behind the pooling either. Then the reduction
is made harder; then all maps go through a few channels, once early and once
late.
"""

from dataclasses import dataclass
from functools import partial
from statistics import fmean

from cvnotes.cost import at_least_one
from cvnotes.experiments.asked import each_once
from cvnotes.experiments.inception_figure import shares_figure
from cvnotes.experiments.inception_nets import (
    averaged_again,
    cut_net,
    equal_unit,
    multiply_adds,
    net,
    straight,
)
from cvnotes.experiments.interval import (
    gain,
    lead,
    per_seed,
    percent,
    verdict,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training
from cvnotes.pointwise import Inception
from cvnotes.train import evaluate

CLAIM = (
    "A 1×1 that narrows the maps before a costly kernel lowers the cost and "
    "not the accuracy."
)
SEEDS = 5
MARGIN = 2  # percentage points that count as no loss


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """Nets as wide as ``unit``, and the shares that a reduction leaves.

    The net that is compared leaves ``share``; ``rank`` is that of the
    narrow place for all maps.
    """

    unit: int = 6
    stages: int = 2
    share: float = 0.25
    shares: tuple[float, ...] = (1 / 24, 1 / 8, 1 / 4)
    rank: int = 3

    def __post_init__(self):
        at_least_one(unit=self.unit, stages=self.stages, rank=self.rank)
        each_once(shares=self.shares)
        for share in (self.share, *self.shares):
            if not 0 < share <= 1:
                raise ValueError(
                    f"share={share} is no part of the channels; use a number "
                    f"above 0 and up to 1"
                )
        if self.stages < 2:
            raise ValueError(
                f"stages={self.stages} has no late place beside the early "
                f"one; use 2 or more"
            )


QUICK = Settings()
FULL = Settings(**PAPER, unit=16, stages=3)
run = partial(conduct, "inception_reduction")
recorded = partial(read, "inception_reduction")


def nets(settings: Settings, shape, classes):
    """Every net: its design, the share it keeps, and how to build it."""
    shape = tuple(shape)
    build = partial(
        net, shape, len(classes), 8 * settings.unit, settings.stages
    )
    usual = partial(build, unit=settings.unit)
    ours = partial(usual, share=settings.share)
    macs = multiply_adds(ours, shape)
    figure_2a = partial(build, module=partial(Inception, reduce=False))
    narrow = equal_unit(figure_2a, shape, macs)
    for share in sorted({settings.share, *settings.shares}):
        yield "reduced", share, partial(usual, share=share)
    yield "equal cost", None, partial(figure_2a, unit=narrow)
    yield "equal widths", None, partial(usual, module=straight)
    yield "Figure 2a", None, partial(figure_2a, unit=settings.unit)
    for name, stage in (("early", 0), ("late", settings.stages - 1)):
        there = {"squeezed": stage, "rank": settings.rank}
        yield name, settings.share, partial(ours, **there)


def measure(settings: Settings, seed: int, lab):
    """One seed: accuracy and cost; one net also with cut kernels."""
    train, test = settings.pictures(seed)
    for design, share, build in nets(settings, train.shape, train.classes):
        label = design if share is None else f"{design} {share:.3f}"
        found = lab.train(label, build, settings, seed)
        yield {
            "design": design,
            "share": share,
            "seed": seed,
            "macs": multiply_adds(build, tuple(train.shape)),
            "params": parameters(found.net),
            "accuracy": found.accuracy,
            "loss": found.loss,
        }
        if design == "equal widths":
            yield from _cuts(found.net, settings, seed, train, test)


def _cuts(found, settings, seed, train, test):
    """The same net, with kernels of less rank, and no further training."""
    for share in settings.shares:
        less, kept = cut_net(found, share)
        less = averaged_again(less, train)
        yield {
            "design": "cut",
            "share": share,
            "seed": seed,
            "kept": fmean(kept),
            "accuracy": evaluate(less, test)[1],
        }


def numbers(rows, design: str, share=None, what="accuracy") -> list[float]:
    """A number a seed, of one net."""
    return per_seed(
        rows,
        lambda row: row[what],
        lambda row: (row["design"], row["share"]) == (design, share),
    )


def cost_of(rows, design: str, share=None) -> int:
    """A net's multiply-adds, which no seed changes."""
    return next(
        row["macs"]
        for row in rows
        if (row["design"], row["share"]) == (design, share)
    )


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """At equal cost; at equal widths; with little left; early and late."""
    points = partial(_points, rows)
    ours = points("reduced", settings.share)
    least = min(settings.shares)
    found = [_equal_cost(rows, ours), _equal_widths(rows, ours, settings)]
    if least < settings.share:
        found.append(
            compared(
                f"1/{round(1 / least)} of the channels is too few",
                gain(ours, points("reduced", least)),
                who=f"with 1/{round(1 / settings.share)} ",
            )
        )
    late, early = (points(d, settings.share) for d in ("late", "early"))
    claim = f"rank {settings.rank} for all maps costs more early than late"
    return [*found, compared(claim, gain(late, early), who="late is ")]


def _points(rows, design, share=None):
    return [100 * x for x in numbers(rows, design, share)]


def _equal_cost(rows, ours):
    other = _points(rows, "equal cost")
    claim = "with reduction more accurate at equal multiply-adds"
    return compared(claim, gain(ours, other))


def _equal_widths(rows, ours, settings):
    lost = gain(_points(rows, "equal widths"), ours)
    share = cost_of(rows, "reduced", settings.share) / cost_of(
        rows, "equal widths"
    )
    return Finding(
        f"at equal widths within {MARGIN} points of the net without",
        verdict(lost.below(MARGIN)),
        f"without is {lead(lost)} percentage points, and with "
        f"reduction {share:.0%} of its multiply-adds remain",
    )


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each net that was trained."""
    lines = []
    for design, share in dict.fromkeys(
        (row["design"], row["share"]) for row in rows
    ):
        if design != "cut":
            found = percent(_points(rows, design, share))
            macs = f"{cost_of(rows, design, share) / 1000:,.0f} k"
            left = "all" if share is None else f"1/{round(1 / share)}"
            lines.append([design, left, macs, f"{found:.1f}"])
    head = ["net", "left", "multiply-adds", "test accuracy, %"]
    return Table(head, lines)


def draw(rows: list[dict], settings: Settings):
    """Accuracy against what a reduction leaves, and the nets without."""
    sweep = {
        design: [
            (share, percent(_points(rows, design, share)))
            for share in sorted(settings.shares)
        ]
        for design in ("reduced", "cut")
    }
    levels = {
        design: percent(_points(rows, design))
        for design in ("equal widths", "equal cost")
    }
    return shares_figure(sweep, levels)
