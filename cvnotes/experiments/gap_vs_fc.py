"""Does a fully connected head overfit, and a global average less?

Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv 1312.4400, section
3.2: fully connected layers are prone to overfitting, and the mean of each
class's map has no parameter to overfit with. As in the paper's Table 5 the
head alone is changed: in place of the mean, one linear layer reads all
numbers of the last maps. It has more parameters, so one of its nets has a
narrower trunk, and as few in all; and one has dropout in front of it.
"""

from dataclasses import dataclass
from functools import partial
from statistics import fmean

from cvnotes.cost import at_least_one
from cvnotes.experiments import strips
from cvnotes.experiments.heads import DROPPED, FC, FEWER, HEADS, OURS, nets
from cvnotes.experiments.interval import (
    gain,
    interval,
    per_seed,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.sizes import Sizes
from cvnotes.experiments.training import PAPER
from cvnotes.train import evaluate

CLAIM = (
    "A fully connected head overfits: with a global average in its place "
    "the gap between training and test is smaller, and the test better."
)
SEEDS = 5


@dataclass(frozen=True, kw_only=True)
class Settings(Sizes):
    """The trunk, and how many training pictures; each gets ``steps``."""

    width: int = 24
    kernels: tuple[int, ...] = (3, 3)

    def __post_init__(self):
        super().__post_init__()
        at_least_one(width=self.width)
        if len(self.kernels) < 2:
            raise ValueError(
                f"kernels={self.kernels} is one mlpconv; use two or more"
            )


QUICK = Settings()
_BARE = {"pad": 0, "flip": False}  # augmentation would regularise too
FULL = Settings(
    **PAPER | _BARE | {"epochs": None},
    sizes=(2000, 5000, 10000, 20000, 50000),
    steps=60000,
    width=192,
    kernels=(5, 5, 3),
)
run = partial(conduct, "gap_vs_fc")
recorded = partial(read, "gap_vs_fc")


def measure(settings: Settings, seed: int, lab):
    """One seed: loss and accuracy on what was learned and on the test."""
    for size in settings.sizes:
        here = settings.at(size)
        train, _ = here.pictures(seed)
        for head, build in nets(
            here, train.shape, len(train.classes)
        ).items():
            found = lab.train(f"{head} {size}", build, here, seed)
            loss, accuracy = evaluate(found.net, train)
            yield {
                "head": head,
                "images": size,
                "seed": seed,
                "params": parameters(found.net),
                "train_loss": loss,
                "train_accuracy": accuracy,
                "test_loss": found.loss,
                "test_accuracy": found.accuracy,
            }


def _gap(row):
    return 100 * (row["train_accuracy"] - row["test_accuracy"])


def _test(row):
    return 100 * row["test_accuracy"]


def _train(row):
    return 100 * row["train_accuracy"]


def values(rows, quantity, head: str, sizes) -> list[float]:
    """A number a seed: its mean over these sizes, in points."""
    return per_seed(
        rows,
        quantity,
        lambda row: row["head"] == head and row["images"] in sizes,
    )


def gaps(rows, head: str, sizes) -> list[float]:
    """A number a seed: training accuracy less test accuracy."""
    return values(rows, _gap, head, sizes)


def tests(rows, head: str, sizes) -> list[float]:
    """A number a seed: accuracy on the test pictures."""
    return values(rows, _test, head, sizes)


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Over all sizes: the gap, and the test, against each other head."""
    found = []
    for head in (FC, FEWER, DROPPED):
        pair = head, OURS
        smaller = gain(*(gaps(rows, h, settings.sizes) for h in pair))
        text = f"a smaller gap than “{head}”"
        found.append(compared(text, smaller, said=("smaller", "larger")))
    for head in (FC, FEWER, DROPPED):
        pair = OURS, head
        ahead = gain(*(tests(rows, h, settings.sizes) for h in pair))
        found.append(compared(f"a better test than “{head}”", ahead))
    return found


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each number of pictures and each head."""
    lines = []
    for size in settings.sizes:
        for head in HEADS:
            pair = head, [size]
            train, test = (
                fmean(values(rows, kind, *pair)) for kind in (_train, _test)
            )
            gap = interval(gaps(rows, *pair))
            lines.append(
                [str(size), head, f"{train:.1f}", f"{test:.1f}", f"{gap:.1f}"]
            )
    return Table(["pictures", "head", "train, %", "test, %", "gap"], lines)


def draw(rows: list[dict], settings: Settings):
    """The gap against the number of training pictures."""
    curves = {
        head: [
            (size, interval(gaps(rows, head, [size])))
            for size in settings.sizes
        ]
        for head in HEADS
    }
    return strips.lines(
        curves,
        "The gap between training and test accuracy against the number of "
        "training pictures, for four heads on a trunk like NIN's",
        x="training pictures",
        y="gap, percentage points",
    )
