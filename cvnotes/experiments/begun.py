"""A folder is one run's: it notes with which settings it was begun."""

import json
from dataclasses import asdict
from pathlib import Path

from cvnotes.experiments.lab import plain
from cvnotes.train.whole import write_whole


def begin(settings, preset: str, out: Path, resume: bool):
    """Note the settings in the folder; refuse what is another run's.

    Until something was trained they can be noted anew: there was a mistake
    in them.
    """
    noted = out / "settings.json"
    now = {"preset": preset, **plain(asdict(settings))}
    if resume and not noted.exists():
        raise FileNotFoundError(
            f"--out {out} holds no run to go on with; leave --resume out, "
            f"or name another folder"
        )
    then = _read(noted) if noted.exists() else None
    if not _holds(out, noted):
        _write(noted, now)
    elif resume:
        _refuse_others(then, now, out)
    else:
        way = "go on with it by --resume, or " if then else ""
        raise FileExistsError(
            f"--out {out} holds something already; {way}name another folder"
        )


def _read(noted):
    try:
        then = json.loads(noted.read_text(encoding="utf-8"))
    except ValueError:
        then = None
    if not isinstance(then, dict) or "preset" not in then:
        raise ValueError(
            f"{noted} is damaged, or not of a run; name another --out"
        )
    return then


def _holds(out, noted):
    """Whether there is more than settings and logs without a line."""
    if not noted.exists():
        return out.is_dir() and any(out.iterdir())
    files = (path for path in out.rglob("*") if path.is_file())
    return any(path != noted and path.stat().st_size for path in files)


def _write(noted, now):
    text = json.dumps(now, indent=1) + "\n"
    try:
        write_whole(noted, lambda file: file.write(text.encode()))
    except OSError as reason:
        why = reason.__cause__ or reason
        raise OSError(
            f"--out {noted.parent} cannot be made ({why.strerror or why}); "
            f"name another folder"
        ) from reason


def _refuse_others(then, now, out):
    others = [
        f"{name}={then.get(name)}, not {value}"
        for name, value in now.items()
        if then.get(name) != value
    ]
    if others:
        raise ValueError(
            f"{out} was run with {'; '.join(others)}; "
            f"give the same settings, or another --out"
        )
