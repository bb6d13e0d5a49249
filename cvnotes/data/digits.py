"""Handwritten digits: small, real, and already on the reader's machine.

Alpaydin and Kaynak, "Optical Recognition of Handwritten Digits", UCI
Machine Learning Repository, 1998, doi 10.24432/C50P49, CC BY 4.0. Its test
set, 1,797 pictures by 13 people, comes with scikit-learn.
"""

import torch

from cvnotes.data.pictures import Pictures
from cvnotes.data.split import refuse_split

# Of the ink, over all the pictures; rounded.
MEAN, STD = 4.9, 6.0

# Everyone copied the same form; here the ninth of the 14 begins.
TRAINING = 1029


def digits(
    split: str = "train", images: int | None = None, seed: int = 0
) -> Pictures:
    """Digits of 1×8×8 pixels; ink from 0 to 16 becomes (ink − 4.9) / 6.

    A pixel counts how many of 4×4 finer ones the pen has touched, so there
    are 17 grey levels. The first 8 forms are the ``"train"`` split (1,029
    pictures), the other 6 the ``"test"`` split (768): no form is in both,
    so a net is asked about hands that, but for one perhaps, are new to it.
    ``images`` draws that many by ``seed``, equally from each class;
    ``"all"`` is the whole file, in its order.

    >>> len(digits("train")), len(digits("test")), len(digits("all"))
    (1029, 768, 1797)
    >>> digits("train", images=100).labels.bincount().tolist()
    [10, 10, 10, 10, 10, 10, 10, 10, 10, 10]
    """
    refuse_split(split, ("train", "test", "all"))
    from sklearn.datasets import load_digits

    file = load_digits()
    part = {
        "train": slice(TRAINING),
        "test": slice(TRAINING, None),
        "all": slice(None),
    }[split]
    ink = torch.from_numpy(file.images).to(torch.uint8)[part, None]
    labels = torch.from_numpy(file.target)[part].long()
    found = Pictures(ink, labels, "0123456789", (MEAN,), (STD,))
    return found if images is None else found.take(images, seed)
