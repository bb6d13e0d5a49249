"""Time some calls against the first of them."""

from collections.abc import Callable
from statistics import median
from time import perf_counter


def ratio_table(calls: dict[str, Callable], rounds: int = 7) -> str:
    """Median time of each call, and its ratio to the first one's.

    In every round each call runs once, so that a slow minute of the
    machine is shared by all. A ratio is the median over the rounds of the
    ratio within a round, with the least and the greatest beside it. One
    round before is not counted.
    """
    times = {name: [] for name in calls}
    for _ in range(rounds + 1):
        for name, call in calls.items():
            start = perf_counter()
            call()
            times[name].append(perf_counter() - start)
    first = next(iter(times.values()))[1:]
    wide = max(map(len, times))
    lines = [f"{'':{wide}}  median ms  ratio  (least to greatest)"]
    for name, (_, *seconds) in times.items():
        ratios = [a / b for a, b in zip(seconds, first, strict=True)]
        lines.append(
            f"{name:{wide}}  {1000 * median(seconds):9.1f}  "
            f"{median(ratios):5.2f}  "
            f"({min(ratios):.2f} to {max(ratios):.2f})"
        )
    return "\n".join(lines)
