"""The weights that the page has: written once, read by torch and the widget.

The file is ``cvnotes/widgets/inside.npz``: a state_dict in 16 bits, and
beside it what the page needs to know, under names that begin with "_".
"""

from pathlib import Path

import numpy as np
import torch

from cvnotes import data
from cvnotes.data.digits import MEAN, STD, TRAINING
from cvnotes.densenet import DenseBlock, DenseNet

WEIGHTS = Path(__file__).parents[1] / "widgets" / "inside.npz"
# Where the best answer has a smaller chance, the page says it is unsure.
UNSURE = 0.9


def trained() -> DenseNet:
    """The widget's net, with the weights as the widget has them.

    >>> trained().channels()[-1].out_channels
    22
    """
    file = np.load(WEIGHTS)
    growth, *blocks = file["_plan"].tolist()
    net = DenseNet(
        growth,
        tuple(blocks),
        num_init_features=2 * growth,
        num_classes=10,
        stem="cifar",
        in_channels=1,
    )
    numbers = {
        name: torch.from_numpy(file[name]).float()
        for name in file.files
        if name[0] != "_"
    }
    # What is missing counts batches, and is of use in training only.
    net.load_state_dict(numbers, strict=False)
    return net.eval()


def keep(net: DenseNet):
    """Write a net in 16 bits, with 20 test digits to look at."""
    plan = [part for part in net.features if isinstance(part, DenseBlock)]
    numbers = {
        name: values.numpy().astype(np.float16)
        for name, values in net.state_dict().items()
        if values.is_floating_point()
    }
    np.savez_compressed(
        WEIGHTS,
        **numbers,
        _plan=[plan[0].growth_rate, *map(len, plan)],
        _scale=[MEAN, STD, UNSURE],
        **_examples(net),
    )


def _examples(net):
    """Of each digit the first that it is sure of, and the one it is least.

    Numbers count from 1 through the whole file.
    """
    test = data.digits("test")
    images, labels = test.all()
    with torch.no_grad():
        chances = net(images).softmax(1)
    sure = chances.gather(1, labels[:, None])[:, 0]
    of = [(labels == digit).nonzero()[:, 0] for digit in range(10)]
    easy = [places[sure[places] > 0.99][0] for places in of]
    hard = [places[sure[places].argmin()] for places in of]
    chosen = torch.stack(easy + hard)
    return {
        "_examples": test.kept[chosen].flatten(1).numpy(),
        "_labels": labels[chosen].numpy(),
        "_numbers": chosen.numpy() + TRAINING + 1,
    }
