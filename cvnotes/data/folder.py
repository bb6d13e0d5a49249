"""The reader's own pictures: a folder for each class."""

from pathlib import Path

import torch
from torch import Tensor
from torch.utils.data import Dataset

from cvnotes.cost import at_least_one
from cvnotes.data.opened import opened
from cvnotes.data.pictures import drawn_few
from cvnotes.data.split import refuse_split

# Of photographs, as a rule: ImageNet's, in bytes, red, green and blue.
MEAN, STD = (123.7, 116.3, 103.5), (58.4, 57.1, 57.4)
KINDS = {".bmp", ".jpeg", ".jpg", ".png", ".ppm", ".tif", ".tiff", ".webp"}


class Folder(Dataset):
    """Pictures that stay on the disk until they are asked for."""

    def __init__(self, files: list[tuple[Path, int]], classes, size: int):
        self.files, self.size = files, size
        self.classes = tuple(classes)
        self.shape = (3, size, size)

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i: int) -> tuple[Tensor, int]:
        path, label = self.files[i]
        pixels = torch.tensor(opened(path, self.size)).permute(2, 0, 1)
        mean, std = (torch.tensor(v).view(3, 1, 1) for v in (MEAN, STD))
        return (pixels - mean) / std, label

    def take(self, images: int, seed: int = 0) -> "Folder":
        """A drawn few, as many of each class as of any other."""
        labels = torch.tensor([label for _, label in self.files])
        where = drawn_few(labels, len(self.classes), images, seed)
        files = [self.files[i] for i in where.tolist()]
        return Folder(files, self.classes, self.size)


def folder(path: Path | str, split: str = "train", size: int = 32) -> Folder:
    """The pictures of path/train/<class>/ or path/test/<class>/.

    Each is brought to 3×``size``×``size``, whatever its own sides are, and
    normalised as photographs usually are. What is transparent is white, and
    of 16 bits the upper 8 are kept. Classes and files are in the order of
    their names; a class may have folders in it. Source and licence are the
    reader's. A missing folder is a ``FileNotFoundError``, a class
    without pictures or a broken file a ``ValueError``, each with its path.
    """
    refuse_split(split)
    at_least_one(size=size)
    place, training = Path(path) / split, Path(path) / "train"
    classes = _classes(place)
    # A class more or less, and every number after it would mean another.
    if odd := set(classes) ^ set(_classes(training)):
        raise ValueError(
            f"{place} and {training} differ in {', '.join(sorted(odd))}; "
            f"give both the same classes"
        )
    files = [
        (file, label)
        for label, name in enumerate(classes)
        for file in _pictures(place / name)
    ]
    return Folder(files, classes, size)


def _classes(place):
    if not place.is_dir():
        raise FileNotFoundError(
            f"{place} is no folder; make it, with a folder for each class"
        )
    names = sorted(p.name for p in place.iterdir() if p.is_dir())
    classes = [name for name in names if not name.startswith(".")]
    if not classes:
        raise ValueError(f"{place} has no folder; make one for each class")
    return classes


def _pictures(place):
    found = sorted(
        file
        for file in place.rglob("*")
        if file.suffix.lower() in KINDS and not file.name.startswith(".")
    )
    if not found:
        raise ValueError(
            f"{place} has no picture in it; add some, or take it away"
        )
    return found
