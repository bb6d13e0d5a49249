"""Who listens to whom: weights, and what is lost when a voice is missing.

Huang, Liu, van der Maaten, Weinberger, arXiv 1608.06993, section 5 and
Figure 5: the mean absolute weight with which each layer of a trained block
reads each earlier one, which the paper calls a surrogate. Here two things
stand beside it: that weight before training, and the stronger question.
One reader is given, in place of one source's maps, their mean, and the
loss on test pictures is measured.
"""

from dataclasses import dataclass
from functools import partial
from math import log10
from operator import itemgetter
from statistics import fmean

import torch
from scipy.stats import spearmanr
from torch.utils.data import Subset

from cvnotes.cost import at_least_one
from cvnotes.experiments import panels
from cvnotes.experiments.asked import three_blocks
from cvnotes.experiments.interval import gain, interval, per_seed, verdict
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import dense
from cvnotes.experiments.readers import readers
from cvnotes.experiments.result import Finding, Table
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training
from cvnotes.train import evaluate

CLAIM = (
    "Features are used again: late layers read early maps, the last "
    "classifier uses low-level features, and weights tell how much."
)
SEEDS = 5
RANKED = 3  # layers that a reader must read, to be asked about an order
FAINT = 0.001  # nats: a loss that the figure shows no more


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """The net that is asked: the paper's plain DenseNet, L deep.

    ``asked`` is how many test pictures it answers each time it is deaf.
    """

    depth: int = 19
    growth_rate: int = 8
    asked: int = 400

    def __post_init__(self):
        at_least_one(growth_rate=self.growth_rate, asked=self.asked)
        three_blocks(RANKED, depth=self.depth)


QUICK = Settings(images=None, epochs=5, batch=50)
FULL = Settings(**PAPER, depth=40, growth_rate=12, asked=2000)
run = partial(conduct, "feature_reuse")
recorded = partial(read, "feature_reuse")


def measure(settings: Settings, seed: int, lab):
    """One seed: each reader, each source, its weight and its worth."""
    train, test = settings.pictures(seed)
    build = dense(
        settings.depth, settings.growth_rate, train.shape, train.classes
    )
    start = []

    def built():
        net = build()
        start.extend(r.loudness(s) for r in readers(net) for s in r.sources)
        return net

    found = lab.train("dense", built, settings, seed)
    asked = Subset(test, _drawn(len(test), settings.asked, seed))
    for row, loudness in zip(_deaf(found.net, asked), start, strict=True):
        row |= {"start": round(loudness, 5), "accuracy": found.accuracy}
        yield {"seed": seed, **row}


def _drawn(count, wanted, seed):
    random = torch.Generator().manual_seed(seed)
    return torch.randperm(count, generator=random)[:wanted].tolist()


def _deaf(net, pictures):
    """A row for each reader and source of a trained net."""
    usual, _ = evaluate(net, pictures)
    for reader in readers(net):
        for source in reader.sources:
            with reader.deaf_to(source):
                loss, _ = evaluate(net, pictures)
            yield {
                "block": reader.block,
                "reader": reader.place,
                "source": source,
                "maps": reader.maps(source),
                "weight": round(reader.loudness(source), 5),
                "worth": round(loss - usual, 5),
            }


