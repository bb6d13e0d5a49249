"""Chance follows from the place, not from the past."""

import random
from itertools import pairwise

import numpy as np
import pytest
import torch

from cvnotes.train.order import batches, generator, mixed, seed_all


def test_an_epoch_shows_each_picture_once():
    order = batches(100, batch=10, seed=0, epoch=3)
    assert sorted(order.flatten().tolist()) == list(range(100))


def test_pictures_left_over_are_not_always_the_same():
    seen = set()
    for epoch in range(20):
        seen |= set(batches(10, 7, seed=0, epoch=epoch).flatten().tolist())
    assert seen == set(range(10))


def test_epochs_and_seeds_have_orders_of_their_own():
    orders = {
        tuple(batches(50, 50, seed, epoch)[0].tolist())
        for seed in range(4)
        for epoch in range(4)
    }
    assert len(orders) == 16


def test_the_same_place_draws_the_same():
    first, again = (torch.rand(5, generator=generator(1, 2)) for _ in "ab")
    assert torch.equal(first, again)


def test_everything_that_draws_is_set():
    def draw():
        return torch.rand(1).item(), random.random(), np.random.rand()

    seed_all(0, 5)
    first = draw()
    draw()
    seed_all(0, 5)
    assert draw() == first


def test_near_places_have_seeds_far_apart():
    seeds = [mixed(0, i) for i in range(200)]
    bits = [bin(a ^ b).count("1") for a, b in pairwise(seeds)]
    assert 24 < sum(bits) / len(bits) < 40  # of 63; half would be 31.5


def test_a_batch_that_is_larger_than_the_data_is_refused():
    with pytest.raises(ValueError, match=r"batch=64.*50 training pictures"):
        batches(50, 64, seed=0, epoch=0)
