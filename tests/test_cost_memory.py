"""The closed forms of memory say what autograd keeps."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.checkpoint import checkpoint

from cvnotes import cost
from cvnotes.densenet import DenseBlock, DenseNet

blocks = st.fixed_dictionaries(
    {
        "layers": st.integers(1, 6),
        "in_channels": st.integers(1, 20),
        "growth_rate": st.integers(1, 8),
        "bn_size": st.one_of(st.none(), st.integers(1, 5)),
    }
)


def kept(module, forward):
    """Numbers a sample in the float maps that autograd saves.

    Two saved tensors in one storage are kept once; weights are there
    anyway, and what has one axis is a normalisation's statistics.
    """
    weights = {p.untyped_storage().data_ptr() for p in module.parameters()}
    maps = {}

    def save(tensor):
        storage = tensor.untyped_storage().data_ptr()
        is_map = tensor.dim() > 1 and tensor.is_floating_point()
        if is_map and storage not in weights:
            maps[storage] = tensor
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(save, lambda t: t):
        forward()
    return sum(x.numel() // len(x) for x in maps.values())


@given(settings=blocks, size=st.tuples(*[st.integers(3, 6)] * 2))
def test_a_block_keeps_what_the_naive_form_says(settings, size):
    block = DenseBlock(**settings)
    x = torch.zeros(2, block.in_channels, *size, requires_grad=True)
    expected = cost.dense_block_memory(**settings, size=size)
    assert kept(block, lambda: block(x)) == expected.naive


def new_maps(layer, *states):
    """A layer's new maps, its concatenation made again when needed."""

    def until_the_first_convolution(*states):
        x = torch.cat(states, dim=1)
        return layer.conv1(layer.relu1(layer.norm1(x)))

    x = checkpoint(until_the_first_convolution, *states, use_reentrant=True)
    if hasattr(layer, "conv2"):
        x = layer.conv2(layer.relu2(layer.norm2(x)))
    return x


def checkpointed(block, x):
    states = [x]
    for layer in block:
        states.append(new_maps(layer, *states))
    return torch.cat(states, dim=1)


@given(settings=blocks)
def test_a_checkpointed_block_keeps_what_the_shared_form_says(settings):
    block = DenseBlock(**settings)
    x = torch.randn(2, block.in_channels, 4, 5, requires_grad=True)
    torch.testing.assert_close(checkpointed(block, x), block(x))
    expected = cost.dense_block_memory(**settings, size=(4, 5))
    assert kept(block, lambda: checkpointed(block, x)) == expected.shared


@pytest.mark.parametrize("size", [(32, 32), (45, 38)])
@pytest.mark.parametrize("bn_size", [None, 4])
@pytest.mark.parametrize(
    "stem, in_channels, config",
    [("imagenet", 3, (2, 3, 1)), ("cifar", 1, (3,)), ("cifar", 3, (2, 2))],
)
def test_a_net_keeps_what_the_naive_form_says(
    stem, in_channels, config, bn_size, size
):
    settings = {
        "growth_rate": 5,
        "block_config": config,
        "num_init_features": 9,
        "bn_size": bn_size,
        "stem": stem,
        "in_channels": in_channels,
    }
    net = DenseNet(**settings)
    x = torch.zeros(2, in_channels, *size)
    expected = cost.densenet_memory(**settings, size=size)
    assert kept(net, lambda: net(x)) == expected.naive


def test_naive_grows_with_the_square_of_the_depth_and_shared_does_not():
    one, two, three = (
        cost.dense_block_memory(layers, 24, 12, (8, 8))
        for layers in (1, 2, 3)
    )
    assert three.naive - two.naive > two.naive - one.naive
    assert three.shared - two.shared == two.shared - one.shared


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"growth_rate": 0}, "growth_rate=0"),
        ({"layers": 0}, "layers=0"),
        ({"bn_size": 0}, "bn_size=0"),
        ({"size": (8, 0)}, "width=0"),
    ],
)
def test_a_bad_argument_is_refused_by_name(settings, sentence):
    good = {"layers": 2, "in_channels": 4, "growth_rate": 3, "size": (8, 8)}
    with pytest.raises(ValueError, match=sentence):
        cost.dense_block_memory(**good | settings)
