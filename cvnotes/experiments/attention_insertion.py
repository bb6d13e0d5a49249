"""Room for one block: does it pay, and does it pay more than depth?

Each block stands at the same place of the same small net (see
``placed_attention``), on three tasks: which mark is somewhere in the
picture ("local"), which two colours rise and fall together ("channels"),
and digits. Two rivals: the net without a block ("none"), which is a little
smaller, and a net with more 3×3 layers instead ("deeper"), as large as the
largest with a block. All see the same pictures for as many steps.

The budgets were chosen on "none" alone, so that it has learned and can
still get better. The drawn pictures are halved to 16×16 to be cheap.
"far" is not here: in this minute no net leaves chance, so the question of
distance has an experiment of its own, ``long_range``.

Woo et al., arXiv 1807.06521, Wang et al., 1711.07971, Yue et al.,
1810.13125, and Ye et al., 2005.09153, each report a gain over the net
without their block.
"""

from dataclasses import dataclass, replace
from functools import cache, partial
from typing import NamedTuple

import torch
from torch.nn.functional import avg_pool2d

from cvnotes.data import CUES, Pictures
from cvnotes.experiments.asked import each_once
from cvnotes.experiments.inception_nets import multiply_adds
from cvnotes.experiments.interval import (
    Interval,
    interval,
    lead,
    per_seed,
    percent,
    verdict,
)
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.placed_attention import (
    NAMES,
    AttentionNet,
    width_for,
)
from cvnotes.experiments.result import Finding, Table
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training
from cvnotes.plots import gains
from cvnotes.train import Recipe

CLAIM = (
    "A block of attention makes a small net more accurate, and more so than "
    "further layers with as many parameters."
)
SEEDS = 5
RIVALS = ("none", "deeper")
BLOCKS = tuple(name for name in NAMES if name not in RIVALS)
DOUBT = 0.05  # for all comparisons together


class Budget(NamedTuple):
    """Pictures to learn from, and how long they are learned."""

    images: int
    epochs: int
    batch: int
    rate: float


TASKS = {
    "local": Budget(800, 8, 40, 0.3),
    "channels": Budget(100, 6, 20, 0.1),
    "digits": Budget(100, 14, 20, 0.2),
}


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """Nets of this width on these tasks, each with its own budget.

    Without ``tasks`` there is one, that of ``data`` and the rest; ``drops``
    are those of the learning rate.
    """

    tasks: tuple[str, ...] = tuple(TASKS)
    width: int = 13
    halved: bool = False
    drops: tuple[float, ...] = (0.75,)

    def __post_init__(self):
        each_once(0, tasks=self.tasks)
        for task in self.tasks:
            if task not in TASKS:
                raise ValueError(
                    f"tasks={task!r} is unknown; use "
                    f"{' or '.join(TASKS)}, or none and data"
                )

    def each(self) -> dict[str, "Settings"]:
        """The settings of every task."""
        if not self.tasks:
            return {self.data: self}
        return {
            task: replace(
                self,
                tasks=(),
                data=task,
                halved=task in CUES,
                **TASKS[task]._asdict(),
            )
            for task in self.tasks
        }

    def recipe(self) -> Recipe:
        """The shared one, but for where the rate falls."""
        return replace(super().recipe(), drops=self.drops)

    def pictures(self, seed: int):
        """Of the one task there is, or of the first."""
        if self.tasks:
            return next(iter(self.each().values())).pictures(seed)
        found = super().pictures(seed)
        return tuple(map(halved, found)) if self.halved else found


def halved(pictures: Pictures) -> Pictures:
    """The same at half the side: each pixel the mean of four."""
    means = avg_pool2d(pictures.kept.float(), 2).round().to(torch.uint8)
    rest = pictures.classes, pictures.mean, pictures.std
    return Pictures(means, pictures.labels, *rest)


