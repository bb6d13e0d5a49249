"""Do dense connections regularise? The gap between training and test.

Huang, Liu, van der Maaten, Weinberger, arXiv 1608.06993, section 3 says
that dense connections have a regularising effect, and section 4.3 that
DenseNets overfit less. Its own results without augmentation use dropout.
Here a DenseNet-BC meets a residual net of equal depth and parameters, with
neither dropout nor augmentation, on few pictures and on more.
"""

from dataclasses import dataclass
from functools import partial
from statistics import fmean

from cvnotes.cost import at_least_one
from cvnotes.densenet import densenet_cifar
from cvnotes.experiments import figures
from cvnotes.experiments.asked import three_blocks
from cvnotes.experiments.interval import (
    gain,
    interval,
    per_seed,
    percent,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import parameters, rival
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.sizes import Sizes
from cvnotes.experiments.training import PAPER
from cvnotes.train import evaluate

SAID = "smaller", "larger"
CLAIM = (
    "Dense connections regularise: on few pictures the gap between training "
    "and test is smaller than a ResNet's of equal parameters."
)
SEEDS = 5
DESIGNS = ("dense", "residual")


@dataclass(frozen=True, kw_only=True)
class Settings(Sizes):
    """How many training pictures to compare at, and the dense net."""

    sizes: tuple[int, ...] = (50, 100, 200, 400)
    steps: int = 80
    depth: int = 22
    growth_rate: int = 8

    def __post_init__(self):
        super().__post_init__()
        at_least_one(growth_rate=self.growth_rate)
        three_blocks(1, 6, depth=self.depth)


QUICK = Settings()
_BARE = {"pad": 0, "flip": False}  # augmentation would regularise too
FULL = Settings(
    **PAPER | _BARE | {"epochs": None},
    sizes=(2000, 5000, 10000, 20000, 50000),
    steps=60000,
    depth=40,
    growth_rate=12,
)
run = partial(conduct, "regularisation")
recorded = partial(read, "regularisation")


def nets(settings: Settings, shape, classes):
    """A DenseNet-BC, and a ResNet as deep and as large.

    Where DenseNet has a 1×1 and a 3×3 convolution, the ResNet has two of
    3×3. Equal are parameters, depth, pictures and steps; multiply-adds are
    not: the dense net has about three times as many.
    """
    own = {"in_channels": shape[0], "num_classes": len(classes)}
    ours = partial(
        densenet_cifar, settings.depth, settings.growth_rate, **own
    )
    yield "dense", ours
    size = parameters(ours())
    theirs = rival("residual", settings.depth, size, shape, classes)
    yield "residual", theirs


def measure(settings: Settings, seed: int, lab):
    """One seed: loss and accuracy on what was learned and on the test."""
    for size in settings.sizes:
        here = settings.at(size)
        train, _ = here.pictures(seed)
        for name, build in nets(here, train.shape, train.classes):
            found = lab.train(f"{name} {size}", build, here, seed)
            loss, accuracy = evaluate(found.net, train)
            yield {
                "design": name,
                "images": size,
                "seed": seed,
                "params": parameters(found.net),
                "train_loss": loss,
                "train_accuracy": accuracy,
                "test_loss": found.loss,
                "test_accuracy": found.accuracy,
            }


def gaps(rows, design: str, sizes) -> list[float]:
    """A number a seed: training accuracy less test accuracy, in points."""
    return per_seed(
        rows,
        lambda row: 100 * (row["train_accuracy"] - row["test_accuracy"]),
        lambda row: row["design"] == design and row["images"] in sizes,
    )


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """At the fewest pictures, and over all sizes."""
    found = []
    for sizes, where in (
        (settings.sizes[:1], f"on {settings.sizes[0]} pictures"),
        (settings.sizes, "over all sizes"),
    ):
        smaller = gain(*(gaps(rows, d, sizes) for d in DESIGNS[::-1]))
        found.append(compared(f"a smaller gap {where}", smaller, said=SAID))
    return found


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each number of pictures and each design."""
    lines = []
    for size in settings.sizes:
        for design in DESIGNS:
            here = [
                row
                for row in rows
                if (row["images"], row["design"]) == (size, design)
            ]
            test = percent([100 * row["test_accuracy"] for row in here])
            train = fmean(100 * row["train_accuracy"] for row in here)
            gap = interval(gaps(rows, design, [size]))
            lines.append(
                [
                    str(size),
                    design,
                    f"{train:.1f}",
                    f"{test:.1f}",
                    f"{gap:.1f}",
                ]
            )
    head = ["pictures", "net", "train, %", "test, %", "gap"]
    return Table(head, lines)


def draw(rows: list[dict], settings: Settings):
    """The gap against the number of training pictures."""
    lines = {
        design: [
            (size, interval(gaps(rows, design, [size])))
            for size in settings.sizes
        ]
        for design in DESIGNS
    }
    return figures.curves(
        lines,
        "The gap between training and test accuracy against the number of "
        "training pictures, for a dense and a residual net",
        x="training pictures",
        y="gap, percentage points",
        log="x",
    )
