"""Where a run stands, on disk: its own and undamaged, or refused by name."""

import hashlib
import io
import pickle
import re
import warnings
from pathlib import Path

import torch

from cvnotes.train.whole import write_whole

KEPT = 2  # the newest, and the one before it
PARTS = {
    "belongs",
    "net",
    "optimizer",
    "scaler",
    "history",
    "step",
    "total",
}
DAMAGE = (
    RuntimeError,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    pickle.UnpicklingError,
)
NAME = re.compile(r"epoch-\d{5,}-step-\d{7,}\.pt")
SEAL = 32  # bytes of a SHA-256, behind what they are the digest of


class Foreign(ValueError):
    """A checkpoint of another run, and what to do about it."""

    def __init__(self, text: str, way: str):
        super().__init__(text)
        self.way = way


def checkpoints(folder: Path) -> list[Path]:
    """The checkpoints of a run, the newest last."""
    found = folder.glob("epoch-*.pt")
    return sorted(path for path in found if NAME.fullmatch(path.name))


def save(folder: Path, place: tuple[int, int], state: dict):
    """Keep the state at this epoch and step, and the one before it."""
    path = folder / "epoch-{:05d}-step-{:07d}.pt".format(*place)
    written = io.BytesIO()
    torch.save(state, written)
    content = written.getvalue()
    write_whole(path, lambda file: file.write(content + _seal(content)))
    for old in checkpoints(folder)[:-KEPT]:
        old.unlink()


def newest(folder: Path, belongs: dict, aside: bool = True) -> dict | None:
    """The newest state that can be read and is this run's; None if none.

    ``belongs`` is what a run says of itself. A damaged file is named in a
    warning and, with ``aside``, set aside, so that it is never counted
    among those to keep. Another run's is named too, and where there is no
    other it is refused: a ``ValueError``.
    """
    foreign = None
    for path in reversed(checkpoints(folder)):
        try:
            return _own(_read(path), belongs, path)
        except Foreign as reason:
            foreign = foreign or reason
            _warn(f"{reason}; it is passed over")
        except DAMAGE as reason:
            line = str(reason).partition("\n")[0]
            _warn(f"{path} is damaged ({line}); it is set aside")
            if aside:
                path.replace(path.with_suffix(".damaged"))
    if foreign:
        raise ValueError(f"{foreign}; {foreign.way}")
    return None


def _warn(text):
    warnings.warn(text, stacklevel=4)


def _read(path):
    # torch.load compares no sums, and those of its file leave out a part.
    written = path.read_bytes()
    content, seal = written[:-SEAL], written[-SEAL:]
    if seal != _seal(content):
        raise ValueError(
            "it is no checkpoint of this package, or not what was written"
        )
    state = torch.load(
        io.BytesIO(content), map_location="cpu", weights_only=True
    )
    known = isinstance(state, dict) and state.keys() >= PARTS
    if not known or not isinstance(state["belongs"], dict):
        raise ValueError("it is no checkpoint of this package")
    return state


def _seal(content):
    return hashlib.sha256(content).digest()


def _own(state, belongs, path):
    found = state["belongs"]
    for name in belongs | found:
        if belongs.get(name) != found.get(name):
            there = found.get(name)
            way = "choose another folder"
            if name == "processes":
                way += f", or start it with {there} processes"
            raise Foreign(
                f"{path} is another run's: there {name} is "
                f"{there!r}, here {belongs.get(name)!r}",
                way,
            )
    return state
