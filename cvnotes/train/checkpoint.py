"""Where a run stands, on disk: its own and undamaged, or refused by name."""

import pickle
import warnings
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import torch

from cvnotes.train.whole import write_whole

KEPT = 2  # the newest, and the one before it
PARTS = {"belongs", "net", "optimizer", "history", "step", "total"}
DAMAGE = (
    RuntimeError,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    BadZipFile,
    pickle.UnpicklingError,
)


class Foreign(ValueError):
    """A checkpoint of another run."""


def checkpoints(folder: Path) -> list[Path]:
    """The checkpoints of a run, the newest last."""
    return sorted(folder.glob("epoch-*.pt"))


def save(folder: Path, place: tuple[int, int], state: dict):
    """Keep the state at this epoch and step, and the one before it."""
    path = folder / "epoch-{:05d}-step-{:07d}.pt".format(*place)
    write_whole(path, lambda file: torch.save(state, file))
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
        raise ValueError(f"{foreign}; choose another folder")
    return None


def _warn(text):
    warnings.warn(text, stacklevel=4)


def _read(path):
    # torch.load does not compare the sums that its file has of its parts.
    with ZipFile(path) as file:
        if bad := file.testzip():
            raise BadZipFile(f"{bad} is not what was written")
    state = torch.load(path, map_location="cpu", weights_only=True)
    if not isinstance(state, dict) or not state.keys() >= PARTS:
        raise ValueError("it is no checkpoint of this package")
    return state


def _own(state, belongs, path):
    found = state["belongs"]
    for name in belongs | found:
        if belongs.get(name) != found.get(name):
            raise Foreign(
                f"{path} is another run's: there {name} is "
                f"{found.get(name)!r}, here {belongs.get(name)!r}"
            )
    return state
