"""What every experiment that trains can set: pictures, recipe, machine."""

from dataclasses import dataclass

from torch.utils.data import Dataset

from cvnotes import data
from cvnotes.train import Machine, Recipe


@dataclass(frozen=True, kw_only=True)
class Training:
    """Pictures and how they are learned; each experiment adds its own.

    ``data`` is "digits", "cifar10", "cifar100", "fake" (CIFAR's shapes
    without its meaning), a cue of ``cvnotes.data.drawn``, or the path of a
    folder of pictures. ``images`` is how many to train on; None is all.
    """

    data: str = "digits"
    images: int | None = 100
    epochs: int = 14
    batch: int = 20
    rate: float = 0.1
    pad: int = 0
    flip: bool = False
    precision: str = "no"
    accumulate: int = 1
    channels_last: bool = False
    compile: bool = False

    def recipe(self) -> Recipe:
        """The paper's, with this rate, length and batch."""
        return Recipe(
            self.epochs,
            self.batch,
            self.rate,
            pad=self.pad,
            flip=self.flip,
        )

    def machine(self, device: str) -> Machine:
        """This device, in this precision."""
        return Machine(
            device,
            self.precision,
            self.accumulate,
            self.channels_last,
            self.compile,
        )

    def pictures(self, seed: int) -> tuple[Dataset, Dataset]:
        """Training pictures, drawn by the seed, and the test pictures."""
        return tuple(
            _load(self.data, split, self.images, seed)
            for split in ("train", "test")
        )


# The settings of the paper for CIFAR: its section 4.2.
PAPER = {
    "data": "cifar10",
    "images": None,
    "epochs": 300,
    "batch": 64,
    "rate": 0.1,
    "pad": 4,
    "flip": True,
    "precision": "bf16",
    "channels_last": True,
}


def _load(name, split, images, seed) -> Dataset:
    train = split == "train"
    images = images if train else None
    if name == "digits":
        return data.digits(split, images, seed)
    if name in ("cifar10", "cifar100"):
        return data.cifar(int(name[5:]), split, images, seed)
    if name == "fake":
        own = 2 * seed + train  # the test pictures are others
        return data.fake_cifar(images=images or 16, seed=own)
    if name in data.CUES:
        return data.drawn(name, split, images or (1000, 5000)[train], seed)
    found = data.folder(name, split)
    return found if images is None else found.take(images, seed)
