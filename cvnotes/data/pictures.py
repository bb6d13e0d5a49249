"""Pictures that fit into memory, kept small and handed out normalised."""

from collections.abc import Sequence
from numbers import Real

import torch
from jaxtyping import Int64, Integer, Shaped
from torch import Tensor, bincount
from torch.utils.data import Dataset

from cvnotes.cost import at_least_one
from cvnotes.shapes import Maps

Kept = Shaped[Tensor, "b c h w"]
Labels = Int64[Tensor, "b"]
Places = Int64[Tensor, "few"]
Numbers = Integer[Tensor, "n"]


def drawn_few(labels: Labels, classes: int, images: int, seed: int) -> Places:
    """The places of ``images`` of these labels, evenly from each class."""
    at_least_one(images=images)
    if images > len(labels):
        raise ValueError(
            f"images={images} is more than there are; "
            f"use {len(labels)} or fewer"
        )
    random = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(labels), generator=random)
    drawn = labels[order]
    # Each picture's place in the queue of its class: first all the
    # firsts are served, then all the seconds.
    sizes = bincount(drawn, minlength=classes)
    ahead = sizes.cumsum(0) - sizes  # in the queues of the classes before
    turn = torch.empty_like(drawn)
    queued = drawn.argsort(stable=True)
    turn[queued] = torch.arange(len(drawn)) - ahead[drawn[queued]]
    return order[turn.argsort(stable=True)[:images]]


def _refuse_strangers(labels, classes):
    strange = labels[(labels < 0) | (labels >= classes)]
    if len(strange):
        raise ValueError(
            f"labels has {strange[0].item()}, which is none of the {classes} "
            f"classes; use 0 to {classes - 1}"
        )


def _refuse_scale(mean, std, channels):
    for name, numbers in {"mean": mean, "std": std}.items():
        if len(numbers) not in (1, channels):
            raise ValueError(
                f"{name}={numbers} does not fit the channels; use one "
                f"number or {channels}"
            )
    if not all(number > 0 for number in std):
        raise ValueError(f"std={std} divides by it; use numbers above 0")


class Pictures(Dataset):
    """Images and their labels; an image comes out as (kept − mean) / std.

    They are kept as they are given, so bytes stay bytes: 50,000 colour
    pictures of 32×32 take 154 MB, a quarter of what floats take. ``mean``
    and ``std`` have a number for each channel, or one for all of them.

    >>> grey = torch.full((2, 1, 8, 8), 255, dtype=torch.uint8)
    >>> data = Pictures(grey, torch.tensor([0, 1]), ("a", "b"), std=(255.0,))
    >>> image, label = data[1]
    >>> image.max().item(), label, data.shape
    (1.0, 1, (1, 8, 8))
    """

    def __init__(
        self,
        kept: Kept,
        labels: Numbers,
        classes: Sequence[str],
        mean: float | tuple[float, ...] = (0.0,),
        std: float | tuple[float, ...] = (1.0,),
    ):
        if len(kept) != len(labels):
            raise ValueError(
                f"labels has {len(labels)} entries for {len(kept)} pictures; "
                f"give one for each"
            )
        _refuse_strangers(labels, len(classes))
        mean, std = ((n,) if isinstance(n, Real) else n for n in (mean, std))
        _refuse_scale(mean, std, kept.shape[1])
        self.kept, self.labels = kept, labels.long()
        self.classes = tuple(classes)
        self.mean, self.std = mean, std
        self.shape = tuple(kept.shape[1:])

    def __len__(self):
        return len(self.kept)

    def __getitem__(self, i: int) -> tuple[Tensor, int]:
        return self._normalised(self.kept[i]), self.labels[i].item()

    def batch(self, indices: Sequence[int]) -> tuple[Maps, Labels]:
        """These images, normalised at once, and their labels."""
        where = torch.as_tensor(indices)
        return self._normalised(self.kept[where]), self.labels[where]

    def all(self) -> tuple[Maps, Labels]:
        """Every image, normalised, and every label, in order."""
        return self._normalised(self.kept), self.labels

    def _normalised(self, kept):
        mean = torch.tensor(self.mean, dtype=torch.float32)
        std = torch.tensor(self.std, dtype=torch.float32)
        return (kept - mean.view(-1, 1, 1)) / std.view(-1, 1, 1)

    def take(self, images: int, seed: int = 0) -> "Pictures":
        """A drawn few, as many of each class as of any other.

        Where that does not work out some classes have one more; a class
        with too few gives all it has. With one seed, those of a small
        draw come first in a larger one.
        """
        return self._only(
            drawn_few(self.labels, len(self.classes), images, seed)
        )

    def _only(self, where):
        return Pictures(
            self.kept[where],
            self.labels[where],
            self.classes,
            self.mean,
            self.std,
        )
