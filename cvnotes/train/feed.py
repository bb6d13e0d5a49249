"""Pictures on their way to the net: in order, in parts, a little moved."""

from collections.abc import Iterable, Iterator

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, default_collate

from cvnotes.data import (
    Pictures,
    draw_shifts_and_flips,
    shift_and_flip,
)
from cvnotes.train.order import (
    batches,
    callers_chance,
    generator,
    seed_all,
)
from cvnotes.train.recipe import Recipe

MOVES = 1  # so that an epoch's order and its moves draw apart


class Placed(Dataset):
    """Pictures whose own chance, if they have any, follows from the place.

    A dataset may draw by itself, as those with transforms do. Before it is
    asked for a batch, in whichever process, chance starts anew from the
    seed, the epoch and the batch's first picture.
    """

    def __init__(self, data: Dataset, place: tuple[int, ...]):
        self.data, self.place = data, place

    def __len__(self):
        return len(self.data)

    def __getitems__(self, numbers):
        seed_all(*self.place, numbers[0])
        if isinstance(self.data, Pictures):
            return self.data.batch(numbers)
        if hasattr(self.data, "__getitems__"):
            return self.data.__getitems__(numbers)
        return [self.data[i] for i in numbers]


def together(items):
    """A batch of what a dataset gave, which of ``Pictures`` is one."""
    return items if isinstance(items, tuple) else default_collate(items)


def batches_of(
    data: Dataset,
    numbers: Iterable[Tensor],
    place: tuple[int, ...] = (0,),
    workers: int = 0,
) -> DataLoader:
    """Images and labels, a batch for each tensor of pictures' numbers."""
    return DataLoader(
        Placed(data, place),
        batch_sampler=[n.tolist() for n in numbers],
        num_workers=workers,
        collate_fn=together,
        # Its own, so that the caller's is left alone.
        generator=torch.Generator().manual_seed(0),
    )


def some(data: Dataset, count: int) -> tuple[Tensor, Tensor]:
    """The first ``count`` pictures and labels, or all if there are fewer."""
    first = torch.arange(len(data))[:count]
    with callers_chance():
        return tuple(next(iter(batches_of(data, [first]))))


def epoch_of(
    data: Dataset,
    recipe: Recipe,
    place: tuple[int, int],
    process: tuple[int, int, int],
    first: int = 0,
    workers: int = 0,
) -> Iterator[list[tuple[Tensor, Tensor]]]:
    """An epoch from its step ``first`` on, a list of parts for each step.

    ``place`` is the seed and the epoch; ``process`` the number of this
    process, how many there are, and into how many parts each cuts its own.
    """
    rank, processes, cuts = process
    order = batches(len(data), recipe.batch, *place)[first:]
    part = recipe.batch // (processes * cuts)
    own = order.view(len(order), processes, cuts, part)[:, rank]
    loader = iter(batches_of(data, own.flatten(0, 1), place, workers))
    for step in range(first, first + len(order)):
        moves = _moves(recipe, (*place, MOVES, step), process)
        yield [_moved(*next(loader), recipe.pad, move) for move in moves]


def _moves(recipe, place, process):
    """This process's part of what is drawn for the whole batch."""
    rank, processes, cuts = process
    if not recipe.pad and not recipe.flip:
        return [None] * cuts
    drawn = draw_shifts_and_flips(
        recipe.batch, recipe.pad, recipe.flip, generator(*place)
    )
    shares = (d.view(processes, cuts, -1, *d.shape[1:])[rank] for d in drawn)
    return list(zip(*shares))


def _moved(images, labels, pad, move):
    if move:
        images = shift_and_flip(images, pad, *move)
    return images, labels
