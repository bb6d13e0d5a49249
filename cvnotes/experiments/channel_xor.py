"""Two channels that decide together: what a linear filter cannot learn.

Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv 1312.4400, section 3
puts a small network where a linear filter stood, since a linear one is
enough only for what a line separates. Here each pixel's class is the parity
of the signs of its two channels. Linear filters, alone and in stacks, meet
an mlpconv of as many parameters; all learn from the same pixels, for as
many steps.
"""

from dataclasses import dataclass
from functools import partial

import torch
from torch.nn.functional import cross_entropy

from cvnotes.cost import at_least_one
from cvnotes.experiments import strips
from cvnotes.experiments.interval import (
    gain,
    per_seed,
    percent,
    verdict,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.parity import best_line, learners, parity
from cvnotes.experiments.result import Finding, Table, compared
from cvnotes.experiments.result import recorded as read
from cvnotes.train import Machine

CLAIM = (
    "A linear filter cannot tell a class that depends on two channels by "
    "XOR, however many linear layers follow it; an mlpconv of as many "
    "parameters can."
)
SEEDS = 5
LINE = "best line of all"  # found by search, not by learning
MARGIN = 2  # percentage points


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Pictures, the mlpconv's hidden units, and how long all learn."""

    pictures: int = 16
    side: int = 16
    noise: float = 0.3
    hidden: int = 8
    steps: int = 300
    rate: float = 0.03

    def __post_init__(self):
        at_least_one(hidden=self.hidden, steps=self.steps)
        if not self.rate > 0:
            raise ValueError(f"rate={self.rate} learns nothing; use above 0")


QUICK = Settings()
FULL = Settings(pictures=256, side=32, hidden=56, steps=3000, rate=0.01)
run = partial(conduct, "channel_xor")
recorded = partial(read, "channel_xor")


def pixels(settings: Settings, seed: int, split: str):
    """The pictures of one seed, to learn from or to be asked about."""
    parts = settings.pictures, settings.side, settings.noise
    return parity(*parts, seed, split)


def learn(net, made, settings: Settings):
    """Every step sees all pixels; the rule for a step is Adam's."""
    adam = torch.optim.Adam(net.parameters(), settings.rate)
    for _ in range(settings.steps):
        adam.zero_grad()
        cross_entropy(net(made.images), made.classes).backward()
        adam.step()


def measure(settings: Settings, seed: int, lab):
    """One seed: what each gets right of new pictures' pixels."""
    device = Machine(lab.device).accelerator().device
    train, test = (pixels(settings, seed, s) for s in ("train", "test"))
    here = type(train)(train.images.to(device), train.classes.to(device))
    torch.manual_seed(seed)
    for name, net in learners(settings.hidden).items():
        learn(net.to(device), here, settings)
        with torch.no_grad():
            scores = net.cpu()(test.images)
        right = (scores.argmax(1) == test.classes).float().mean().item()
        loss = cross_entropy(scores, test.classes).item()
        yield _row(name, seed, right, parameters(net), loss)
    yield _row(LINE, seed, best_line(test), None, None)


def _row(name, seed, accuracy, params, loss):
    row = {"learner": name, "seed": seed, "accuracy": accuracy}
    return row | {"params": params, "loss": loss}


def accuracies(rows, learner: str) -> list[float]:
    """A number a seed, in percent."""
    return per_seed(
        rows,
        lambda row: 100 * row["accuracy"],
        lambda row: row["learner"] == learner,
    )


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Ahead of all that is linear; and what is linear gains by no depth."""
    ours = accuracies(rows, "mlpconv")
    found = []
    for name in ("two linear layers", "three linear layers"):
        text = f"an mlpconv gets more right than {name}"
        found.append(
            compared(
                f"{text} of as many parameters",
                gain(ours, accuracies(rows, name)),
            )
        )
    for name in ("filter and ReLU", LINE):
        text = f"more than {'a ' if name != LINE else 'the '}{name}"
        found.append(compared(text, gain(ours, accuracies(rows, name))))
    return [*found, _no_gain(rows)]


def _no_gain(rows):
    deep, one = (
        accuracies(rows, name)
        for name in ("three linear layers", "one filter")
    )
    more = gain(deep, one)
    return Finding(
        f"three linear layers gain less than {MARGIN} points on one filter",
        verdict(more.below(MARGIN)),
        f"they gain {more:.1f}",
    )


def names(rows) -> list[str]:
    """The learners, in the order in which they were measured."""
    return list(dict.fromkeys(row["learner"] for row in rows))


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each learner."""
    lines = []
    for name in names(rows):
        params = next(r["params"] for r in rows if r["learner"] == name)
        right = percent(accuracies(rows, name))
        lines.append([name, str(params or "–"), f"{right:.1f}"])
    return Table(["at each pixel", "parameters", "test pixels, %"], lines)


def draw(rows: list[dict], settings: Settings):
    """Each learner's accuracy, seed by seed."""
    return strips.strips(
        {name: accuracies(rows, name) for name in names(rows)},
        "Test pixels that each learner gets right, a dot for each seed",
        x="test pixels right, %",
        marks={50: "chance", 75: "three of four corners"},
        ours="mlpconv",
    )
