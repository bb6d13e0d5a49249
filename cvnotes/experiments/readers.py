"""Who reads a block's maps, how loudly, and what it loses when it is deaf.

Huang, Liu, van der Maaten, Weinberger, arXiv 1608.06993, section 5 and
Figure 5: a reader is a layer of the block, the transition behind it, or
the classifier behind the last one; a source is x0, what came into the
block, or one of its layers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from torch import Tensor, nn

from cvnotes.densenet import DenseNet
from cvnotes.shapes import Maps


@dataclass(frozen=True)
class Reader:
    """One that reads a block's maps: its ``place``-th layer, or behind it.

    ``entrance`` is the normalisation at which it reads them, ``weight``
    what it reads them with, and ``ends`` where each source's channels
    begin and end: x0, then each layer.
    """

    block: int
    place: int
    entrance: nn.Module
    weight: Tensor
    ends: tuple[int, ...]

    @property
    def sources(self) -> range:
        """0 is what came into the block, s the maps of its layer s."""
        return range(len(self.ends) - 1)

    def maps(self, source: int) -> int:
        """How many maps it gets from this source."""
        begin, end = self.ends[source : source + 2]
        return end - begin

    def loudness(self, source: int) -> float:
        """Mean absolute weight on this source's maps."""
        begin, end = self.ends[source : source + 2]
        return self.weight[:, begin:end].abs().mean().item()

    def instead(self, maps: Maps) -> Tensor:
        """What a deaf one gets: each map's mean over pictures and places."""
        return maps.mean((0, 2, 3), keepdim=True)

    @contextmanager
    def deaf_to(self, source: int):
        """Keep this source's maps from this reader, and from no other."""
        begin, end = self.ends[source : source + 2]

        def replace(module, args):
            x = args[0].clone()  # the others go on reading the maps
            x[:, begin:end] = self.instead(x[:, begin:end])
            return (x,)

        hook = self.entrance.register_forward_pre_hook(replace)
        try:
            yield
        finally:
            hook.remove()


def readers(net: DenseNet) -> Iterator[Reader]:
    """Every reader of every block; the last one of a block is behind it."""
    parts = dict(net.features.named_children())
    for i in range(1, net.blocks + 1):
        block = parts[f"denseblock{i}"]
        ends = [0, *(layer.in_channels for layer in block)]
        ends = (*ends, block.out_channels)
        for place, layer in enumerate(block, start=1):
            known = ends[: place + 1]
            yield Reader(i, place, layer.norm1, layer.conv1.weight, known)
        behind = parts["norm5"], net.classifier.weight
        if f"transition{i}" in parts:
            halve = parts[f"transition{i}"]
            behind = halve.norm, halve.conv.weight
        yield Reader(i, len(block) + 1, *behind, ends)
