"""Two marks far apart, of one colour or of two: which net can tell?

The net is that of ``placed_attention``: what comes last is a mean over all
places and one linear layer. On paper this much is sure. Let no unit of the
last maps see both marks. Then whatever the units have learned, the score is

    s(left, right) = a(left) + b(right) + c,

where c is what the ground says. Keep the ground, and let the colours vary:
s(blue, blue) + s(amber, amber) = s(blue, amber) + s(amber, blue). So not
both of the first two lie above a threshold and both of the others below it:
of these four pictures at most three are answered right, however large the
net. ``MOST`` = 75 % is the most that adding up reaches; 50 % is chance. A
net that is right more often has brought the marks together. It "can".

The sum is not blind, it only cannot match: one hidden layer behind the mean
tells two blue marks from one, and needs no attention. A net with it, on
plain convolutions, stands beside the others ("hidden layer").

Each net learns from pictures of all distances together, so that what it
reads near and not far is a matter of distance alone. All have about the
same number of parameters, the same pictures, the same order.
"""

from dataclasses import dataclass
from functools import partial
from statistics import fmean

import torch
from torch import nn

from cvnotes.cost import at_least_one
from cvnotes.data.far_marks import MARK, FarMarks, far_marks
from cvnotes.experiments.interval import (
    gain,
    interval,
    lead,
    per_seed,
    percent,
    verdict,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.long_range_figure import panels
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.placed_attention import (
    NAMES,
    AttentionNet,
    field,
    width_for,
)
from cvnotes.experiments.result import Finding, Table
from cvnotes.experiments.result import recorded as read
from cvnotes.train import Machine, Recipe, evaluate

CLAIM = (
    "Convolutions see only what is near; attention brings together what is "
    "far apart."
)
SEEDS = 3
HIDDEN = "hidden layer"  # the control: plain, but the head is not one layer
DESIGNS = (*NAMES, HIDDEN)
# Said before anything was trained; see above.
MOST = 75


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The pictures, the recipe, and the width of the deeper net.

    The other nets are as much wider as it takes to have its parameters.
    """

    images: int = 960
    tests: int = 400
    epochs: int = 7
    batch: int = 32
    rate: float = 0.05
    side: int = 24
    distances: tuple[int, ...] = (5, 10, 15, 20)
    width: int = 16
    precision: str = "no"

    def __post_init__(self):
        at_least_one(tests=self.tests, width=self.width)
        if max(self.distances) < blind(self.side):
            raise ValueError(
                f"distances={self.distances} are all in sight of the plain "
                f"net; use one of {blind(self.side)} or more"
            )

    def pictures(self, seed: int) -> tuple[FarMarks, FarMarks]:
        """To learn from and to be tested on, of all distances."""
        own = {"distances": self.distances, "seed": seed, "side": self.side}
        return (
            far_marks("train", self.images, **own),
            far_marks("test", self.tests, **own),
        )

    def recipe(self) -> Recipe:
        """The paper's, at this rate."""
        return Recipe(self.epochs, self.batch, self.rate)

    def machine(self, device: str) -> Machine:
        """This device, in this precision."""
        return Machine(device, self.precision)


def blind(side: int) -> int:
    """From this distance on, no unit of the plain net sees both marks.

    Their nearest columns, one of each, must not fit into its field.

    >>> blind(24)
    14
    """
    return field("none", side) + MARK - 1


QUICK = Settings()
FULL = Settings(
    images=20000,
    tests=10000,
    epochs=20,
    batch=64,
    side=48,
    distances=(5, 10, 15, 20, 30, 44),
    width=32,
    precision="bf16",
)
run = partial(conduct, "long_range")
recorded = partial(read, "long_range")


class Counting(AttentionNet):
    """Plain convolutions, and behind the mean one hidden layer."""

    def __init__(self, shape, classes: int, width: int = 24):
        super().__init__("none", shape, classes, width)
        layers = [nn.Linear(width, width), nn.ReLU(), self.classifier]
        self.classifier = nn.Sequential(*layers)


def nets(settings: Settings) -> dict:
    """How to build each design, at about the deeper net's parameters."""
    shape = (3, settings.side, settings.side)
    kinds = {
        name: partial(AttentionNet, name, shape, 2) for name in NAMES
    } | {HIDDEN: partial(Counting, shape, 2)}
    with torch.device("meta"):
        budget = parameters(kinds["deeper"](settings.width))
    return {
        name: partial(kind, width_for(kind, budget))
        for name, kind in kinds.items()
    }


def measure(settings: Settings, seed: int, lab):
    """One seed: each design's accuracy at each distance."""
    _, test = settings.pictures(seed)
    for name, build in nets(settings).items():
        found = lab.train(name, build, settings, seed)
        for distance in settings.distances:
            _, right = evaluate(found.net, test.at(distance))
            yield {
                "design": name,
                "distance": distance,
                "seed": seed,
                "params": parameters(found.net),
                "accuracy": right,
            }


def points(rows, design: str, distance: int) -> list[float]:
    """A number a seed, in percent."""
    return per_seed(
        rows,
        lambda row: 100 * row["accuracy"],
        lambda row: (row["design"], row["distance"]) == (design, distance),
    )


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Which design can, and which cannot, at the largest distance."""
    far = max(settings.distances)
    plain = points(rows, "none", far)
    under = interval([MOST - right for right in plain])
    found = [
        Finding(
            f"plain convolutions cannot, at {far} columns",
            verdict(under),
            f"{percent(plain):.1f} % right, under {MOST} %; at "
            f"{min(settings.distances)} columns "
            f"{fmean(points(rows, 'none', min(settings.distances))):.1f} %",
        )
    ]
    for name in DESIGNS[1:]:
        right = points(rows, name, far)
        ahead = gain(right, plain)
        found.append(
            Finding(
                f"{TITLES[name]} can, at {far} columns",
                verdict(percent(right), MOST),
                f"{percent(right):.1f} % right, over {MOST} %; "
                f"{lead(ahead)} points, against plain",
            )
        )
    return found


TITLES = {
    "none": "plain",
    "deeper": "deeper",
    "non-local": "Non-local",
    "cbam": "CBAM",
    "cgnl": "CGNL",
    "cross-layer": "cross-layer",
    HIDDEN: "a hidden layer behind the mean",
}


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each design, and a column for each distance."""
    lines = []
    for name in DESIGNS:
        size = next(r["params"] for r in rows if r["design"] == name)
        right = [
            f"{percent(points(rows, name, distance)):.1f}"
            for distance in settings.distances
        ]
        lines.append([TITLES[name], f"{size:,}", *right])
    apart = [f"right at {d}, %" for d in settings.distances]
    return Table(["net", "parameters", *apart], lines)


def draw(rows: list[dict], settings: Settings):
    """Accuracy against distance, a panel for each design."""
    lines = {
        TITLES[name].removeprefix("a "): [
            (d, percent(points(rows, name, d))) for d in settings.distances
        ]
        for name in DESIGNS
    }
    return panels(
        lines,
        blind(settings.side),
        MOST,
        "Test accuracy against the distance of the two marks, a panel for "
        "each net: plain convolutions fall to chance",
    )
