"""Where a run stands, on disk: whole or not there at all."""

import os
import pickle
import warnings
from pathlib import Path
from zipfile import BadZipFile

import torch

KEPT = 2  # the newest, and the one before it


def write_whole(path: Path, write):
    """Have ``write(file)`` fill a file that appears under its name at once.

    It is written beside its place, brought to the disk, and renamed: who
    looks sees the old file or the new one, whenever the power goes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder):
    # The rename itself; Windows opens no folder, and does this by itself.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def checkpoints(folder: Path) -> list[Path]:
    """The checkpoints of a run, the newest last."""
    return sorted(folder.glob("epoch-*.pt"))


def save(folder: Path, place: tuple[int, int], state: dict):
    """Keep the state at this epoch and step, and the one before it."""
    path = folder / "epoch-{:05d}-step-{:07d}.pt".format(*place)
    write_whole(path, lambda file: torch.save(state, file))
    for old in checkpoints(folder)[:-KEPT]:
        old.unlink()


def newest(folder: Path, belongs: dict) -> dict | None:
    """The newest state that can be read and is this run's; None if none.

    ``belongs`` is what a run says of itself. A damaged file is named in a
    warning and passed over; a folder in which every readable state is
    another run's is refused.
    """
    refused = []
    for path in reversed(checkpoints(folder)):
        try:
            return _read(path, belongs)
        except ValueError as reason:
            refused.append(str(reason))
            warnings.warn(
                f"{reason}; the one before it is used", stacklevel=3
            )
    if any("another run" in reason for reason in refused):
        raise ValueError(f"{refused[0]}; choose another folder")
    return None


def _read(path, belongs):
    damaged = (
        RuntimeError,
        EOFError,
        OSError,
        KeyError,
        BadZipFile,
        pickle.UnpicklingError,
    )
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        found = state["belongs"]
    except damaged as reason:
        line = str(reason).partition("\n")[0]
        raise ValueError(f"{path} is damaged ({line})") from reason
    for name in belongs | found:
        if belongs.get(name) != found.get(name):
            raise ValueError(
                f"{path} is another run's: there {name} is "
                f"{found.get(name)!r}, here {belongs.get(name)!r}"
            )
    return state
