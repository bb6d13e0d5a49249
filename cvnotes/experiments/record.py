"""``make experiments``: record what the book shows, where the code changed.

With names, those are run in any case: ``python -m cvnotes.experiments.record
growth_rate``.
"""

import json
import sys

from cvnotes import experiments
from cvnotes.digest import digest
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.result import RESULTS


def is_fresh(name: str) -> bool:
    """Whether the record was made by the code as it is."""
    path = RESULTS / f"{name}.json"
    if not path.exists():
        return False
    made = json.loads(path.read_text(encoding="utf-8"))["made"]
    return made["code"] == digest(f"cvnotes.experiments.{name}")


def main(names: list[str]):
    """Run those that are old, one after the other."""
    for name in names:
        if name not in experiments.NAMES:
            sys.exit(
                f"cvnotes: {name} is no experiment; "
                f"there are {', '.join(experiments.NAMES)}"
            )
    for name in experiments.NAMES:
        if names and name not in names:
            continue
        if not names and is_fresh(name):
            print(f"fresh  {name}")
            continue
        result = conduct(name, device="cpu", shown=False)
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{name}.json"
        path.write_text(result.text(), encoding="utf-8")
        took = result.made["processor_seconds"]
        print(f"run    {name}, {took} s\n{result!r}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
