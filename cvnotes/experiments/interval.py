"""What a few seeds say: a mean, how sure it is, and a verdict.

The intervals are Student's, at 95 %: over the seeds, which differ in the
training pictures that were drawn, in the start of the weights and in the
order. Two designs with the same seed share the first and the last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from scipy import stats

HOLDS, FAILS, UNDECIDED = "holds", "does not hold here", "undecided"
MIXED = "mixed"  # of several parts, which differ


@dataclass(frozen=True)
class Interval:
    """A mean and the ends of its interval."""

    mean: float
    low: float
    high: float

    def __format__(self, spec):
        mean, low, high = (_told(x, spec) for x in vars(self).values())
        return f"{mean} ({low} to {high})"

    def scaled(self, factor: int | float) -> "Interval":
        """The same in another unit, as percent."""
        return Interval(*(factor * x for x in vars(self).values()))

    def below(self, limit: int | float) -> "Interval":
        """How far it lies below this.

        >>> print(f"{Interval(1.0, 0.5, 2.5).below(2):.1f}")
        1.0 (−0.5 to 1.5)
        """
        ends = self.mean, self.high, self.low
        return Interval(*(limit - x for x in ends))


def _told(number, spec):
    """With a minus that is one, and none before a zero."""
    text = f"{number:{spec}}"
    negative = text.startswith("-") and float(text) != 0
    return text.replace("-", "−" if negative else "", 1)


def interval(values: Sequence[float], level: float = 0.95) -> Interval:
    """The mean of these, and where it would lie for all seeds.

    >>> f"{interval([1.0, 2.0, 3.0]):.2f}"
    '2.00 (−0.48 to 4.48)'
    >>> interval([1.0])
    Traceback (most recent call last):
    ValueError: 1 value has no interval; use two or more seeds
    """
    count = len(values)
    if count < 2:
        raise ValueError(
            f"{count} value has no interval; use two or more seeds"
        )
    middle = fmean(values)
    spread = stdev(values) / count**0.5
    half = float(stats.t.ppf((1 + level) / 2, count - 1)) * spread
    return Interval(middle, middle - half, middle + half)


def percent(values: Sequence[float], level: float = 0.95) -> Interval:
    """As ``interval``, of percentages: cut where none can lie.

    >>> f"{percent([100.0, 100.0, 94.0]):.1f}"
    '98.0 (89.4 to 100.0)'
    """
    found = interval(values, level)
    low, high = max(found.low, 0.0), min(found.high, 100.0)
    return Interval(found.mean, low, high)


def gain(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """How much more ours is, seed by seed."""
    return interval([a - b for a, b in zip(ours, theirs, strict=True)])


def lead(
    found: Interval,
    spec: str = ".1f",
    said: tuple[str, str] = ("ahead", "behind"),
) -> str:
    """The difference in words, so that no reader has to turn a minus round.

    >>> lead(Interval(-5.8, -8.4, -3.2))
    'behind by 5.8 (3.2 to 8.4)'
    >>> lead(Interval(0.5, -1.0, 2.0), said=("smaller", "larger"))
    'smaller by 0.5 (−1.0 to 2.0)'
    """
    ours, theirs = said
    if found.mean >= 0:
        return f"{ours} by {found:{spec}}"
    turned = Interval(-found.mean, -found.high, -found.low)
    return f"{theirs} by {turned:{spec}}"


def per_seed(
    rows: Sequence[dict],
    quantity: Callable[[dict], float],
    keep: Callable[[dict], bool],
) -> list[float]:
    """A number a seed: the mean quantity of the rows that are kept."""
    seeds = sorted({row["seed"] for row in rows})
    return [
        fmean(quantity(r) for r in rows if r["seed"] == seed and keep(r))
        for seed in seeds
    ]


def verdict(found: Interval, wanted: int | float = 0) -> str:
    """Whether it lies above ``wanted``, below, or one cannot say.

    >>> verdict(Interval(2.0, 1.0, 3.0)), verdict(Interval(0.5, -1.0, 2.0))
    ('holds', 'undecided')
    """
    if found.low > wanted:
        return HOLDS
    return FAILS if found.high < wanted else UNDECIDED


def together(verdicts: Sequence[str]) -> str:
    """One verdict over several, where they all say the same.

    >>> together(["holds", "holds"]), together(["holds", "undecided"])
    ('holds', 'mixed')
    """
    return verdicts[0] if len(set(verdicts)) == 1 else MIXED
