"""What the chapter on the dense block says, one sentence a test."""

import pytest
import torch
from jaxtyping import TypeCheckError
from torch import nn
from torch.nn.functional import batch_norm, conv2d, relu

from cvnotes.densenet import DenseBlock, DenseLayer


def maps(channels, side=5):
    random = torch.Generator().manual_seed(channels)
    return torch.randn(2, channels, side, side, generator=random)


def states(block, x):
    """x_0, and what each layer adds: x_1, x_2, …, x_L."""
    widths = [block.in_channels] + [block.growth_rate] * len(block)
    return block(x).split(widths, dim=1)


def test_a_layer_is_the_papers_composite_function():
    layer, x = DenseLayer(8, growth_rate=3), maps(8)
    h = x
    for norm, conv, padding in [
        (layer.norm1, layer.conv1, 0),
        (layer.norm2, layer.conv2, 1),
    ]:
        h = batch_norm(h, None, None, norm.weight, norm.bias, training=True)
        h = conv2d(relu(h), conv.weight, padding=padding)
    torch.testing.assert_close(layer.new_maps(x), h)


def test_without_a_bottleneck_a_layer_is_one_3x3_convolution():
    layer, x = DenseLayer(8, growth_rate=3, bn_size=None).eval(), maps(8)
    assert layer.conv1.weight.shape == (3, 8, 3, 3)
    h = relu(x / (1 + layer.norm1.eps) ** 0.5)
    expected = conv2d(h, layer.conv1.weight, padding=1)
    torch.testing.assert_close(layer.new_maps(x), expected)


def test_a_layer_hands_on_its_input_bit_for_bit():
    layer, x = DenseLayer(8, growth_rate=3), maps(8)
    y = layer(x)
    assert y.shape[1] == 11
    assert torch.equal(y[:, :8], x)


def test_a_layer_leaves_its_input_as_it_was():
    x = maps(8)
    before = x.clone()
    DenseBlock(2, 8, growth_rate=3)(x)
    assert torch.equal(x, before)


def test_layer_l_reads_the_concatenation_of_all_states_before_it():
    block, x = DenseBlock(4, 8, growth_rate=3).eval(), maps(8)
    made = [x]
    for layer in block:
        made.append(layer.new_maps(torch.cat(made, dim=1)))
    for state, expected in zip(states(block, x), made, strict=True):
        assert torch.equal(state, expected)


@pytest.mark.parametrize("last", [1, 2, 3, 4])
def test_every_layers_gradient_reaches_the_input_past_the_others(last):
    block, x = DenseBlock(4, 8, growth_rate=3).eval(), maps(8)
    for i, layer in enumerate(block, start=1):
        if i != last:
            nn.init.zeros_(layer.conv2.weight)  # no way through this one
    x.requires_grad_()
    (gradient,) = torch.autograd.grad(states(block, x)[last].sum(), x)
    assert gradient.abs().amax(dim=(0, 2, 3)).gt(0).all()


def test_what_a_layer_adds_is_read_by_every_later_layer_and_no_earlier():
    block, x = DenseBlock(4, 8, growth_rate=3).eval(), maps(8)
    before = states(block, x)
    with torch.no_grad():
        block.denselayer2.conv2.weight.neg_()
    after = states(block, x)
    same = [torch.equal(a, b) for a, b in zip(before, after, strict=True)]
    assert same == [True, True, False, False, False]


def test_layers_forget_nothing_even_when_they_are_many():
    block, x = DenseBlock(12, 6, growth_rate=2), maps(6)
    assert torch.equal(block(x)[:, :6], x)
    assert block.out_channels == block(x).shape[1] == 6 + 12 * 2


@pytest.mark.parametrize("bn_size", [None, 4])
def test_dropout_follows_every_convolution_of_a_layer(bn_size):
    layer = DenseLayer(8, growth_rate=3, bn_size=bn_size, drop_rate=0.2)
    kinds = [type(step) for step in layer]
    for i, kind in enumerate(kinds):
        assert (kind is nn.Dropout) == (i > 0 and kinds[i - 1] is nn.Conv2d)


def test_dropout_takes_from_the_new_maps_and_never_from_the_old():
    torch.manual_seed(0)
    layer, x = DenseLayer(8, growth_rate=64, drop_rate=0.2), maps(8, side=16)
    y = layer(x)
    assert torch.equal(y[:, :8], x)
    assert y[:, 8:].eq(0).float().mean() == pytest.approx(0.2, abs=0.01)
    assert layer.eval()(x)[:, 8:].ne(0).all()


def test_the_shapes_in_the_signatures_are_enforced_here():
    with pytest.raises(TypeCheckError):
        DenseLayer(8, growth_rate=3).eval().new_maps(torch.zeros(8, 5, 5))


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"layers": 0}, "layers=0"),
        ({"in_channels": -1}, "in_channels=-1"),
        ({"growth_rate": 0}, "growth_rate=0"),
        ({"bn_size": 0}, "bn_size=0"),
        ({"drop_rate": 1.0}, "drop_rate=1.0"),
        ({"drop_rate": -0.1}, "drop_rate=-0.1"),
    ],
)
def test_a_block_that_cannot_be_is_refused_by_name(settings, sentence):
    good = {"layers": 2, "in_channels": 8, "growth_rate": 3}
    with pytest.raises(ValueError, match=sentence):
        DenseBlock(**good | settings)
