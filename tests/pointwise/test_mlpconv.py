"""What the chapter says of a small network at every place."""

import re

import pytest
import torch
from torch import nn
from torch.nn.functional import conv2d, linear, relu, unfold

from cvnotes.plots import filters
from cvnotes.pointwise import GlobalAveragePool, MLPConv


def maps(channels=5, side=6):
    random = torch.Generator().manual_seed(channels)
    x = torch.randn(2, channels, side, side, generator=random)
    return x.double()


def layer(channels=(7, 4, 3), kernel_size=3):
    torch.manual_seed(0)
    return MLPConv(5, channels, kernel_size).double()


def test_it_is_a_multilayer_perceptron_asked_about_every_patch():
    block, x = layer(), maps()
    patches = unfold(x, 3, padding=1).transpose(1, 2)  # b n 5·3·3
    for conv in (block.conv1, block.conv2, block.conv3):
        patches = relu(linear(patches, conv.weight.flatten(1), conv.bias))
    expected = patches.transpose(1, 2).unflatten(2, (6, 6))
    torch.testing.assert_close(block(x), expected)


def test_behind_the_first_layer_it_is_a_fully_connected_layer_a_pixel():
    block, x = layer(), maps()
    hidden = relu(conv2d(x, block.conv1.weight, block.conv1.bias, padding=1))
    by_pixel = hidden.permute(0, 2, 3, 1)  # b h w c
    for conv in (block.conv2, block.conv3):
        full = nn.Linear(conv.in_channels, conv.out_channels).double()
        full.load_state_dict(
            {"weight": conv.weight[:, :, 0, 0], "bias": conv.bias}
        )
        by_pixel = relu(full(by_pixel))
    torch.testing.assert_close(block(x), by_pixel.permute(0, 3, 1, 2))


def test_the_1x1_layers_see_no_neighbour():
    block, x = layer(), maps()
    touched = x.clone()
    touched[:, :, 0, 0] += 1
    changed = (block(touched) - block(x)).abs().amax((0, 1)) > 0
    assert changed[:2, :2].any() and not changed[2:].any()
    assert not changed[:, 2:].any()


@pytest.mark.parametrize("kernel_size", [1, 3, 5])
def test_the_maps_keep_their_size(kernel_size):
    block = layer(kernel_size=kernel_size)
    assert block(maps()).shape == (2, 3, 6, 6)
    assert block.out_channels == 3


def test_every_layer_has_its_relu_the_last_too():
    kinds = [type(step) for step in layer()]
    assert kinds == [nn.Conv2d, nn.ReLU] * 3
    assert layer()(maps()).min() == 0


def test_without_the_relus_it_is_one_convolution():
    block, x = layer(), maps()
    stack = nn.Sequential(*(s for s in block if isinstance(s, nn.Conv2d)))
    first, *rest = (conv.weight for conv in stack)
    merged, bias = first, stack[0].bias
    for weight, conv in zip(rest, stack[1:]):
        matrix = weight[:, :, 0, 0]
        merged = torch.einsum("oi,ickl->ockl", matrix, merged)
        bias = matrix @ bias + conv.bias
    expected = conv2d(x, merged, bias, padding=1)
    torch.testing.assert_close(stack(x), expected)


def test_two_hidden_units_are_enough_for_the_parity_of_two_channels():
    block = MLPConv(2, (2, 1), kernel_size=1)
    with torch.no_grad():
        block.conv1.weight[:, :, 0, 0] = torch.tensor([[1, -1], [-1, 1.0]])
        block.conv1.bias.zero_()
        block.conv2.weight.fill_(1)
        block.conv2.bias.fill_(0)
    corners = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1.0]])
    out = block(corners[:, :, None, None]).flatten()
    assert out.tolist() == [0, 1, 1, 0]


def test_a_global_average_is_the_mean_over_all_places_whatever_their_number():
    x = maps()
    pooled = GlobalAveragePool()(x)
    torch.testing.assert_close(pooled, x.flatten(2).sum(2) / 36)
    torch.testing.assert_close(
        GlobalAveragePool()(x.repeat(1, 1, 2, 3)), pooled
    )
    assert not list(GlobalAveragePool().parameters())


def test_a_global_average_does_not_care_where_things_are():
    x = maps()
    moved = x.flip(3).roll((2, 1), dims=(2, 3))
    pool = GlobalAveragePool()
    torch.testing.assert_close(pool(moved), pool(x))


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"in_channels": 0}, "in_channels=0"),
        ({"channels": ()}, r"channels=\(\).*as in \(192"),
        ({"channels": (4, 0)}, r"channels\[1\]=0"),
        ({"kernel_size": 4}, "kernel_size=4 has no centre"),
        ({"kernel_size": 0}, "kernel_size=0"),
    ],
)
def test_a_layer_that_cannot_be_is_refused_by_name(settings, sentence):
    good = {"in_channels": 3, "channels": (4, 2), "kernel_size": 3}
    with pytest.raises(ValueError, match=sentence):
        MLPConv(**good | settings)


def test_the_figure_counts_the_units_of_every_layer():
    drawn = filters(nn.Conv2d(3, 7, 5), MLPConv(3, (12, 6, 2), 5))
    assert "A linear filter on a 5×5 patch: 3 → 7" in drawn.alt
    assert "An mlpconv on a 5×5 patch: 3 → 12 → 6 → 2" in drawn.alt
    written = re.findall(r"<text[^>]*>([^<]*)</text>", drawn.svg)
    assert {"3 channels", "7", "12", "6", "2", "5×5", "1×1"} <= {*written}
