"""Which block where, and when not: each answer with its own evidence.

What is counted or recorded is looked up when the table is made, so that a
record that is made again changes it. What is missing is said to be.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cvnotes.experiments import attention_insertion
from cvnotes.experiments.attention_evidence import (
    beaten,
    counted,
    findings,
    gained,
    inserted,
    near,
    numbers,
    said,
    tally,
)
from cvnotes.experiments.attention_insertion import (
    BLOCKS,
    RIVALS,
    ahead,
    careful,
)
from cvnotes.experiments.interval import verdict
from cvnotes.experiments.result import Result, Table
from cvnotes.papers import CBAM, CGNL, CROSS_LAYER, NON_LOCAL


@dataclass(frozen=True)
class Choice:
    """A block, where it goes and when not, and what either rests on.

    ``tried`` is what ``attention_insertion`` calls it. What stands in
    ``where_by`` and ``not_when_by`` gives sentences when it is called.
    """

    block: str
    tried: str
    rivals: tuple[str, ...]
    where: str
    where_by: tuple[Callable[[], list[str]], ...]
    not_when: str
    not_when_by: tuple[Callable[[], list[str]], ...]


_BLOCKS = [row for row in NON_LOCAL.blocks if row.depth == 50]
# Errors fall where accuracies rise: the names say which it is.
CHOICES = (
    Choice(
        "**CBAM** (SE: as reported only)",
        "cbam",
        RIVALS,
        "in every block, before its sum",
        (
            partial(findings, "cbam_ablation", "CBAM is better than none"),
            partial(findings, "long_range", "CBAM can"),
            partial(inserted, "cbam"),
            said(
                f"reported: ImageNet error {CBAM.nets[0].top1} % → "
                f"{CBAM.nets[1].top1} % (SE), {CBAM.nets[2].top1} % (CBAM)"
            ),
        ),
        "time counts, and not multiply-adds: it reads the maps several times",
        (
            partial(counted, "CBAM"),
            said(
                "timed (*And the clock?*): its share of the 3×3's time is "
                "more than 10 times its share of the multiply-adds",
                "reported: timm's file for it warns of mixed results; its "
                f"table, recipe A1: {CBAM.recipes[0].accuracy} % → "
                f"{CBAM.recipes[1].accuracy} % (SE)",
            ),
        ),
    ),
    Choice(
        "**non-local**",
        "non-local",
        RIVALS,
        "on small maps; subsampled where they are larger, the dot form where "
        "they are large",
        (
            partial(findings, "long_range", "Non-local can"),
            partial(inserted, "non-local"),
            partial(counted, "non-local, subsampled"),
            partial(counted, "non-local, dot"),
            gained(NON_LOCAL.pairwise, 0, 2, "Kinetics"),
            said(
                "reported, Kinetics, by stage: 72.7 to 72.9 % in any of the "
                "first three, 72.3 % in the last (as transcribed), without "
                "intervals",
                "reported, Kinetics, by number of blocks: "
                + ", ".join(f"{r.blocks}: {r.top1} %" for r in _BLOCKS),
            ),
        ),
        "work must stay small and the maps are large, or everything that "
        "matters is near",
        (partial(counted, "non-local"), near),
    ),
    Choice(
        "**CGNL**",
        "cgnl",
        RIVALS,
        "where non-local would go, and on larger maps",
        (
            partial(inserted, "cgnl"),
            partial(counted, "CGNL, 8 groups"),
            gained(CGNL.birds, 0, 2, "CUB-200"),
        ),
        "places must answer differently: it scales a whole group at once",
        (numbers, partial(findings, "long_range", "CGNL can")),
    ),
    Choice(
        "**cross-layer**",
        "cross-layer",
        RIVALS,
        "a late layer asks earlier, finer ones",
        (
            partial(findings, "cross_layer_or_same", "more accurate"),
            partial(findings, "long_range", "cross-layer can"),
            partial(inserted, "cross-layer"),
            gained(CROSS_LAYER.cub, 0, 2, "CUB-200"),
        ),
        "work must stay small: the layers that it asks have more places than "
        "its own",
        (partial(counted, "cross-layer"),),
    ),
    Choice(
        "**more layers**, no block",
        "deeper",
        ("none",),
        "more 3×3 layers, wider ones, or one behind the mean",
        (
            partial(inserted, "deeper", ("none",)),
            partial(findings, "long_range", "deeper can"),
            partial(findings, "long_range", "hidden layer"),
            partial(findings, "cbam_ablation", "CBAM is better than none"),
            said(
                "reported: nothing; each paper's rival is the net without "
                "its block, not a deeper one of equal cost"
            ),
            beaten,
        ),
        "two places must be matched for sure, further apart than a place of "
        "the plain net sees: some seeds can and some cannot",
        (
            partial(findings, "long_range", "plain convolutions"),
            partial(findings, "long_range", "deeper can"),
            partial(findings, "long_range", "hidden layer"),
        ),
    ),
)


def choices() -> Table:
    """The decision table, with the records' own tally of each choice."""
    lines = []
    for number, choice in enumerate(CHOICES, start=1):
        told = tally(choice.tried, choice.rivals)
        lines.append(
            [
                choice.block,
                f"{choice.where}<br>*here {told}* ({number}a)",
                f"{choice.not_when} ({number}b)",
            ]
        )
    return Table(["put", "where", "not when"], lines)


def reasons() -> Table:
    """What each entry of the decision table rests on, by its number."""
    lines = []
    for number, choice in enumerate(CHOICES, start=1):
        for letter, by in (("a", choice.where_by), ("b", choice.not_when_by)):
            told = [sentence for source in by for sentence in source()]
            lines.append([f"{number}{letter}", "<br>".join(told)])
    return Table(["№", "evidence"], lines)


def verdicts(found: Result) -> Table:
    """Each block on each task: points ahead and the verdict, corrected."""
    level = careful(found.rows)
    lines = []
    for task in attention_insertion.tasks(found.rows):
        for block in BLOCKS:
            line = [f"{task}, {block}"]
            for rival in RIVALS:
                gap = ahead(found.rows, task, block, rival, level)
                line.append(f"{gap:.1f}<br>{verdict(gap)}")
            lines.append(line)
    return Table(["task, block", "ahead of none", "ahead of deeper"], lines)
