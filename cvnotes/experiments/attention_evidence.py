"""Sentences that a choice of a block rests on, each looked up when asked.

What was recorded, counted or reported. A record that is made again changes
them; where one is missing, the sentence says so.
"""

from collections.abc import Callable, Sequence

import torch

from cvnotes.attention import CGNL, NonLocal
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
    percent,
    verdict,
)
from cvnotes.experiments.result import Result, recorded


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
    right = percent(far.points(found.rows, "none", least))
    return [
        f"long_range: plain convolutions can, at {least} columns: "
        f"{verdict(right, far.MOST)}, {right:.1f} % right, over {far.MOST} %"
    ]


def counted(name: str, channels: int = 64) -> list[str]:
    """Work and memory beside those of a 3×3 convolution of the same maps."""
    sides = (14, 28, 56)

    def times(of):
        told = [f"{of(name, s) / of('3×3', s):.2g}" for s in sides]
        return told[0] if len({*told}) == 1 else ", ".join(told)

    def macs(block, side):
        return attention_cost.closed(block, channels, side).macs

    laws = {n: attention_cost.law(n, channels) for n in (name, "3×3")}
    return [
        f"counted, at {', '.join(f'{s}×{s}' for s in sides)}, with the 3×3 "
        f"as 1: {name} has {times(macs)} of the multiply-adds, and keeps "
        f"{times(lambda n, side: laws[n].at(channels, side))} times as many "
        "numbers for the backward pass"
    ]


def numbers() -> list[str]:
    """How many numbers decide how the maps go on."""
    x = torch.zeros(1, 32, 8, 8)
    few = CGNL(32, groups=8).gate(x).numel()
    return [
        f"counted, for 8×8 places: CGNL's gate is {few} numbers (8 groups), "
        f"non-local's weights are {NonLocal(32).weights(x).numel():,}"
    ]


def said(*sentences: str) -> Callable[[], list[str]]:
    """What others report, or what another part of the page shows."""
    return lambda: list(sentences)


def gained(rows: Sequence, first: int, last: int, name: str):
    """What a paper's table reports: from one of its rows to another."""
    found = f"{name} {rows[first].top1} % → {rows[last].top1} %"
    return said(f"reported: {found}")
