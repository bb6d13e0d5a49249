"""A small net whose last maps are its classes, and a rival with a classifier.

After Lin, Chen, Yan, "Network In Network", arXiv 1312.4400, section 3.2:
the score of a class is the mean of its map. Here no layer has a bias, so
that empty paper makes zeros in every map and speaks for no class; and the
last layer has no ReLU, so that a map can also speak against.
"""

from jaxtyping import Float
from torch import Tensor, nn

from cvnotes.shapes import Maps, Scores

ClassMaps = Float[Tensor, "b classes rows columns"]
WIDTHS = {"gap": (16, 32), "fc": (12, 24)}  # to about as many parameters


class Finder(nn.Module):
    """Three times a 3×3 convolution and a 1×1 one behind it.

    ``head="gap"`` takes the mean of each class map, at any size.
    ``head="fc"`` reads all numbers of those maps with one layer, for
    pictures of ``side``×``side``.

    >>> import torch
    >>> net = Finder(1, 10)
    >>> net.class_maps(torch.zeros(2, 1, 24, 20)).shape
    torch.Size([2, 10, 12, 10])
    >>> net(torch.zeros(2, 1, 24, 20)).shape
    torch.Size([2, 10])
    """

    def __init__(
        self, channels: int, classes: int, head: str = "gap", side: int = 16
    ):
        super().__init__()
        a, b = WIDTHS[head]
        layers = [*_pair(channels, a, a), nn.MaxPool2d(2)]
        layers += [*_pair(a, b, b), *_pair(b, b, classes)[:-1]]
        self.features = nn.Sequential(*layers)
        self.classifier = None
        if head == "fc":
            places = (side // 2) ** 2
            self.classifier = nn.Linear(classes * places, classes)

    def class_maps(self, x: Maps) -> ClassMaps:
        """What speaks for each class and against it, and where."""
        return self.features(x)

    def forward(self, x: Maps) -> Scores:
        maps = self.class_maps(x)
        if self.classifier is None:
            return maps.mean((2, 3))
        return self.classifier(maps.flatten(1))


def _pair(reads, middle, makes):
    """A 3×3 convolution and a 1×1 one, both with ReLU and no bias."""
    made = [
        nn.Conv2d(reads, middle, 3, padding=1, bias=False),
        nn.ReLU(),
        nn.Conv2d(middle, makes, 1, bias=False),
        nn.ReLU(),
    ]
    for layer in made[::2]:
        # He et al.'s start: no normalisation would mend a smaller one.
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    return made


def on_own(
    maps: Tensor, classes: Tensor, begins: Tensor, side: int
) -> Tensor:
    """Whether the map of a class is highest in the columns of its picture.

    ``maps`` are b classes h w, ``classes`` and ``begins`` b 2, and there
    are two columns of the canvas to one of the maps. Gives b 2.
    """
    index = classes[:, :, None, None].expand(-1, -1, *maps.shape[2:])
    own = maps.gather(1, index)
    column = own.amax(2).argmax(2) * 2 + 0.5
    return (column > begins - 1) & (column < begins + side)
