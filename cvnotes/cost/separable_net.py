"""Every layer of MobileNet, and what it costs.

Howard et al., "MobileNets: Efficient Convolutional Neural Networks for
Mobile Vision Applications", 2017, arXiv 1704.04861, sections 3.2 to 3.4.
Counted as there: weights alone, no normalisation and no bias.
"""

from cvnotes.cost.counting import (
    Cost,
    a_number,
    conv2d,
    linear,
    output_size,
)
from cvnotes.cost.dense import LayerCost
from cvnotes.cost.separable import separable_halves

# Each separable layer's outputs and the stride of its depthwise half.
MOBILENET_PLAN = (
    *((64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)),
    *((512, 1),) * 5,
    *((1024, 2), (1024, 1)),
)


def mobilenet_layers(
    alpha: int | float = 1.0,
    size: tuple[int, int] = (224, 224),
    num_classes: int = 1000,
    full: bool = False,
) -> list[LayerCost]:
    """MobileNet's table, with depthwise and pointwise layers for two.

    ``alpha`` thins every layer, rounded down; ``full`` has an ordinary
    convolution in the place of each such pair, as in the paper's Table 4.

    >>> len(mobilenet_layers()), sum(r.cost.macs for r in mobilenet_layers())
    (28, 568740352)
    """
    a_number(alpha=alpha)
    if not 0 < alpha <= 1:
        raise ValueError(
            f"alpha={alpha} is no share of the channels; use a number above "
            f"0 and up to 1"
        )
    reads = max(1, int(32 * alpha))
    size = output_size(size, 3, 2, 1)
    first = Cost(27 * reads, 27 * reads * size[0] * size[1])
    rows = [LayerCost("conv", 3, reads, size, first)]
    for i, (width, stride) in enumerate(MOBILENET_PLAN, start=1):
        makes = max(1, int(width * alpha))
        pair = _pair(i, reads, makes, size, stride, full)
        rows += pair
        reads, size = makes, pair[-1].size
    last = linear(reads, num_classes, bias=False)
    return [*rows, LayerCost("classifier", reads, num_classes, (1, 1), last)]


def mobilenet(
    alpha: int | float = 1.0,
    size: tuple[int, int] = (224, 224),
    num_classes: int = 1000,
    full: bool = False,
) -> Cost:
    """The sum over its table.

    >>> mobilenet()
    Cost(params=4209088, macs=568740352)
    """
    rows = mobilenet_layers(alpha, size, num_classes, full)
    return sum(row.cost for row in rows)


def _pair(i, reads, makes, size, stride, full):
    after = output_size(size, 3, stride, 1)
    if full:
        one = conv2d(reads, makes, 3, size, stride, 1, bias=False)
        return [LayerCost(f"full{i}", reads, makes, after, one)]
    in_space, across = separable_halves(reads, makes, 3, size, stride)
    return [
        LayerCost(f"depthwise{i}", reads, reads, after, in_space),
        LayerCost(f"pointwise{i}", reads, makes, after, across),
    ]