QUICK = Settings()
FULL = Settings(**PAPER, tasks=(), width=32, drops=(0.5, 0.75))
run = partial(conduct, "attention_insertion")
recorded = partial(read, "attention_insertion")


@cache
def nets(shape: tuple, classes: int, width: int) -> dict[str, partial]:
    """How to build each net; the deeper one is as large as the largest."""

    def net(name):
        return partial(AttentionNet, name, shape, classes)

    with torch.device("meta"):
        most = max(parameters(net(name)(width=width)) for name in BLOCKS)
    found = {name: partial(net(name), width=width) for name in NAMES}
    narrower = width_for(net("deeper"), most)
    return found | {"deeper": partial(net("deeper"), width=narrower)}


def measure(settings: Settings, seed: int, lab):
    """One seed: every net on every task, and what each costs."""
    for task, here in settings.each().items():
        train, _ = here.pictures(seed)
        shape, classes = tuple(train.shape), len(train.classes)
        for name, build in nets(shape, classes, settings.width).items():
            found = lab.train(f"{task} {name}", build, here, seed)
            yield {
                "task": task,
                "block": name,
                "seed": seed,
                "params": parameters(found.net),
                "macs": multiply_adds(build, shape),
                "accuracy": found.accuracy,
                "loss": found.loss,
            }


def points(rows, task: str, block: str) -> list[float]:
    """A number a seed: test accuracy in percent."""
    return per_seed(
        rows,
        lambda row: 100 * row["accuracy"],
        lambda row: (row["task"], row["block"]) == (task, block),
    )


def ahead(
    rows, task: str, block: str, rival: str, level: float = 0.95
) -> Interval:
    """By how many points the block is ahead, seed by seed."""
    pairs = zip(points(rows, task, block), points(rows, task, rival))
    return interval([ours - theirs for ours, theirs in pairs], level)


def tasks(rows) -> list[str]:
    """Those that were measured, in their order."""
    return list(dict.fromkeys(row["task"] for row in rows))


def careful(rows) -> float:
    """The level of one interval for all of them to hold at 95 %.

    Bonferroni's: the doubt is shared by all comparisons. With one at 95 %
    each, about one in twenty would find a difference where there is none.
    """
    return 1 - DOUBT / (len(tasks(rows)) * len(BLOCKS) * len(RIVALS))


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Each block on each task against either rival, with the correction."""
    level = careful(rows)
    said = {"none": "the net without it", "deeper": "more layers"}
    found = []
    for task in tasks(rows):
        for block in BLOCKS:
            for rival in RIVALS:
                wide = ahead(rows, task, block, rival, level)
                usual = ahead(rows, task, block, rival)
                found.append(
                    Finding(
                        f"{task}: {block} beats {said[rival]}",
                        verdict(wide),
                        f"{lead(usual)} points; corrected for "
                        f"{round(DOUBT / (1 - level))} comparisons "
                        f"{_told(wide)}",
                    )
                )
    return found


def _told(found):
    return lead(found).partition("(")[2].rstrip(")")


def table(rows: list[dict], settings: Settings) -> Table:
    """A line for each net on each task."""
    lines = []
    for task in tasks(rows):
        for name in NAMES:
            one = next(
                r for r in rows if (r["task"], r["block"]) == (task, name)
            )
            lines.append(
                [
                    f"{task}, {name}",
                    f"{one['params']:,}",
                    f"{one['macs'] / 1e6:.2f} M",
                    f"{percent(points(rows, task, name)):.1f}",
                ]
            )
    head = ["task, block", "parameters", "multiply-adds", "test, %"]
    return Table(head, lines)


def draw(rows: list[dict], settings: Settings):
    """How far ahead each block is, with both intervals."""
    level = careful(rows)
    return gains(
        {
            task: {
                rival: {
                    block: (
                        ahead(rows, task, block, rival),
                        ahead(rows, task, block, rival, level),
                    )
                    for block in BLOCKS
                }
                for rival in RIVALS
            }
            for task in tasks(rows)
        }
    )
