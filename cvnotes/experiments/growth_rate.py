"""Few maps a layer, few parameters: is a small growth rate enough?

Huang, Liu, van der Maaten, Weinberger, arXiv 1608.06993, sections 3 and 4.4
and Figure 4: at equal accuracy a DenseNet has about a third of a ResNet's
parameters. Here each DenseNet meets a plain net and a ResNet with as many
3×3 convolutions and, to a few percent, as many parameters.

The row "DenseNet, L = 40, k = 12" of the paper's Table 2, on a GPU:

    python -m cvnotes run growth_rate --preset full \\
        --set growth_rates=12 rivals=none
"""

from dataclasses import dataclass
from functools import partial

from cvnotes.experiments import figures
from cvnotes.experiments.asked import counts, each_once, three_blocks
from cvnotes.experiments.interval import (
    gain,
    lead,
    per_seed,
    percent,
    verdict,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import dense, parameters, refuse_rivals, rival
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training

CLAIM = (
    "A DenseNet needs fewer parameters than a plain net or a ResNet for the "
    "same accuracy, and a small growth rate is enough."
)
SEEDS = 5
SMALL, LARGE, MARGIN = 12, 24, 2  # growth rates, and percentage points


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """Growth rates to compare, in nets of this depth (no bottleneck)."""

    growth_rates: tuple[int, ...] = (4, 8, 12, 24)
    rivals: tuple[str, ...] = ("plain", "residual")
    depth: int = 13

    def __post_init__(self):
        counts(growth_rates=self.growth_rates)
        each_once(0, rivals=self.rivals)
        refuse_rivals(self.rivals)
        three_blocks(depth=self.depth)


QUICK = Settings()
FULL = Settings(**PAPER, depth=40)
run = partial(conduct, "growth_rate")
recorded = partial(read, "growth_rate")


def nets(settings: Settings, shape, classes):
    """Every design at every growth rate: name, k, and how to build it."""
    for k in settings.growth_rates:
        ours = dense(settings.depth, k, shape, classes)
        yield "dense", k, ours
        for name in settings.rivals:
            size = parameters(ours())
            yield name, k, rival(name, settings.depth, size, shape, classes)


def measure(settings: Settings, seed: int, lab):
    """One seed: each design's accuracy, and what it cost."""
    train, _ = settings.pictures(seed)
    for name, k, build in nets(settings, train.shape, train.classes):
        found = lab.train(f"{name} k={k}", build, settings, seed)
        yield {
            "design": name,
            "k": k,
            "seed": seed,
            "params": parameters(found.net),
            "accuracy": found.accuracy,
            "loss": found.loss,
        }


def accuracies(rows, design: str, rates) -> list[float]:
    """A number a seed: the mean accuracy over these growth rates."""
    return per_seed(
        rows,
        lambda row: row["accuracy"],
        lambda row: row["design"] == design and row["k"] in rates,
    )


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """More accurate at equal size; not much better with the largest k."""
    rates = settings.growth_rates
    ours = accuracies(rows, "dense", rates)
    found = []
    for name in settings.rivals:
        ahead = gain(ours, accuracies(rows, name, rates)).scaled(100)
        found.append(
            compared(
                f"more accurate than a {name} net of equal parameters", ahead
            )
        )
    if {SMALL, LARGE} <= {*rates}:
        found.append(_enough(rows))
    return found


def _enough(rows):
    large, small = (accuracies(rows, "dense", [k]) for k in (LARGE, SMALL))
    lost = gain(large, small).scaled(100)
    return Finding(
        f"k = {SMALL} is within {MARGIN} points of k = {LARGE}",
        verdict(lost.below(MARGIN)),
        f"k = {LARGE} is {lead(lost)} percentage points",
    )


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each net."""
    lines = [
        [
            design,
            str(k),
            f"{nearest(rows, design, k):,}",
            f"{percent(in_percent(rows, design, k)):.1f}",
        ]
        for k in settings.growth_rates
        for design in ("dense", *settings.rivals)
    ]
    return Table(["net", "k", "parameters", "test accuracy, %"], lines)


def in_percent(rows, design, k) -> list[float]:
    """The accuracies of the nets of this design and rate, seed by seed."""
    return [100 * right for right in accuracies(rows, design, [k])]


def nearest(rows, design, k) -> int:
    """The parameters of a net, which no seed changes."""
    return next(
        row["params"]
        for row in rows
        if (row["design"], row["k"]) == (design, k)
    )


def draw(rows: list[dict], settings: Settings):
    """Accuracy against parameters, a line for each design."""
    lines = {
        design: [
            (
                nearest(rows, design, k),
                percent(in_percent(rows, design, k)),
            )
            for k in settings.growth_rates
        ]
        for design in ("dense", *settings.rivals)
    }
    return figures.curves(
        lines,
        "Test accuracy against parameters for dense nets and their rivals",
        x="parameters",
        y="test accuracy, %",
        log="x",
    )
