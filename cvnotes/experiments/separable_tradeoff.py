"""Does it cost accuracy to take space and channels apart, and what is saved?

Howard et al., arXiv 1704.04861, Table 4: 1.1 points for 8.55 times fewer
multiply-adds. Chollet, arXiv 1610.02357, section 4.7: better without a
nonlinearity in between. Here one net has full layers, layers in 4 groups,
or separable ones, at equal width and at equal multiply-adds ("equal
work"). Bare is a separable layer without the ReLU between its halves. And
layers of MobileNet are timed, since a multiply-add is not a second.
"""

from dataclasses import dataclass
from functools import cache, partial
from statistics import median

import torch
from torch.utils.flop_counter import FlopCounterMode

from cvnotes.experiments import separable_figures, separable_time
from cvnotes.experiments.interval import (
    gain,
    interval,
    per_seed,
    percent,
    verdict,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.separable_nets import SeparableNet
from cvnotes.experiments.separable_time import dearer, seen
from cvnotes.experiments.training import PAPER, Training

CLAIM = (
    "Space and channels can be taken apart without harm at equal cost, with "
    "great harm at equal width, and time falls as multiply-adds do."
)
SEEDS = 4
# Said before anything was trained: points that are a great loss, and the
# part of what is saved that has to be seen in time.
GREAT, SEEN = 2, 0.9
ARMS = {
    "full": "full",
    "grouped": "in 4 groups",
    "separable": "separable",
    "separable, bare": "separable, bare",
    "matched": "equal work",
    "matched, bare": "equal work, bare",
}


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """Widths of the full net; the others have these too, or its work.

    Layers are timed with ``samples`` samples and nets with eight batches of
    pictures, in so many ``rounds``.
    """

    images: int | None = 200
    epochs: int = 10
    widths: tuple[int, ...] = (4, 8, 16)
    stages: tuple[int, ...] = (1, 2, 2)
    samples: int = 1
    rounds: int = 7


QUICK = Settings()
FULL = Settings(**PAPER, widths=(16, 32, 64), stages=(3, 3, 3), samples=8)
run = partial(conduct, "separable_tradeoff")
recorded = partial(read, "separable_tradeoff")


@cache
def nets(settings: Settings, shape, classes: int) -> dict:
    """(arm, width of the full net): how to build the net, and its work."""
    own = {"stages": settings.stages, "in_channels": shape[0]}
    own["num_classes"] = classes
    found = {}
    for width in settings.widths:
        for arm in ARMS:
            build = partial(
                SeparableNet, arm.replace("matched", "separable"), **own
            )
            if arm == "matched":
                own_work = found["full", width][1]
                as_hard = nearest_width(build, own_work, shape)
            matched = arm.startswith("matched")
            build = partial(build, width=as_hard if matched else width)
            found[arm, width] = build, work(build, shape)
    return found


def work(build, shape) -> int:
    """Multiply-adds for one picture; the net is built without memory."""
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        build().eval()(torch.zeros(1, *shape))
    return counter.get_total_flops() // 2


def nearest_width(build, macs: int, shape) -> int:
    """The width at which a net multiplies and adds as often as that."""

    def at(width):
        return work(partial(build, width=width), shape)

    low, high = 0, 1
    while at(high) < macs:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if at(middle) < macs else (low, middle)
    return min(max(1, low), high, key=lambda width: abs(at(width) - macs))


def measure(settings: Settings, seed: int, lab):
    """One seed: every net's accuracy and time; the layers' time."""
    train, _ = settings.pictures(seed)
    built = nets(settings, train.shape, len(train.classes))
    device = settings.machine(lab.device).accelerator().device
    trained = {
        key: lab.train(f"{key[0]} {key[1]}", build, settings, seed)
        for key, (build, _) in built.items()
    }
    many = torch.randn(8 * settings.batch, *train.shape, device=device)
    seconds = _seconds(trained, many, settings.rounds)
    for (arm, width), found in trained.items():
        yield {
            **{"arm": arm, "width": width, "seed": seed},
            "macs": built[arm, width][1],
            "params": parameters(found.net),
            "accuracy": found.accuracy,
            "microseconds": 1e6 * seconds[arm, width] / len(many),
        }
    repeats = settings.samples, settings.rounds
    for row in separable_time.layers(*repeats, device):
        yield {**row, "seed": seed}


def _seconds(trained, pictures, rounds):
    """For all of these pictures, each net in its turn."""
    calls = {
        key: partial(run.net.to(pictures.device).eval(), pictures)
        for key, run in trained.items()
    }
    return separable_time.in_turns(calls, rounds, pictures.device)


def points(rows, arm: str, widths) -> list[float]:
    """A number a seed: the mean accuracy over these widths, in percent."""
    return per_seed(
        rows,
        lambda row: 100 * row["accuracy"],
        lambda row: row.get("arm") == arm and row["width"] in widths,
    )


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Accuracy at equal cost and at equal width, time, and the ReLU."""
    of = {arm: points(rows, arm, settings.widths) for arm in ARMS}
    ahead = gain(of["matched"], of["full"])
    lost = gain(of["full"], of["separable"])
    bare = gain(of["separable, bare"], of["separable"])
    share, price = interval(seen(rows)), interval(dearer(rows))
    return [
        compared("at equal multiply-adds separable is more accurate", ahead),
        Finding(
            f"at equal width it loses more than {GREAT} points",
            verdict(lost, GREAT),
            f"it loses {lost:.1f} percentage points",
        ),
        Finding(
            "in every layer time falls as multiply-adds do",
            verdict(share, SEEN),
            f"of the factor saved, the least that is seen in time is "
            f"{share:.2f}; {SEEN} was asked for",
        ),
        Finding(
            "a depthwise multiply-add takes longer than a pointwise one",
            verdict(price, 1),
            f"{price:.1f} times as long",
        ),
        compared("it is more accurate without a ReLU in between", bare),
    ]


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each net."""
    lines = []
    for width in settings.widths:
        for arm, name in ARMS.items():
            here = _of(rows, arm, width)
            found = percent(points(rows, arm, [width]))
            lines.append(
                [
                    f"{name}, {width}",
                    f"{here[0]['macs'] / 1e3:.1f} k",
                    f"{found:.1f}",
                    f"{median(row['microseconds'] for row in here):.1f}",
                ]
            )
    # Short, so that all of it is in sight on a phone.
    head = ["net, width", "multiply-adds", "test, %", "µs"]
    return Table(head, lines)


def _of(rows, arm, width):
    return [r for r in rows if (r.get("arm"), r.get("width")) == (arm, width)]


def draw(rows: list[dict], settings: Settings):
    """Accuracy against multiply-adds, and against time."""
    lines = {
        name: [
            (
                _of(rows, arm, width)[0]["macs"],
                median(r["microseconds"] for r in _of(rows, arm, width)),
                percent(points(rows, arm, [width])),
            )
            for width in settings.widths
        ]
        for arm, name in ARMS.items()
    }
    return separable_figures.trade(
        lines,
        "Test accuracy against multiply-adds, and against time, for nets "
        "with full, grouped and separable layers",
    )
