"""Which block where: a table whose evidence is looked up in the records.

A record that is made again changes it. Where one is missing, its line says
so, and where none decides, it says that too.
"""

from dataclasses import dataclass
from statistics import fmean

from cvnotes.experiments import attention_insertion
from cvnotes.experiments.attention_insertion import (
    BLOCKS,
    DOUBT,
    RIVALS,
    points,
)
from cvnotes.experiments.interval import (
    FAILS,
    HOLDS,
    UNDECIDED,
    Interval,
    interval,
    verdict,
)
from cvnotes.experiments.result import Result, Table, recorded
from cvnotes.papers import CBAM, CGNL, CROSS_LAYER, NON_LOCAL


@dataclass(frozen=True)
class Choice:
    """A block, where it goes, when not, and where to look for evidence.

    ``asks`` are pairs: an experiment's name, and what its claim must say.
    """

    block: str
    where: str
    not_when: str
    asks: tuple[tuple[str, str], ...]
    printed: str


def _points(rows, first, last, name):
    return f"{name} {rows[first].top1} % → {rows[last].top1} %"


# Errors fall where accuracies rise: the names say which it is.
CHOICES = (
    Choice(
        "SE or CBAM",
        "in every block, before its sum",
        "it matters which place goes with which",
        (
            ("cbam_ablation", "CBAM is better than none"),
            ("long_range", "CBAM can"),
        ),
        f"ImageNet error {CBAM.nets[0].top1} % → "
        f"{CBAM.nets[1].top1} % (SE), {CBAM.nets[2].top1} % (CBAM)",
    ),
    Choice(
        "non-local",
        "once, late, on small maps; subsampled or dot where they are large",
        "memory or time is short, or everything that matters is near",
        (("long_range", "Non-local can"),),
        _points(NON_LOCAL.pairwise, 0, 2, "Kinetics"),
    ),
    Choice(
        "CGNL",
        "once, late; also on large maps",
        "places must answer differently: it scales a whole group at once",
        (("long_range", "CGNL can"),),
        _points(CGNL.birds, 0, 2, "CUB-200"),
    ),
    Choice(
        "cross-layer",
        "a late layer asks earlier, finer ones",
        "memory is short: it asks more places than there are",
        (
            ("cross_layer_or_same", "asks its own layer"),
            ("cross_layer_or_same", "deeper"),
            ("long_range", "cross-layer can"),
        ),
        _points(CROSS_LAYER.cub, 0, 2, "CUB-200"),
    ),
)

DEPTH = Choice(
    "none: spend it on depth",
    "more 3×3 layers, wider ones, or one behind the mean",
    "what must meet is further apart than a place can see",
    (("long_range", "deeper can"), ("long_range", "hidden layer")),
    "nothing: each paper's rival is the net without its block, not a deeper "
    "one of equal cost",
)


def over_tasks(
    rows: list[dict], block: str, rival: str, level: float = 0.95
) -> Interval:
    """Points ahead, seed by seed, of the mean over all tasks."""
    tasks = attention_insertion.tasks(rows)

    def means(name):
        return [
            fmean(seed)
            for seed in zip(*(points(rows, task, name) for task in tasks))
        ]

    pairs = zip(means(block), means(rival), strict=True)
    return interval([ours - theirs for ours, theirs in pairs], level)


def record(name: str) -> Result | None:
    """What was recorded, or nothing."""
    try:
        return recorded(name)
    except FileNotFoundError:
        return None


def evidence(experiment: str, words: str) -> list[tuple[str, str]]:
    """Verdict and sentence of each finding whose claim has these words."""
    found = record(experiment)
    if found is None:
        return [(UNDECIDED, f"{experiment}: not recorded")]
    said = [
        (f.verdict, f"{experiment}: {f.claim}: {f.verdict}, {f.reason}")
        for f in found.findings
        if words in f.claim
    ]
    return said or [(UNDECIDED, f"{experiment}: nothing on “{words}”")]


def inserted(block: str, rivals=RIVALS) -> list[tuple[str, str]]:
    """Verdict and sentence against each rival, for the mean of the tasks.

    The verdict is by the interval corrected for how many there are of
    these; the sentence has the usual one.
    """
    rows = record("attention_insertion").rows
    level = 1 - DOUBT / (len(BLOCKS) * len(RIVALS))
    found = []
    for rival in rivals:
        said = verdict(over_tasks(rows, block, rival, level))
        ahead = over_tasks(rows, block, rival)
        found.append(
            (
                said,
                f"inserted, {block} against “{rival}”: {said}, ahead by "
                f"{ahead:.1f} points",
            )
        )
    return found


def answer(verdicts: list[str]) -> str:
    """What all that was tried says together.

    >>> answer(["undecided", "holds"]), answer(["holds", FAILS])
    ('has paid here', 'depends: see beside')
    """
    paid, failed = HOLDS in verdicts, FAILS in verdicts
    if paid and failed:
        return "depends: see beside"
    if failed:
        return "has not paid here"
    return "has paid here" if paid else "undecided here"


def told() -> list[tuple[Choice, list[tuple[str, str]]]]:
    """Every choice with all that was tried, the honest one last."""
    found = []
    for choice in (*CHOICES, DEPTH):
        said = [pair for ask in choice.asks for pair in evidence(*ask)]
        for block in BLOCKS:
            if block in choice.block.lower():
                said += inserted(block)
        found.append((choice, said))
    found[-1][1].extend(_depth())
    return found


def _depth():
    """More layers against the net without, and who surely does better."""
    better = [b for b in BLOCKS if inserted(b, ["deeper"])[0][0] == HOLDS]
    beaten = f"inserted, surely better: {', '.join(better) or 'no block'}"
    return [*inserted("deeper", ["none"]), (UNDECIDED, beaten)]


def choices() -> Table:
    """The decision table, from the records as they are."""
    lines = []
    for number, (choice, said) in enumerate(told(), start=1):
        found = answer([verdict for verdict, _ in said])
        where = f"{choice.where}<br>*{found}* ({number})"
        lines.append([f"**{choice.block}**", where, choice.not_when])
    return Table(["put", "where", "not when"], lines)


def reasons() -> Table:
    """What each line of the decision table rests on, by its number."""
    lines = []
    for number, (choice, said) in enumerate(told(), start=1):
        sentences = [sentence for _, sentence in said]
        sentences.append(f"reported: {choice.printed}")
        lines.append([f"{number}", "<br>".join(sentences)])
    return Table(["№", "evidence"], lines)


def verdicts(found: Result) -> Table:
    """Each block on each task: points ahead at 95 %, and the verdict.

    The verdicts are the record's own, by the corrected intervals.
    """
    said = iter(found.findings)
    lines = []
    for task in attention_insertion.tasks(found.rows):
        for block in BLOCKS:
            line = [f"{task}, {block}"]
            for rival in RIVALS:
                gap = attention_insertion.ahead(
                    found.rows, task, block, rival
                )
                line.append(f"{gap:.1f}<br>{next(said).verdict}")
            lines.append(line)
    return Table(["task, block", "ahead of none", "ahead of deeper"], lines)
