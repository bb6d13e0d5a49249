"""What can be run, with the claim that it tries; no torch is loaded."""

import ast

from cvnotes.digest import file_of
from cvnotes.experiments import NAMES


def claims() -> dict[str, str]:
    """Each experiment's claim, read off its source."""
    return {name: _claim(name) for name in NAMES}


def _claim(name):
    path = file_of(f"cvnotes.experiments.{name}")
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "CLAIM":
            return ast.literal_eval(node.value)
    raise LookupError(f"{path} says no CLAIM")
