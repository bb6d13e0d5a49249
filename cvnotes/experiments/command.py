"""What ``python -m cvnotes run`` does: run, and leave what was found."""

import ast
import json
import os
import shlex
import sys
from dataclasses import fields
from importlib import import_module
from pathlib import Path

from cvnotes.experiments.begun import begin
from cvnotes.experiments.lab import conduct, settings_of
from cvnotes.experiments.result import Result
from cvnotes.train import Stopped
from cvnotes.train.whole import write_whole


def run(
    name: str,
    preset: str,
    device: str,
    seeds: int | None,
    out: Path,
    resume: bool,
    pairs: list[str],
) -> Result:
    """Run an experiment and write result.json, table.md and figure.png."""
    module = import_module(f"cvnotes.experiments.{name}")
    before = settings_of(module, preset, {})
    settings = settings_of(module, preset, changed(before, pairs))
    first = os.environ.get("RANK", "0") == "0"
    if first:
        begin(settings, preset, out, resume)
    try:
        result = conduct(
            name, preset, device, seeds, out, resume, **vars(settings)
        )
    except KeyboardInterrupt as reason:
        # Also between two nets, where nothing is under way.
        said = str(reason) or "stopped"
        raise Stopped(f"{said}: {again(sys.argv)}") from None
    if first:
        write(result, out)
        print(result.table, result, f"All of it in {out}", sep="\n\n")
    return result


def describe(name: str) -> list[str]:
    """A line for each setting: its name, and what it is in either preset.

    >>> describe("growth_rate")[1]
    'data           digits          cifar10'
    """
    module = import_module(f"cvnotes.experiments.{name}")
    lines = [("setting", "quick", "full")]
    for own in fields(module.QUICK):
        both = (getattr(p, own.name) for p in (module.QUICK, module.FULL))
        lines.append((own.name, *map(_text, both)))
    wide = [max(len(line[i]) for line in lines) + 2 for i in (0, 1)]
    return [f"{a:{wide[0]}}{b:{wide[1]}}{c}" for a, b, c in lines]


def _text(value):
    """As ``--set`` reads it."""
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def again(arguments: list[str]) -> str:
    """The command that goes on.

    >>> again(["…/cvnotes/__main__.py", "run", "growth_rate"])
    'python -m cvnotes run growth_rate --resume'
    """
    count = int(os.environ.get("WORLD_SIZE", 1))
    start = f"torchrun --nproc_per_node {count} -m cvnotes"
    said = [*arguments[1:], *{"--resume"} - {*arguments}]
    start = start if count > 1 else "python -m cvnotes"
    return f"{start} {shlex.join(said)}"


def changed(settings, pairs: list[str]) -> dict:
    """``key=value`` as the settings' own types.

    A list of values is separated by commas, an empty one is "none".
    """
    kinds = {f.name: getattr(settings, f.name) for f in fields(settings)}
    found = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals:
            raise ValueError(f"--set {pair} has no value; write {pair}=…")
        found[name] = _value(name, text, kinds.get(name))
    return found


def _value(name, text, now):
    if isinstance(now, tuple):
        parts = [] if text == "none" else text.strip("()").split(",")
        return tuple(_value(name, p.strip(), (*now, "")[0]) for p in parts)
    if isinstance(now, str):
        return text
    try:
        value = ast.literal_eval(text.capitalize())
        if isinstance(now, float) and isinstance(value, int):
            return float(value)
        if now is None or value is None or type(value) is type(now):
            return value
    except (ValueError, SyntaxError):
        pass
    wanted = "number" if now is None else type(now).__name__
    raise ValueError(f"--set {name}={text} is no {wanted}; now it is {now}")


def write(result: Result, out: Path):
    """What was found, in this folder."""
    table = f"{result.table}\n\n{result._repr_markdown_()}\n"
    texts = {
        "result.json": result.text(),
        "table.md": table,
        "settings.json": json.dumps(
            {**result.settings, "seeds": result.seeds, **result.made},
            indent=1,
        )
        + "\n",
    }
    for name, text in texts.items():
        write_whole(out / name, lambda f, t=text: f.write(t.encode()))
    result.figure().save(out / "figure.png")