def pairs(rows: list[dict]) -> list[dict]:
    """Each reader and each of its sources once: the mean over the seeds.

    ``start`` and ``weight`` are the mean |weight| before and after the
    training, ``worth`` is by how many nats the loss rises without it.
    """
    found = {}
    for row in rows:
        place = row["block"], row["reader"], row["source"]
        found.setdefault(place, []).append(row)
    return [
        {
            **{name: same[0][name] for name in ("block", "reader", "source")},
            "maps": same[0]["maps"],
            **{
                name: round(fmean(row[name] for row in same), 4)
                for name in ("start", "weight", "worth")
            },
        }
        for same in found.values()
    ]


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Early maps at late readers; the classifier; weights as a stand-in."""
    layers = (settings.depth - 4) // 3
    agree = interval(agreement(rows))
    return [
        _reuse(rows, layers),
        _least(rows, layers),
        *_classifier(rows, layers),
        Finding(
            "a reader loses most without the layers it weighs most",
            verdict(agree),
            f"rank correlation of weight and loss {agree:.2f}",
        ),
    ]


def _reuse(rows, layers):
    half = layers // 2

    def late_reads_early(row):
        return 1 <= row["source"] <= half < row["reader"] <= layers

    rise = interval(per_seed(rows, itemgetter("worth"), late_reads_early))
    return Finding(
        "late layers of a block use the maps of its early layers",
        verdict(rise),
        f"deaf to one of them, the loss rises by {rise:.4f} nats",
    )


def _least(rows, layers):
    later = [r for r in rows if r["block"] > 1 and r["reader"] <= layers]
    more = interval(lean(later, "weight")).scaled(100)
    return Finding(
        "layers of later blocks weigh x0 least, as the paper saw",
        verdict(more),
        f"their weights on the block's own layers are larger by {more:.1f} %",
    )


def lean(rows, quantity: str) -> list[float]:
    """A number a seed: by what share a layer outdoes x0, map by map.

    The mean over a reader's layers is set against its own x0, and then
    averaged over the readers: between readers sizes differ from the start.
    """
    of_seed = {}
    for (seed, *_), same in _of_reader(rows).items():
        came = [row[quantity] for row in same if row["source"] == 0]
        own = [row[quantity] for row in same if row["source"] >= 1]
        if own:
            of_seed.setdefault(seed, []).append(fmean(own) / came[0] - 1)
    return [fmean(shares) for shares in of_seed.values()]


def _of_reader(rows):
    found = {}
    for row in rows:
        place = row["seed"], row["block"], row["reader"]
        found.setdefault(place, []).append(row)
    return found


def _classifier(rows, layers):
    last = max(row["block"] for row in rows)
    its = [r for r in rows if (r["block"], r["reader"]) == (last, layers + 1)]
    middle = (layers + 1) / 2  # of an odd number, that layer is in no half

    rise = interval(
        per_seed(its, itemgetter("worth"), lambda r: r["source"] == 0)
    )
    yield Finding(
        "the classifier uses what came into the last block",
        verdict(rise),
        f"deaf to it, the loss rises by {rise:.3f} nats",
    )
    weight = itemgetter("weight")
    heavier = gain(
        per_seed(its, weight, lambda r: r["source"] > middle),
        per_seed(its, weight, lambda r: 0 < r["source"] < middle),
    )
    yield Finding(
        "it weighs the block's last layers most, as the paper saw",
        verdict(heavier),
        f"larger by {heavier:.4f} on the later half of its layers",
    )


def agreement(rows) -> list[float]:
    """A number a seed: do weight and worth rank a reader's layers alike?

    The rank correlation is taken for each reader by itself, over the
    layers it reads, which have equally many maps and weights of one kind,
    and averaged over the readers of three layers or more.
    """
    layers = [row for row in rows if row["source"] >= 1]
    of_seed = {}
    for (seed, *_), same in _of_reader(layers).items():
        if len(same) >= RANKED:
            alike = correlation(same, "weight", "worth")
            of_seed.setdefault(seed, []).append(alike)
    return [fmean(values) for values in of_seed.values()]


def correlation(rows, one: str, other: str) -> float:
    """Rank correlation of two quantities over these rows."""
    columns = ([row[name] for row in rows] for name in (one, other))
    return float(spearmanr(*columns).statistic)


def table(rows: list[dict], settings: Settings) -> Table:
    """What the classifier reads, source by source."""
    place = max((row["block"], row["reader"]) for row in rows)
    its = [r for r in rows if (r["block"], r["reader"]) == place]
    lines = []
    for source in sorted({row["source"] for row in its}):
        same = [row for row in its if row["source"] == source]
        weight, worth = (
            interval([row[name] for row in same])
            for name in ("weight", "worth")
        )
        name = f"layer {source}" if source else "x0"
        maps = str(same[0]["maps"])
        lines.append([name, maps, f"{weight:.3f}", f"{worth:.3f}"])
    head = [
        "the classifier reads",
        "maps",
        "mean absolute weight",
        "deaf to it, loss more by",
    ]
    return Table(head, lines)


def draw(rows: list[dict], settings: Settings):
    """Weight, weight at the start and worth, for every pair."""
    found = pairs(rows)
    most = max(max(pair["weight"], pair["start"]) for pair in found)
    worth = max(pair["worth"] for pair in found)
    rows_of = {
        "mean |weight|": lambda pair: pair["weight"] / most,
        "before training": lambda pair: pair["start"] / most,
        "loss, if deaf": lambda pair: _decades(pair["worth"], worth),
    }
    hues = dict(zip(rows_of, ("blue", "blue", "purple")))
    return panels.triangles(
        {
            name: [(*_place(pair), shade(pair)) for pair in found]
            for name, shade in rows_of.items()
        },
        hues,
        "For each block, how strongly each reader weighs each source, how "
        "strongly it did before training, and how much the loss rises when "
        "it is deaf to it",
    )


def _place(pair):
    return pair["block"], pair["reader"], pair["source"]


def _decades(loss, most):
    """From 0 at a loss that is FAINT to 1 at the largest, by factors."""
    return log10(max(loss, FAINT) / FAINT) / log10(most / FAINT)
