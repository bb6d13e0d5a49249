"""Chance as a function of the place: which pictures, moved how, which noise.

Every random number of a run follows from its seed and from where the run
stands, never from what was drawn before. So a run that goes on after a stop
draws what it would have drawn, and two processes draw what one does.
"""

import hashlib
import random
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset


def mixed(*place: int) -> int:
    """One seed out of several numbers; near places share nothing.

    >>> mixed(0, 1) == mixed(0, 1), mixed(0, 1) == mixed(1, 0)
    (True, False)
    """
    state = np.random.SeedSequence(place).generate_state(1, np.uint64)
    return int(state[0] >> np.uint64(1))


def generator(*place: int) -> torch.Generator:
    """A source of random numbers for this place alone."""
    return torch.Generator().manual_seed(mixed(*place))


def seed_all(*place: int):
    """Set what layers, and a reader's own code, draw from."""
    seed = mixed(*place)
    torch.manual_seed(seed)
    random.seed(seed)
    np.random.seed(seed % 2**32)


@contextmanager
def callers_chance():
    """Whatever is drawn in here, the caller draws on as if it were not."""
    drawn = random.getstate(), np.random.get_state()
    try:
        with torch.random.fork_rng():
            yield
    finally:
        random.setstate(drawn[0])
        np.random.set_state(drawn[1])


def batches(count: int, batch: int, seed: int, epoch: int) -> Tensor:
    """The order of an epoch: pictures' numbers, (steps, batch).

    Every batch is full. The pictures left over, fewer than a batch, have
    their turn in another epoch, since each has an order of its own.

    >>> batches(10, batch=4, seed=0, epoch=0).shape
    torch.Size([2, 4])
    """
    steps = count // batch
    if not steps:
        raise ValueError(
            f"batch={batch} is more than the {count} training pictures; "
            f"use {count} or fewer"
        )
    order = torch.randperm(count, generator=generator(seed, epoch))
    return order[: steps * batch].view(steps, batch)


def likeness(data: Dataset) -> str:
    """A short text of eight pictures, spread over all, with their labels.

    Another set hardly has the same; one that differs in other places does.
    """
    total, last = hashlib.sha256(), len(data) - 1
    for place in range(8):
        number = round(place * last / 7)
        seed_all(number)
        image, label = data[number]
        total.update(f"{number} {int(label)}".encode())
        total.update(_bytes(torch.as_tensor(image)))
    return total.hexdigest()[:16]


def _bytes(tensor):
    # As bytes, since numpy has no bfloat16.
    return tensor.contiguous().flatten().view(torch.uint8).numpy().tobytes()
