"""The closed forms of memory say what autograd keeps."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from cvnotes import cost
from cvnotes.densenet import (
    DenseBlock,
    DenseNet,
    SharedDenseBlock,
    kept,
    share,
)

blocks = st.fixed_dictionaries(
    {
        "layers": st.integers(1, 6),
        "in_channels": st.integers(1, 20),
        "growth_rate": st.integers(1, 8),
        "bn_size": st.one_of(st.none(), st.integers(1, 5)),
    }
)


@given(settings=blocks, size=st.tuples(*[st.integers(3, 6)] * 2))
def test_a_block_keeps_what_the_naive_form_says(settings, size):
    block = DenseBlock(**settings)
    x = torch.zeros(2, block.in_channels, *size, requires_grad=True)
    expected = cost.dense_block_memory(**settings, size=size)
    assert kept(block, x) == expected.naive


@given(settings=blocks)
def test_a_checkpointed_block_keeps_what_the_shared_form_says(settings):
    block = SharedDenseBlock(**settings)
    x = torch.zeros(2, block.in_channels, 4, 5, requires_grad=True)
    expected = cost.dense_block_memory(**settings, size=(4, 5))
    assert kept(block, x) == expected.shared


@pytest.mark.parametrize("size", [(32, 32), (45, 38)])
@pytest.mark.parametrize("bn_size", [None, 4])
@pytest.mark.parametrize(
    "stem, in_channels, config",
    [("imagenet", 3, (2, 3, 1)), ("cifar", 1, (3,)), ("cifar", 3, (2, 2))],
)
def test_a_net_keeps_what_the_closed_forms_say(
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
    assert kept(net, x) == expected.naive
    assert kept(share(net), x) == expected.shared


def test_naive_grows_with_the_square_of_the_depth_and_shared_does_not():
    one, two, three = (
        cost.dense_block_memory(layers, 24, 12, (8, 8))
        for layers in (1, 2, 3)
    )
    assert three.naive - two.naive > two.naive - one.naive
    assert three.shared - two.shared == two.shared - one.shared


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"growth_rate": 0}, "growth_rate=0"),
        ({"layers": 0}, "layers=0"),
        ({"bn_size": 0}, "bn_size=0"),
        ({"size": (8, 0)}, r"size=\(8, 0\) is no height"),
        ({"size": 8}, "size=8 is no height and width"),
    ],
)
def test_a_bad_argument_is_refused_by_name(settings, sentence):
    good = {"layers": 2, "in_channels": 4, "growth_rate": 3, "size": (8, 8)}
    with pytest.raises(ValueError, match=sentence):
        cost.dense_block_memory(**good | settings)
