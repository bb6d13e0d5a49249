"""A small run for the tests, also as a process of its own.

    python tests/toy_run.py OUT [--resume] [--kill STEP] [--sync N]
    torchrun --nproc_per_node 2 tests/toy_run.py OUT

``--kill`` kills the process, without a word, when that many batches were
read; ``--sync`` when that many files were brought to the disk. At the end
it prints a digest of the weights, the losses and how many processes ran.
"""

import argparse
import hashlib
import json
import os
import signal

import torch
from torch import nn

from cvnotes.data import Pictures
from cvnotes.train import Machine, Recipe, fit

RECIPE = Recipe(3, batch=8, rate=0.05, pad=1, flip=True)


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def pictures(count=48, seed=0):
    """Colour squares whose class is their brightest channel."""
    chance = torch.Generator().manual_seed(seed)
    images = torch.rand(count, 3, 8, 8, generator=chance)
    labels = torch.arange(count) % 3
    images[torch.arange(count), labels] += 0.5
    return Pictures(images, labels, ("red", "green", "blue"))


class Killing(Pictures):
    """Pictures that end the process after so many batches."""

    left = None

    def batch(self, indices):
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                die()
        return super().batch(indices)


def build(norm=True, drop=0.3):
    """A net with every kind of chance; the tests take parts away."""
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1),
        nn.BatchNorm2d(8) if norm else nn.Identity(),
        nn.ReLU(),
        nn.Dropout(drop),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 3),
    )


def weights(net):
    """A digest of every bit of the weights."""
    total = hashlib.sha256()
    for name, value in net.state_dict().items():
        total.update(name.encode() + value.contiguous().numpy().tobytes())
    return total.hexdigest()


def kill_at_sync(left):
    """Have the process end at its n-th fsync, before it is done."""
    sync = os.fsync

    def counted(handle):
        nonlocal left
        left -= 1
        if left < 0:
            die()
        sync(handle)

    os.fsync = counted


def main():
    """One run, with what the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--kill", type=int)
    parser.add_argument("--sync", type=int)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--rarely", action="store_true")
    asked = parser.parse_args()
    images, labels = pictures().all()
    train = Killing(images, labels, pictures().classes)
    train.left = asked.kill
    if asked.sync is not None:
        kill_at_sync(asked.sync)
    torch.set_num_threads(1)
    run = fit(
        (lambda: build(norm=False, drop=0)) if asked.plain else build,
        train,
        pictures(seed=1),
        RECIPE,
        machine=Machine(asked.device),
        out=asked.out,
        resume=asked.resume,
        save_seconds=1e9 if asked.rarely else 0,
        shown=False,
    )
    group = torch.distributed
    processes = group.get_world_size() if group.is_initialized() else 1
    if int(os.environ.get("RANK", 0)) == 0:
        print(
            json.dumps(
                {
                    "weights": weights(run.net),
                    "losses": [record["loss"] for record in run.history],
                    "processes": processes,
                }
            )
        )


if __name__ == "__main__":
    main()
