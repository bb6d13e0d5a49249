"""Keep each map once; put them side by side again when backward asks.

Pleiss, Chen, Huang, Li, van der Maaten, Weinberger, "Memory-Efficient
Implementation of DenseNets", 2017, arXiv 1707.06990. A concatenation and
its normalised copy are large, and cheap to make: so they are made twice.
"""

from contextlib import contextmanager, nullcontext

import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.modules.batchnorm import _BatchNorm
from torch.utils.checkpoint import checkpoint

from cvnotes.densenet.dense_block import DenseBlock, DenseLayer
from cvnotes.shapes import Maps

Output = Float[Tensor, "b {self.out_channels} h w"]


def kept(net: nn.Module, x: Tensor) -> int:
    """Numbers a sample in the float maps that autograd keeps of ``net(x)``.

    Two saved tensors in one storage are kept once; weights are there
    anyway, and what has one axis is a normalisation's statistics. The net
    is run once: in training mode its normalisations see ``x``.
    """
    weights = {p.untyped_storage().data_ptr() for p in net.parameters()}
    maps = {}

    def save(tensor):
        place = tensor.untyped_storage().data_ptr()
        is_map = tensor.dim() > 1 and tensor.is_floating_point()
        if is_map and place not in weights:
            # The tensor itself, so that its place is not used again.
            maps[place] = tensor
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(save, lambda t: t):
        net(x)
    numbers = sum(
        m.untyped_storage().size() // m.itemsize for m in maps.values()
    )
    return numbers // len(x)


@contextmanager
def _second_look(norm):
    """The batch that is normalised again was counted the first time."""
    if not isinstance(norm, _BatchNorm):  # others keep no averages
        yield
        return
    own = norm.momentum, norm.num_batches_tracked
    norm.momentum, norm.num_batches_tracked = 0.0, None
    try:
        yield
    finally:
        norm.momentum, norm.num_batches_tracked = own


def new_maps(layer: DenseLayer, maps: list[Tensor]) -> Tensor:
    """As ``layer.new_maps``, of maps that are not side by side yet."""
    norm, relu, conv, *rest = layer

    def first(*maps):
        return conv(relu(norm(torch.cat(maps, dim=1))))

    # Nothing random is in there: dropout comes after the convolution.
    how = {"use_reentrant": False, "preserve_rng_state": False}
    # A compiled graph looks once in any case.
    if not torch.compiler.is_compiling():
        how["context_fn"] = lambda: (nullcontext(), _second_look(norm))
    x = checkpoint(first, *maps, **how)
    for part in rest:
        x = part(x)
    return x


class SharedDenseBlock(DenseBlock):
    """A dense block whose memory is linear in its depth; else the same.

    >>> block = SharedDenseBlock(6, in_channels=64, growth_rate=32)
    >>> block(torch.zeros(2, 64, 8, 8)).shape
    torch.Size([2, 256, 8, 8])
    """

    def forward(self, x: Maps) -> Output:
        maps = [x]
        for layer in self:
            maps.append(new_maps(layer, maps))
        return torch.cat(maps, dim=1)


PLAIN = {DenseBlock, SharedDenseBlock}


def share(net: nn.Module) -> nn.Module:
    """Have every dense block of this net keep each map once.

    Weights, their names and what is computed stay. Returns the same net.
    The parts of a layer are called one by one, so hooks on a whole layer
    are not.
    """
    for part in net.modules():
        own = getattr(type(part), "new_maps", DenseLayer.new_maps)
        if own is not DenseLayer.new_maps:
            raise TypeError(
                f"{type(part).__name__} has new_maps of its own, which "
                f"sharing would pass by; share nets of plain dense layers"
            )
        if isinstance(part, DenseBlock) and type(part) not in PLAIN:
            raise TypeError(
                f"{type(part).__name__} is a dense block of another kind, "
                f"which cannot be shared; share nets of plain dense blocks"
            )
    for part in net.modules():
        if type(part) is DenseBlock:
            part.__class__ = SharedDenseBlock
    return net
