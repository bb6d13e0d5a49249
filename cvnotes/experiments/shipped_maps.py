"""The weights of the page's finder: written once, read by torch and the page.

The file is ``cvnotes/widgets/class_maps.npz``: a state_dict in 16 bits, and
beside it what the page needs to know, under names that begin with "_".
"""

from pathlib import Path

import numpy as np
import torch

from cvnotes import data
from cvnotes.data.digits import TRAINING
from cvnotes.experiments.finder import Finder
from cvnotes.experiments.placed import put

WEIGHTS = Path(__file__).parents[1] / "widgets" / "class_maps.npz"
EACH = 2  # digits of a class to choose from
SIDES = (16, 20, 24)  # the canvases that its accuracy is told for


def trained() -> Finder:
    """The widget's net, with the weights as the widget has them.

    >>> trained().class_maps(torch.zeros(1, 1, 20, 20)).shape
    torch.Size([1, 10, 10, 10])
    """
    file = np.load(WEIGHTS)
    net = Finder(1, 10)
    numbers = {
        name: torch.from_numpy(file[name]).float()
        for name in file.files
        if name[0] != "_"
    }
    net.load_state_dict(numbers)
    return net.eval()


def keep(net: Finder):
    """Write a net in 16 bits, how well it reads, and digits to put down."""
    numbers = {
        name: values.numpy().astype(np.float16)
        for name, values in net.state_dict().items()
    }
    net.half().float()  # what is told of it is told of what is written
    right = [accuracy(net, side) for side in SIDES]
    np.savez_compressed(
        WEIGHTS, **numbers, _sides=SIDES, _right=right, **_examples()
    )


def accuracy(net: Finder, side: int) -> float:
    """On every test digit (0 to 1), each at a place of its own."""
    test = data.digits("test")
    count = len(test)
    canvases = torch.zeros(count, 1, side, side)
    random = torch.Generator().manual_seed(side)
    places = torch.randint(side - 7, (2, count), generator=random)
    put(canvases, test.kept / 16, *places)
    with torch.no_grad():
        right = net(canvases).argmax(1) == test.labels
    return right.double().mean().item()


def _examples():
    """The first test digits of each class, by their number in the file."""
    test = data.digits("test")
    of = [(test.labels == digit).nonzero()[:EACH, 0] for digit in range(10)]
    chosen = torch.stack(of, 1).flatten()
    return {
        "_examples": test.kept[chosen].flatten(1).numpy(),
        "_labels": test.labels[chosen].numpy(),
        "_numbers": chosen.numpy() + TRAINING + 1,
    }
