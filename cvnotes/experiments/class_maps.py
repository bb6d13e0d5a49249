"""The mean of a map as a score: does it find a digit at a new place?

Lin, Chen, Yan, "Network In Network", arXiv 1312.4400, section 3.2: global
average pooling sums out spatial information, so it is more robust to where
things are, and makes each map one of confidence in its class. Here digits
stand on the left of a canvas in training, and on the right in the test.
The rival has a fully connected layer over its last maps in place of the
means, and about as many parameters; the means have more multiply-adds.
Then two digits stand on one larger canvas, and a class map is asked where
it is highest: on the digit of its class, or on the other?

The net of the page learns from bent digits at every place of a canvas of
16×16, from seed 0. Of the test forms' digits it reads 97 in 100, on canvases
of 16, 20 and 24. This trains it again, and writes it where the page looks:

    python -m cvnotes.experiments.class_maps
"""

from dataclasses import dataclass, replace
from functools import partial

import torch

from cvnotes.data import Pictures
from cvnotes.experiments.bent import bent
from cvnotes.experiments.finder import Finder, on_own
from cvnotes.experiments.interval import gain, percent, verdict
from cvnotes.experiments.lab import Lab, conduct
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.placed import NEW, SEEN, pairs, placed
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.shipped_maps import keep, trained
from cvnotes.experiments.slopes import slopes
from cvnotes.experiments.training import Training
from cvnotes.train import evaluate

__all__ = ["recorded", "run", "trained"]

CLAIM = (
    "A net that ends in global average pooling reads a digit at places "
    "where none stood in training, and the map of a class is highest on "
    "the digit of that class."
)
SEEDS = 5
HEADS = ("gap", "fc")
EVERYWHERE = (0.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """Digits on canvases, as many as fill these steps of training."""

    images: int | None = None
    epochs: int = 8
    batch: int = 16
    rate: float = 0.03
    steps: int = 960
    columns: tuple[float, float] = SEEN

    def alone(self, seed: int) -> tuple[Pictures, Pictures]:
        """The pictures as they are, before they are put on a canvas."""
        train, test = super().pictures(seed)
        if not isinstance(train, Pictures):
            raise ValueError(
                f"data={self.data!r} is read from the disk, and canvases "
                f"are made in memory; use digits or a drawn cue"
            )
        return train, test

    def pictures(self, seed: int):
        """To learn from: there; to be tested on: at new places."""
        train, test = self.alone(seed)
        copies = self.steps * self.batch / self.epochs / len(train)
        many = bent(train, max(1, round(copies)), seed)
        return placed(many, self.columns, seed), placed(test, NEW, seed)


QUICK = Settings()
FULL = Settings(epochs=8, steps=6000)
run = partial(conduct, "class_maps")
recorded = partial(read, "class_maps")


def measure(settings: Settings, seed: int, lab):
    """One seed: both heads, at old and new places, and on two digits."""
    _, test = settings.alone(seed)
    for head in HEADS:
        (channels, side, _), classes = test.shape, len(test.classes)
        build = partial(Finder, channels, classes, head, 2 * side)
        found = lab.train(head, build, settings, seed)
        _, seen = evaluate(found.net, placed(test, SEEN, seed))
        yield {
            "head": head,
            "seed": seed,
            "params": parameters(found.net),
            "seen": seen,
            "new": found.accuracy,
            "own": own_share(found.net, test, seed),
        }


@torch.no_grad()
def own_share(net: Finder, test: Pictures, seed: int) -> float:
    """How often, of two digits, the map of a class is highest on its own."""
    canvases, classes, begins = pairs(test, seed)
    maps = net.class_maps(canvases)
    own = on_own(maps, classes, begins, test.shape[-1])
    return own.double().mean().item()


def shares(rows, head: str, what: str) -> list[float]:
    """A number a seed, in percent."""
    return [100 * row[what] for row in rows if row["head"] == head]


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Better than the rival at new places; better than chance with two."""
    ahead = gain(*(shares(rows, head, "new") for head in HEADS))
    own = percent(shares(rows, "gap", "own"))
    return [
        compared(
            "at new places more accurate than with a fully connected layer",
            ahead,
        ),
        Finding(
            "of two digits, the map of a class is highest on its own",
            verdict(own, 50),
            f"in {own:.1f} % of the maps; without a choice, in 50 %",
        ),
    ]


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each head."""
    names = {"gap": "global average pooling", "fc": "fully connected"}
    size = {row["head"]: f"{row['params']:,}" for row in rows}
    lines = [
        [
            names[head],
            size[head],
            *(
                f"{percent(shares(rows, head, what)):.1f}"
                for what in ("seen", "new", "own")
            ),
        ]
        for head in HEADS
    ]
    columns = ["head", "parameters", "test %, places of training"]
    return Table([*columns, "test %, new places", "map on its own %"], lines)


def draw(rows: list[dict], settings: Settings):
    """Accuracy at places of training and at new ones, for both heads."""
    names = {"gap": "mean", "fc": "fully\nconnected"}
    cases = {"seen": "places of training", "new": "new places"}
    ends = {
        name: {
            case: percent(shares(rows, head, what))
            for what, case in cases.items()
        }
        for head, name in names.items()
    }
    chance = 100 / len(settings.alone(0)[1].classes)
    return slopes(
        ends,
        "Test accuracy where digits stood in training and where none stood, "
        "for the mean of each map and for a fully connected layer",
        y="test accuracy, %",
        level=(chance, f"chance, {chance:.0f} %"),
    )


def main():
    """Train the net of the page again, and write it."""
    settings = replace(FULL, columns=EVERYWHERE)
    found = Lab("cpu").train("maps", partial(Finder, 1, 10), settings, 0)
    keep(found.net)
    print(f"{100 * found.accuracy:.1f} % of the test forms' digits")


if __name__ == "__main__":
    main()
