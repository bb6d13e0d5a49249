"""What one step of training takes of a machine: seconds and bytes."""

from collections.abc import Callable
from contextlib import contextmanager
from statistics import median
from time import perf_counter

import torch


@contextmanager
def one_thread():
    """Small operations gain nothing from more, and disturb each other."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def step(block, x):
    """Forward and backward, as in training."""
    block.zero_grad()
    block(x.requires_grad_()).sum().backward()


def times(
    blocks: dict, x, count: int, of: Callable = median
) -> dict[str, float]:
    """The median time of a step of each, in turns, the first left out.

    ``of`` may take another one of the times, as ``min``.
    """
    found = {way: [] for way in blocks}
    for _ in range(count + 1):
        for way, block in blocks.items():
            start = perf_counter()
            step(block, x)
            if x.is_cuda:
                torch.cuda.synchronize()
            found[way].append(perf_counter() - start)
    return {way: of(all_of_it[1:]) for way, all_of_it in found.items()}


def peak(block, x) -> int | None:
    """Bytes that a step needs at its most, on a GPU."""
    if not x.is_cuda:
        return None
    block.zero_grad()
    torch.cuda.reset_peak_memory_stats(x.device)
    before = torch.cuda.memory_allocated(x.device)
    step(block, x)
    return torch.cuda.max_memory_allocated(x.device) - before
