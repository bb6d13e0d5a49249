"""Which block where, and when not: each answer with its own evidence.

What is counted, timed or recorded is looked up when the table is made, so
a record that is made again changes it. What is missing is said to be.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import torch

from cvnotes.attention import CGNL as CGNLBlock
from cvnotes.attention import NonLocal
from cvnotes.experiments import attention_cost, attention_insertion
from cvnotes.experiments import long_range as far
from cvnotes.experiments.attention_insertion import (
    BLOCKS,
    RIVALS,
    ahead,
    careful,
)
from cvnotes.experiments.interval import (
    FAILS,
    HOLDS,
    Interval,
    interval,
    verdict,
)
from cvnotes.experiments.result import Result, Table, recorded
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


def record(name: str) -> Result | None:
    """What was recorded, or nothing."""
    try:
        return recorded(name)
    except FileNotFoundError:
        return None


def findings(experiment: str, words: str) -> list[str]:
    """A sentence for each finding whose claim has these words."""
    found = record(experiment)
    if found is None:
        return [f"{experiment}: not recorded"]
    said = [
        f"{experiment}: {f.claim}: {f.verdict}, {f.reason}"
        for f in found.findings
        if words in f.claim
    ]
    return said or [f"{experiment}: nothing on “{words}”"]


def gaps(tried: str, rivals=RIVALS) -> dict[tuple[str, str], Interval]:
    """By task and rival: points ahead, corrected as the record's own are."""
    found = record("attention_insertion")
    rows = found.rows if found else []
    return {
        (task, rival): ahead(rows, task, tried, rival, careful(rows))
        for task in attention_insertion.tasks(rows)
        for rival in rivals
    }


def tally(tried: str, rivals=RIVALS) -> str:
    """In how many comparisons the mean is ahead, and how many are sure."""
    found = gaps(tried, rivals).values()
    if not found:
        return "not tried"
    said = [verdict(gap) for gap in found]
    sure = [
        f"surely {word} in {said.count(wanted)}"
        for word, wanted in (("ahead", HOLDS), ("behind", FAILS))
        if wanted in said
    ]
    more = sum(gap.mean > 0 for gap in found)
    told = ", ".join(sure) or "surely in none"
    return f"ahead in {more} of {len(found)} comparisons, {told}"


def inserted(tried: str, rivals=RIVALS) -> list[str]:
    """The tally, and the comparisons that are decided."""
    told = [
        f"; {task}, against “{rival}”: {verdict(gap)}, {gap:.1f} points"
        for (task, rival), gap in gaps(tried, rivals).items()
        if verdict(gap) in (HOLDS, FAILS)
    ]
    return [f"attention_insertion: {tally(tried, rivals)}{''.join(told)}"]


def beaten() -> list[str]:
    """Which block surely beats more layers, and on what."""
    sure = [
        f"{block} ({task})"
        for block in BLOCKS
        for (task, _), gap in gaps(block, ["deeper"]).items()
        if verdict(gap) == HOLDS
    ]
    told = ", ".join(sure) or "no block"
    return [f"attention_insertion: surely ahead of “deeper”: {told}"]


def near() -> list[str]:
    """Two marks in sight of a plain net, which needs no block for them."""
    found = record("long_range")
    if found is None:
        return ["long_range: not recorded"]
    least = min(row["distance"] for row in found.rows)
    right = interval(far.points(found.rows, "none", least))
    return [
        f"long_range: plain convolutions can, at {least} columns: "
        f"{verdict(right, far.MOST)}, {right:.1f} % right, over {far.MOST} %"
    ]


def counted(name: str, channels: int = 64) -> list[str]:
    """Work and memory beside those of a 3×3 convolution of the same maps."""
    sides = (14, 28, 56)

    def times(of):
        told = (f"{of(name, s) / of('3×3', s):.2g}" for s in sides)
        return ", ".join(told)

    def macs(block, side):
        return attention_cost.closed(block, channels, side).macs

    laws = {n: attention_cost.law(n, channels) for n in (name, "3×3")}
    return [
        f"counted, at {', '.join(f'{s}×{s}' for s in sides)}, with the 3×3 "
        f"as 1: {name} has {times(macs)} of the multiply-adds, and keeps "
        f"{times(lambda n, side: laws[n].at(channels, side))}"
    ]


def numbers() -> list[str]:
    """How many numbers decide how the maps go on."""
    x = torch.zeros(1, 32, 8, 8)
    few = CGNLBlock(32, groups=8).gate(x).numel()
    return [
        f"counted, for 8×8 places: CGNL's gate is {few} numbers (8 groups), "
        f"non-local's weights are {NonLocal(32).weights(x).numel():,}"
    ]


def said(*sentences: str) -> Callable[[], list[str]]:
    """What others report, or what another part of the page shows."""
    return lambda: list(sentences)


def _gain(rows: Sequence, first: int, last: int, name: str):
    found = f"{name} {rows[first].top1} % → {rows[last].top1} %"
    return said(f"reported: {found}")


# Errors fall where accuracies rise: the names say which it is.
CHOICES = (
    Choice(
        "**CBAM** (SE: by CBAM's paper only)",
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
                "reported: timm's file for it warns of mixed results",
            ),
        ),
    ),
    Choice(
        "**non-local**",
        "non-local",
        RIVALS,
        "once, late, on small maps; subsampled or dot where they are large",
        (
            partial(findings, "long_range", "Non-local can"),
            partial(inserted, "non-local"),
            partial(counted, "non-local, subsampled"),
            partial(counted, "non-local, dot"),
            _gain(NON_LOCAL.pairwise, 0, 2, "Kinetics"),
            said(
                "reported, by stage: 72.7 to 72.9 % in the middle ones, "
                "72.3 % in the last (as transcribed)"
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
            _gain(CGNL.birds, 0, 2, "CUB-200"),
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
            _gain(CROSS_LAYER.cub, 0, 2, "CUB-200"),
        ),
        "work must stay small: the layers that it asks have more places than "
        "its own",
        (partial(counted, "cross-layer"),),
    ),
    Choice(
        "**none**: spend it on depth",
        "deeper",
        ("none",),
        "more 3×3 layers, wider ones, or one behind the mean",
        (
            partial(inserted, "deeper", ("none",)),
            partial(findings, "long_range", "deeper can"),
            partial(findings, "long_range", "hidden layer"),
            said(
                "reported: nothing; each paper's rival is the net without "
                "its block, not a deeper one of equal cost"
            ),
        ),
        "what must meet is further apart than a place can see",
        (partial(findings, "long_range", "plain convolutions"), beaten),
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
