"""Files that are there whole, or not at all."""

import os
import re
from pathlib import Path

LEFT = re.compile(r"\..+\.cvnotes-\d+")  # what a killed one was writing


def write_whole(path: Path, write):
    """Have ``write(file)`` fill a file that appears under its name at once.

    It is written beside its place, brought to the disk, and renamed: who
    looks sees the old file or the new one, whenever the power goes. A file
    that cannot be written is an ``OSError``, and the old one stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.cvnotes-{os.getpid()}")
    try:
        with beside.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except (RuntimeError, OSError) as reason:
        # A full disk is a RuntimeError with torch, and has no name.
        named = getattr(reason, "strerror", None)
        why = f"{named}." if named else "is the disk full?"
        raise OSError(
            f"{path} cannot be written; {why} What was there before is whole"
        ) from reason
    finally:
        beside.unlink(missing_ok=True)
    _sync_folder(path.parent)


def sweep(folder: Path):
    """Take away what a process that was killed has left half written."""
    for path in folder.glob(".*"):
        if LEFT.fullmatch(path.name):
            path.unlink(missing_ok=True)


def _sync_folder(folder):
    # The rename itself; Windows opens no folder, and does this by itself.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)
