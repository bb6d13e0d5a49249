"""What training keeps: the maps that wait for the backward pass.

Pleiss, Chen, Huang, Li, van der Maaten, Weinberger, "Memory-Efficient
Implementation of DenseNets", 2017, arXiv 1707.06990.

The unit is one number of one sample: times 4 bytes in float32, times the
batch. Counted are the float maps that some layer's backward needs:

- a normalisation keeps its input, and the ReLU after it its output, which
  the convolution behind it reads as well: two copies of the same width;
- average pooling keeps its input, and the classifier its input;
- the first convolution keeps the image.

Not counted: weights and their gradients, the few numbers a channel of a
normalisation, the places of the maxima in the stem's pooling.
"""

from dataclasses import dataclass

from cvnotes.cost.channels import input_channels
from cvnotes.cost.counting import at_least_one, sides
from cvnotes.cost.dense import densenet_layers


@dataclass(frozen=True)
class Memory:
    """Numbers kept for one sample, by the two ways to concatenate.

    naive: every layer's concatenated input is a new tensor and is kept,
    as is its normalised copy. Layer l is k maps wider than layer l−1, so
    the sum grows with the square of the depth.

    shared: concatenations and their normalised copies live in storage
    that the next layer overwrites, and are made again in the backward
    pass (checkpointing). Kept are the maps that the widest input is made
    of, once, since every narrower one is its beginning, and what each
    bottleneck hands on: linear in the depth. The shared storage itself
    comes on top, once: two copies of the widest input.
    """

    naive: int = 0
    shared: int = 0

    def __add__(self, other):
        if not isinstance(other, Memory):
            return NotImplemented
        return Memory(self.naive + other.naive, self.shared + other.shared)

    def __radd__(self, other):
        return self if other == 0 else NotImplemented


def dense_block_memory(
    layers: int,
    in_channels: int,
    growth_rate: int,
    size: tuple[int, int],
    bn_size: int | None = 4,
) -> Memory:
    """What one block keeps; its output belongs to the layer that reads it.

    >>> dense_block_memory(6, 64, 32, size=(56, 56))
    Memory(naive=10235904, shared=5519360)
    >>> dense_block_memory(12, 64, 32, size=(56, 56))
    Memory(naive=27697152, shared=10938368)
    """
    at_least_one(
        layers=layers, in_channels=in_channels, growth_rate=growth_rate
    )
    h, w = sides(size)
    narrow = 0
    if bn_size is not None:
        at_least_one(bn_size=bn_size)
        narrow = 2 * bn_size * growth_rate
    widths = [
        input_channels(in_channels, growth_rate, layer)
        for layer in range(1, layers + 1)
    ]
    return Memory(
        naive=(2 * sum(widths) + layers * narrow) * h * w,
        shared=(widths[-1] + layers * narrow) * h * w,
    )


def densenet_memory(
    growth_rate: int = 32,
    block_config: tuple[int, ...] = (6, 12, 24, 16),
    num_init_features: int = 64,
    bn_size: int | None = 4,
    compression: float = 0.5,
    stem: str = "imagenet",
    size: tuple[int, int] = (224, 224),
    in_channels: int = 3,
) -> Memory:
    """What a whole net keeps; only its blocks differ between the two ways.

    >>> densenet_memory()
    Memory(naive=32188928, shared=15321952)
    """
    rows = densenet_layers(
        growth_rate,
        block_config,
        num_init_features,
        bn_size,
        compression,
        stem=stem,
        size=size,
        in_channels=in_channels,
    )
    table = {row.name: row for row in rows}
    kept = in_channels * size[0] * size[1]
    if "norm0" in table:
        h, w = table["norm0"].size
        kept += 2 * num_init_features * h * w
    blocks = Memory()
    for i, layers in enumerate(block_config, start=1):
        first = table[f"denseblock{i}.denselayer1"]
        blocks += dense_block_memory(
            layers, first.in_channels, growth_rate, first.size, bn_size
        )
        c = input_channels(first.in_channels, growth_rate, layers + 1)
        h, w = first.size
        kept += 2 * c * h * w
        pooled = table.get(f"transition{i}")
        kept += pooled.out_channels * h * w if pooled else c
    return blocks + Memory(kept, kept)
