"""The net inside the page: a DenseNet-BC that reads handwritten digits.

It learns from bent copies of the digits' training forms and is tested on
the other forms. ``trained()`` is the net that the widget has: k = 4, two
blocks of 3 layers, seed 2, every number rounded to 16 bits; the chapter
``inside`` computes its accuracy. Of the seeds 0, 1 and 2 it is the one that
read most of some digits drawn with a mouse. This trains it again (in a
minute or two), and writes it where the widget looks:

    python -m cvnotes.experiments.inside
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from cvnotes.cost import at_least_one
from cvnotes.data import Pictures
from cvnotes.densenet import DenseNet
from cvnotes.experiments import figures
from cvnotes.experiments.asked import counts
from cvnotes.experiments.bent import bent
from cvnotes.experiments.interval import gain, percent
from cvnotes.experiments.lab import Lab, conduct
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.shipped import keep, trained
from cvnotes.experiments.training import Training

__all__ = ["net", "recorded", "run", "trained"]

CLAIM = (
    "A small DenseNet-BC reads unseen hands better when it has learned "
    "from bent copies of its digits."
)
SEEDS = 5
CHOSEN = 2  # the seed of the page's net
WAYS = ("bent", "as they are")


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """A plan, and how long it learns from how many pictures.

    ``images`` is one of the ``sizes`` when its turn comes.
    """

    INSTEAD: ClassVar = {"images": "sizes"}
    images: int | None = None
    epochs: int = 5
    batch: int = 64
    sizes: tuple[int, ...] = (100, 1000)
    steps: int = 150
    growth_rate: int = 4
    blocks: tuple[int, ...] = (3, 3)

    def __post_init__(self):
        counts(sizes=self.sizes)
        at_least_one(epochs=self.epochs, batch=self.batch, steps=self.steps)
        at_least_one(growth_rate=self.growth_rate)
        for layers in self.blocks:
            at_least_one(blocks=layers)

    def copies(self, pictures: Pictures) -> int:
        """How often each picture is shown in an epoch, to fill the steps."""
        a_copy = self.epochs * len(pictures) / self.batch
        return max(1, round(self.steps / a_copy))


@dataclass(frozen=True, kw_only=True)
class Bent(Settings):
    """The training pictures many times over, each time bent."""

    def pictures(self, seed: int):
        train, test = super().pictures(seed)
        if not isinstance(train, Pictures):
            raise ValueError(
                f"data={self.data!r} is read from the disk, and copies are "
                f"bent in memory; use digits or a drawn cue"
            )
        return bent(train, self.copies(train), seed), test


@dataclass(frozen=True, kw_only=True)
class Still(Settings):
    """The training pictures as many times over, as they are."""

    def pictures(self, seed: int):
        train, test = super().pictures(seed)
        again = train.kept.repeat(self.copies(train), 1, 1, 1)
        labels = train.labels.repeat(self.copies(train))
        kind = (train.classes, train.mean, train.std)
        return Pictures(again, labels, *kind), test


QUICK = Settings()
FULL = Settings(epochs=8, steps=4000, sizes=(100, 300, 1000))
run = partial(conduct, "inside")
recorded = partial(read, "inside")


def net(settings: Settings, in_channels: int = 1) -> DenseNet:
    """The net of these settings, not trained."""
    return DenseNet(
        settings.growth_rate,
        settings.blocks,
        num_init_features=2 * settings.growth_rate,
        num_classes=10,
        stem="cifar",
        in_channels=in_channels,
    )


def measure(settings: Settings, seed: int, lab):
    """One seed: the test accuracy for each size, bent and as they are."""
    for size in settings.sizes:
        for way, kind in zip(WAYS, (Bent, Still)):
            here = kind(**vars(replace(settings, images=size)))
            channels = here.pictures(seed)[1].shape[0]
            build = partial(net, here, channels)
            found = lab.train(f"{way} {size}", build, here, seed)
            yield {
                "way": way,
                "images": size,
                "seed": seed,
                "accuracy": found.accuracy,
                "loss": found.loss,
            }


def accuracies(rows, way: str, size: int) -> list[float]:
    """A number a seed, in percent."""
    return [
        100 * row["accuracy"]
        for row in rows
        if (row["way"], row["images"]) == (way, size)
    ]


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """At each size, seed by seed."""
    found = []
    for size in settings.sizes:
        ahead = gain(*(accuracies(rows, way, size) for way in WAYS))
        found.append(compared(f"more accurate, from {size} pictures", ahead))
    return found


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each number of pictures."""
    lines = [
        [
            str(size),
            *(f"{percent(accuracies(rows, way, size)):.1f}" for way in WAYS),
        ]
        for size in settings.sizes
    ]
    head = ["training pictures", *(f"{way}, test %" for way in WAYS)]
    return Table(head, lines)


def draw(rows: list[dict], settings: Settings):
    """Test accuracy against the number of training pictures."""
    lines = {
        way: [
            (size, percent(accuracies(rows, way, size)))
            for size in settings.sizes
        ]
        for way in WAYS
    }
    return figures.curves(
        lines,
        "Test accuracy against the number of training pictures, for bent "
        "copies and for the pictures as they are",
        x="training pictures",
        y="test accuracy, %",
        log="x",
    )


def main():
    """Train the widget's net again, and write it."""
    settings = Bent(**vars(replace(FULL, images=None)))
    build = partial(net, settings)
    found = Lab("cpu").train("inside", build, settings, CHOSEN)
    keep(found.net)
    print(f"{100 * found.accuracy:.1f} % of the test forms' digits")


if __name__ == "__main__":
    main()
