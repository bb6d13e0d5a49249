"""CIFAR: 60,000 small photographs in 10 or 100 classes.

Krizhevsky, "Learning Multiple Layers of Features from Tiny Images",
University of Toronto, 2009. The authors name no licence and ask for this
citation; so the pictures are downloaded, not shipped.
"""

import torch

from cvnotes.cost import at_least_one
from cvnotes.data.pictures import Pictures
from cvnotes.data.split import refuse_split

# Of the bytes, over the training pictures, red, green and blue: those that
# He et al. and the DenseNet paper normalise with in their Lua code.
MEAN = {10: (125.3, 123.0, 113.9), 100: (129.3, 124.1, 112.4)}
STD = {10: (63.0, 62.1, 66.7), 100: (68.2, 65.4, 70.4)}


def _refuse_classes(classes):
    if classes not in MEAN:
        raise ValueError(f"classes={classes} is no CIFAR; use 10 or 100")


def cifar(
    classes: int = 10,
    split: str = "train",
    images: int | None = None,
    seed: int = 0,
    folder: str = "data",
) -> Pictures:
    """CIFAR-10 or -100: 50,000 pictures to train on, 10,000 to test.

    The ``split`` is "train" or "test". A picture has 3×32×32 bytes,
    normalised channel by channel. They are looked for in
    ``folder`` and downloaded if they are not there (170 MB); ``images``
    draws that many by ``seed``, equally from each class. It needs
    torchvision, and says so by a ``ModuleNotFoundError`` where there is
    none; ``FileNotFoundError`` says what to put where if a download fails.
    """
    _refuse_classes(classes)
    refuse_split(split)
    files = _files(classes, split, folder)
    found = Pictures(
        torch.from_numpy(files.data).permute(0, 3, 1, 2).contiguous(),
        torch.tensor(files.targets),
        files.classes,
        MEAN[classes],
        STD[classes],
    )
    return found if images is None else found.take(images, seed)


def _files(classes, split, folder):
    try:
        from torchvision import datasets
    except ModuleNotFoundError as reason:
        raise ModuleNotFoundError(
            "CIFAR is read by torchvision, which is not installed; "
            "run: pip install torchvision"
        ) from reason
    read = {10: datasets.CIFAR10, 100: datasets.CIFAR100}[classes]
    try:
        return read(folder, train=split == "train", download=True)
    except (OSError, RuntimeError) as reason:
        archive = "cifar-10" if classes == 10 else "cifar-100"
        raise FileNotFoundError(
            f"CIFAR-{classes} is not in folder={str(folder)!r} and could not "
            f"be downloaded ({reason}); put {archive}-python.tar.gz there"
        ) from reason


def fake_cifar(
    classes: int = 10, images: int = 1000, seed: int = 0
) -> Pictures:
    """Noise in the shape of CIFAR, to try a recipe before the download.

    There is nothing to learn: a net that has not seen a picture guesses it
    right once in ``classes`` times. Source: random bytes.

    >>> data = fake_cifar(100, images=200)
    >>> len(data), data.shape, len(data.classes)
    (200, (3, 32, 32), 100)
    """
    _refuse_classes(classes)
    at_least_one(images=images)
    random = torch.Generator().manual_seed(seed)
    noise = torch.randint(
        256, (images, 3, 32, 32), dtype=torch.uint8, generator=random
    )
    labels = torch.arange(images) % classes
    names = tuple(map(str, range(classes)))
    return Pictures(noise, labels, names, MEAN[classes], STD[classes])
