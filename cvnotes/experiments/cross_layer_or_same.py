"""Does it help to ask other layers, and are they less redundant?

Ye et al., arXiv 2005.09153: within one layer all receptive fields are of one
size and overlap; responses from earlier layers bring fields of other sizes.
Here the last stage of a small net asks itself twice, or the two stages
before it, or is made deeper, with as many weights to within one percent.

Colour pictures whose class is in one place, or in two, with more time:

    python -m cvnotes run cross_layer_or_same --set data=local also=far \
        images=4000 epochs=40
"""

from dataclasses import dataclass, replace
from functools import cache, partial
from statistics import fmean

import torch
from torch.utils.flop_counter import FlopCounterMode

from cvnotes.cost import at_least_one, overlap
from cvnotes.experiments.asked import each_once
from cvnotes.experiments.cross_layer_figures import bars
from cvnotes.experiments.cross_layer_nets import (
    ARMS,
    AskingNet,
    alike,
    fields,
    nearest_hidden,
    parameters,
)
from cvnotes.experiments.interval import (
    gain,
    interval,
    per_seed,
    percent,
    verdict,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training

CLAIM = (
    "Attention within one layer is redundant, since receptive fields "
    "overlap; across layers it is less so, and works better."
)
SEEDS = 5


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """``also`` is more data to try, ``hidden`` the width across layers."""

    also: tuple[str, ...] = ()
    images: int | None = 150
    width: int = 8
    hidden: int = 16

    def __post_init__(self):
        at_least_one(width=self.width, hidden=self.hidden)
        each_once(data=(self.data, *self.also))


QUICK = Settings()
FULL = Settings(**PAPER, also=(), width=32, hidden=64)
run = partial(conduct, "cross_layer_or_same")
recorded = partial(read, "cross_layer_or_same")


@cache
def nets(settings: Settings, shape, classes: int) -> dict:
    """Each arm's net, all with as many weights as the one across layers."""
    own = {"width": settings.width, "num_classes": classes}
    own["in_channels"] = shape[0]
    size = parameters("across", settings.hidden, **own)
    return {
        arm: partial(AskingNet, arm, nearest_hidden(arm, size, **own), **own)
        for arm in ARMS
    }


def measure(settings: Settings, seed: int, lab):
    """One seed: each net's accuracy, and how alike what it hears is."""
    for name in (settings.data, *settings.also):
        one = replace(settings, data=name)
        train, test = one.pictures(seed)
        plan = nets(one, train.shape, len(train.classes))
        shown = torch.stack([test[i][0] for i in range(min(200, len(test)))])
        for arm, build in plan.items():
            found = lab.train(f"{name} {arm}", build, one, seed)
            net = found.net.cpu().float().eval()
            with torch.no_grad():
                query, heard = net.heard(shown)
            yield {
                **{"data": name, "arm": arm, "seed": seed},
                "params": sum(p.numel() for p in net.parameters()),
                "macs": work(build, train.shape),
                "accuracy": found.accuracy,
                "alike": alike(query, heard),
                "overlap": shared(arm, train.shape[1]),
            }


def work(build, shape) -> int:
    """Multiply-adds for one picture."""
    with torch.device("meta"), FlopCounterMode(display=False) as counter:
        build().eval()(torch.zeros(1, *shape))
    return counter.get_total_flops() // 2


@cache
def shared(arm: str, pixels: int) -> float | None:
    """Mean overlap of a query's field and of those that it asks."""
    if arm == "deeper":
        return None
    *early, query = fields()
    asked = early if arm == "across" else [query]
    return fmean(mean_overlap(query, one, pixels) for one in asked)


def mean_overlap(one, other, pixels: int) -> float:
    """Over all pairs of places, one of each layer."""
    first, second = (
        [f.span(i, pixels) for i in range(-(-pixels // f.jump))]
        for f in (one, other)
    )
    return fmean(
        overlap((a, b), (c, d))
        for a in first
        for b in first
        for c in second
        for d in second
    )


def points(rows, arm: str, key: str, data) -> list[float]:
    """A number a seed: the mean over these data."""
    return per_seed(
        rows,
        lambda row: row[key],
        lambda row: row["arm"] == arm and row["data"] in data,
    )


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Overlap, likeness, and accuracy against both rivals."""
    data = settings.data, *settings.also
    of = {
        key: {
            arm: points(rows, arm, key, data)
            for arm in ARMS
            if key != "overlap" or arm != "deeper"
        }
        for key in ("overlap", "alike", "accuracy")
    }
    less = gain(of["overlap"]["same"], of["overlap"]["across"])
    apart = gain(of["alike"]["same"], of["alike"]["across"])
    found = [
        Finding(
            "across layers the receptive fields overlap less",
            verdict(less),
            f"by {less.mean:.2f} of their union, computed",
        ),
        Finding(
            "across layers what is heard is less like what is known",
            verdict(apart),
            f"CKA is lower by {apart:.2f}",
        ),
    ]
    for arm in ("same", "deeper"):
        right = of["accuracy"]
        ahead = gain(right["across"], right[arm]).scaled(100)
        found.append(
            compared(f"more accurate than a net that {SAID[arm]}", ahead)
        )
    return found


SAID = {"same": "asks its own layer", "deeper": "is deeper and asks nobody"}


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each net and each kind of pictures."""
    lines = []
    for name in (settings.data, *settings.also):
        for arm, said in ARMS.items():
            one = next(
                r for r in rows if (r["data"], r["arm"]) == (name, arm)
            )
            of = partial(points, rows, arm, data=(name,))
            right = percent([100 * x for x in of("accuracy")])
            like = interval(of("alike"))
            lap = "–" if one["overlap"] is None else f"{one['overlap']:.2f}"
            lines.append(
                [
                    f"{name}: {said}" if settings.also else said,
                    f"{one['macs'] / 1e6:.2f} M",
                    f"{right:.1f}",
                    lap,
                    f"{like:.2f}",
                ]
            )
    # Weights are equal; short heads, so that a phone shows all of it.
    head = ["net", "work", "test, %", "overlap", "CKA"]
    return Table(head, lines)


def draw(rows: list[dict], settings: Settings):
    """Accuracy and likeness of each arm, seed by seed."""
    data = settings.data, *settings.also
    panels = {
        label: {
            said: [scale * value for value in points(rows, arm, key, data)]
            for arm, said in ARMS.items()
        }
        for key, label, scale in (
            ("accuracy", "test accuracy, %", 100),
            ("alike", "CKA with the query", 1),
        )
    }
    return bars(
        panels,
        "Test accuracy, and how like the query what is heard is, for nets "
        "that ask their own layer, earlier layers, or nobody",
    )
