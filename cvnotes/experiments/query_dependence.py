"""Does a trained non-local block look elsewhere from another place?

Cao, Xu, Lin, Wei, Hu, "GCNet: Non-local Networks Meet Squeeze-Excitation
Networks and Beyond", 2019, arXiv 1904.11492, found that trained maps hardly
depend on the place that asks. Here a small net learns digits, and the cue
"far" of two marks 16 pixels apart. In bits, how far do the maps of one
picture's places differ, and how far those of one place in all pictures?
Said before the run: they hardly depend on the place if the first is less
than half of the second, and if giving all places of a picture the mean of
their maps loses less than 1 point of accuracy.

Four more numbers are a control, added after the first run and judged by
nothing: how widely a place looks; the accuracy where all maps are made flat,
so that each place takes the plain mean; that without the block; and that of
a net which learned the digits with flat maps.
"""

from dataclasses import dataclass, replace
from functools import partial

import torch
from torch import nn

from cvnotes import plots
from cvnotes.cost import at_least_one
from cvnotes.experiments.asking_net import (
    AskingNet,
    FlatLook,
    OneLook,
    bits_of_a_map,
    bits_of_the_picture,
    bits_of_the_place,
    flat_net,
    settled,
    standing_in,
)
from cvnotes.experiments.interval import (
    Interval,
    gain,
    interval,
    per_seed,
    percent,
    verdict,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.result import Finding, Table
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training
from cvnotes.train import evaluate

CLAIM = (
    "Where a place of a trained non-local block looks hardly depends on the "
    "place: its maps are almost the same for all places of a picture."
)
SEEDS = 5
HALF, MARGIN = 0.5, 1  # of the bits of the picture; percentage points
INSTEAD = {"one look": OneLook, "flat": FlatLook, "no block": nn.Identity}
BITS = {
    "place": "bits of the place",
    "picture": "bits of the picture",
    "entropy": "entropy of a map",
}
RIGHT = {
    "accuracy": "right, %",
    "one look": "with one map, %",
    "flat": "with a flat map, %",
    "no block": "without the block, %",
    "learned flat": "learned with a flat map, %",
}


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """The net's width, how many pictures look, and what ``also`` is learned.

    ``drawn`` is how many training pictures each of ``also`` has.
    """

    also: tuple[str, ...] = ("far",)
    images: int | None = 600
    drawn: int = 1500
    epochs: int = 10
    batch: int = 25
    width: int = 12
    looks: int = 256

    def __post_init__(self):
        counts = {"width": self.width, "looks": self.looks}
        at_least_one(drawn=self.drawn, **counts)

    @property
    def tasks(self) -> tuple[str, ...]:
        """All that is learned, each by a net of its own."""
        return (self.data, *self.also)


QUICK = Settings()
FULL = Settings(**{**PAPER, "epochs": 60}, also=(), width=64, looks=1024)
run = partial(conduct, "query_dependence")
recorded = partial(read, "query_dependence")


def measure(settings: Settings, seed: int, lab):
    """One seed: both tasks, before and after training."""
    for task in settings.tasks:
        own = settings
        if task in settings.also:
            own = replace(settings, data=task, images=settings.drawn)
        train, test = own.pictures(seed)
        channels, side, _ = train.shape
        plan = (channels, len(train.classes), side, settings.width)
        build = partial(AskingNet, *plan)
        images = _first(test, settings.looks)
        torch.manual_seed(seed)
        fresh = settled(build(), _first(train, settings.looks))
        yield {
            "task": task,
            "seed": seed,
            **_bits("untrained", fresh, images),
        }
        found = lab.train(task, build, own, seed)
        net = found.net.cpu().eval()
        told = {"accuracy": found.accuracy, **_instead(net, test)}
        if task == settings.data:
            plain = partial(flat_net, *plan)
            learned = lab.train(f"{task} with flat maps", plain, own, seed)
            told["learned flat"] = learned.accuracy
        yield {
            **{"task": task, "seed": seed},
            **_bits("trained", net, images),
            **told,
        }


def _instead(net, test):
    """The accuracy with something else where the block stands."""
    found = {}
    for name, kind in INSTEAD.items():
        with standing_in(net, kind):
            _, found[name] = evaluate(net, test)
    return found


def _first(pictures, count):
    chosen = range(min(count, len(pictures)))
    return torch.stack([pictures[i][0] for i in chosen])


@torch.no_grad()
def _bits(state, net, images):
    looks = net.weights(images)
    return {
        "state": state,
        "place": bits_of_the_place(looks),
        "picture": bits_of_the_picture(looks),
        "entropy": bits_of_a_map(looks),
    }


def numbers(rows, task: str, what, state: str = "trained") -> list[float]:
    """A number a seed; ``what`` is a key of a row, or reads the row."""
    take = what if callable(what) else lambda row: row[what]
    wanted = (task, state)
    return per_seed(
        rows, take, lambda row: (row["task"], row["state"]) == wanted
    )


def share(row: dict) -> float:
    """The bits of the place over the bits of the picture."""
    return row["place"] / row["picture"]


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Less than half, and nothing lost by looking all alike."""
    found = []
    for task in settings.tasks:
        part = interval(numbers(rows, task, share))
        found.append(
            Finding(
                f"{task}: two places differ less than half as much as two "
                "pictures",
                verdict(_below(part, HALF)),
                f"{part:.2f} of it, the mean of each net's own ratio",
            )
        )
        lost = gain(
            *(numbers(rows, task, w) for w in ("accuracy", "one look"))
        ).scaled(100)
        found.append(
            Finding(
                f"{task}: one map for all places loses less than {MARGIN} "
                "point",
                verdict(_below(lost, MARGIN)),
                f"it loses {lost:.1f} percentage points",
            )
        )
    return found


def _below(found, most):
    return Interval(most - found.mean, most - found.high, most - found.low)


def table(rows: list[dict], settings: Settings) -> Table:
    """A column for each task, before and after training."""
    nets = [
        (task, state)
        for task in settings.tasks
        for state in ("untrained", "trained")
    ]
    when = {"untrained": "before", "trained": "after"}  # short, for a phone
    head = ["what", *(f"{task}, {when[state]}" for task, state in nets)]
    lines = [
        [name, *(_cell(rows, *net, what) for net in nets)]
        for what, name in {**BITS, **RIGHT}.items()
    ]
    return Table(head, lines)


def _cell(rows, task, state, what):
    """A number and its interval, where this net has it."""
    wanted = (task, state)
    if any(
        what not in row
        for row in rows
        if (row["task"], row["state"]) == wanted
    ):
        return "–"
    found = numbers(rows, task, what, state)
    if what in BITS:
        return f"{interval(found):.3f}"
    return f"{percent([100 * share for share in found]):.1f}"


def draw(rows: list[dict], settings: Settings):
    """The bits of the place over those of the picture, seed by seed."""
    return plots.shares(
        {
            f"{task}, {state}": numbers(rows, task, share, state)
            for task in settings.tasks
            for state in ("untrained", "trained")
        },
        "How much the place that asks decides, over how much the picture "
        "does, a dot for each seed",
        x="bits of the place / bits of the picture",
        mark=(HALF, "half"),
    )
