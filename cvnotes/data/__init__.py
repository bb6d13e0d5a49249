"""What the nets learn from: pictures with a label, and where they are from.

``digits`` is real and comes with scikit-learn, ``drawn`` is made on the
spot, ``cifar`` is downloaded, and ``folder`` is the reader's own. Each
gives a ``torch.utils.data.Dataset`` whose items are (image, label), with
``classes``, their names, and ``shape``, that of an image.
"""

from cvnotes.data.cifar import cifar, fake_cifar
from cvnotes.data.crop import draw_shifts_and_flips, shift_and_flip
from cvnotes.data.digits import digits
from cvnotes.data.drawn import CUES, drawn
from cvnotes.data.folder import Folder, folder
from cvnotes.data.pictures import Pictures

__all__ = [
    "CUES",
    "Folder",
    "Pictures",
    "cifar",
    "digits",
    "draw_shifts_and_flips",
    "drawn",
    "fake_cifar",
    "folder",
    "shift_and_flip",
]
