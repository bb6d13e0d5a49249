"""What an experiment found: a table, a verdict, a figure, how it was made."""

import json
import re
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

from cvnotes.experiments.interval import Interval, lead, together, verdict

RESULTS = Path(__file__).parent / "results"
_UNIT = re.compile(r"(?<=\d) (?=%|(?:[kMG]?B|[mµ]?s|[kMG]|points?|times)\b)")


@dataclass(frozen=True)
class Table:
    """Rows of named cells; Markdown as text, a table on a page."""

    columns: list[str]
    rows: list[list[str]]

    def __str__(self):
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    __repr__ = __str__

    def _repr_markdown_(self):
        # On a phone a line may end anywhere but between a number and a unit.
        return _UNIT.sub("\N{NO-BREAK SPACE}", str(self))


@dataclass(frozen=True)
class Finding:
    """One part of a claim: whether it holds here, and by which numbers."""

    claim: str
    verdict: str
    reason: str

    def __str__(self):
        return f"{self.claim}: {self.verdict} ({self.reason})"


def compared(
    claim: str,
    found: Interval,
    spec: str = ".1f",
    said: tuple[str, str] = ("ahead", "behind"),
    who: str = "",
) -> Finding:
    """A claim that one is ahead, and by how many percentage points.

    >>> print(compared("the deeper net wins", Interval(2.0, 1.0, 3.0)))
    the deeper net wins: holds (ahead by 2.0 (1.0 to 3.0) percentage points)
    """
    by = lead(found, spec, said)
    return Finding(claim, verdict(found), f"{who}{by} percentage points")


@dataclass(frozen=True)
class Result:
    """The claim, what was measured, and what it says.

    ``rows`` holds the numbers as they were measured, a dictionary for each
    net; the findings, the table and the figure are made of them.
    """

    name: str
    claim: str
    rows: list[dict]
    settings: dict
    seeds: list[int]
    made: dict

    @property
    def _module(self):
        return import_module(f"cvnotes.experiments.{self.name}")

    @property
    def _settings(self):
        kind = type(self._module.QUICK)
        return kind(
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in self.settings.items()
                if name != "preset"
            }
        )

    @property
    def findings(self) -> list[Finding]:
        """What the numbers say of each part of the claim."""
        return self._module.judge(self.rows, self._settings)

    @property
    def verdict(self) -> str:
        """That of the findings, where they agree; else "mixed"."""
        return together([finding.verdict for finding in self.findings])

    @property
    def table(self) -> Table:
        """What was measured, for reading."""
        return self._module.table(self.rows, self._settings)

    def figure(self):
        """What was measured, in the book's palette."""
        return self._module.draw(self.rows, self._settings)

    def __repr__(self):
        lines = [self.claim, *map(str, self.findings)]
        return "\n".join([*lines, f"Together: {self.verdict}."])

    def _repr_markdown_(self):
        parts = "\n".join(
            f"- {f.claim}: **{f.verdict}** ({f.reason})"
            for f in self.findings
        )
        return f"*{self.claim}*\n\n{parts}\n\nTogether: **{self.verdict}**."

    def text(self) -> str:
        """As JSON: the numbers, and nothing that follows from them."""
        parts = asdict(self)
        # A line for each net, so that a change can be read.
        rows = ",\n  ".join(
            json.dumps(row, allow_nan=False) for row in parts.pop("rows")
        )
        rest = json.dumps(
            parts, indent=1, ensure_ascii=False, allow_nan=False
        )
        return f'{rest[:-2]},\n "rows": [\n  {rows}\n ]\n}}\n'


def recorded(name: str) -> Result:
    """What ``make experiments`` found."""
    path = RESULTS / f"{name}.json"
    if not path.exists():
        raise FileNotFoundError(
            f"{name} was not recorded; `make experiments` does it"
        )
    return Result(**json.loads(path.read_text(encoding="utf-8")))
