"""What the chapter on mixing channels says, one sentence a test."""

import pytest
import torch
from jaxtyping import TypeCheckError
from torch import nn
from torch.nn.functional import relu

from cvnotes import cost
from cvnotes.pointwise import Pointwise

RANDOM = torch.Generator().manual_seed(0)
MAPS = torch.randn(2, 6, 5, 4, generator=RANDOM, dtype=torch.float64)


def mix(in_channels=6, out_channels=3, bias=True):
    torch.manual_seed(1)
    return Pointwise(in_channels, out_channels, bias).double()


def as_convolution(layer, x):
    peer = nn.Conv2d(layer.in_channels, layer.out_channels, 1).double()
    peer.weight.data = layer.weight.data[:, :, None, None]
    peer.bias.data = layer.bias.data
    return peer(x)


def as_linear(layer, x):
    peer = nn.Linear(layer.in_channels, layer.out_channels).double()
    peer.load_state_dict(layer.state_dict())
    return peer(x.movedim(1, -1)).movedim(-1, 1)


def as_einsum(layer, x):
    mixed = torch.einsum("oi,bihw->bohw", layer.weight, x)
    return mixed + layer.bias[:, None, None]


def as_a_view_instead_of_a_transpose(layer, x):
    """A bug that circulates: the shapes fit, but the pixels are no pixels."""
    b, c, h, w = x.shape
    rows = x.reshape(b, h, w, c)
    return as_linear(layer, rows.movedim(-1, 1))


def pixels_that_answer(form, layer, x):
    """Where the output moves when one pixel of the input does."""
    moved = x.clone()
    moved[:, :, 2, 1] += 1
    moves = (form(layer, moved) - form(layer, x)).abs().amax((0, 1)) > 0
    return moves.nonzero().tolist()


@pytest.mark.parametrize("form", [as_convolution, as_linear, as_einsum])
def test_each_of_the_three_forms_computes_the_same(form):
    layer = mix()
    torch.testing.assert_close(layer(MAPS), form(layer, MAPS))


def test_it_is_the_fully_connected_layer_at_every_pixel():
    layer = mix()
    out = layer(MAPS)
    for y, x in torch.cartesian_prod(torch.arange(5), torch.arange(4)):
        at_pixel = nn.Linear.forward(layer, MAPS[:, :, y, x])
        torch.testing.assert_close(out[:, :, y, x], at_pixel)


def test_a_pixel_answers_to_itself_alone():
    answer = pixels_that_answer(Pointwise.__call__, mix(), MAPS)
    assert answer == [[2, 1]]


def test_a_view_in_place_of_a_transpose_is_found_out():
    assert as_a_view_instead_of_a_transpose(mix(), MAPS).shape == (2, 3, 5, 4)
    answer = pixels_that_answer(as_a_view_instead_of_a_transpose, mix(), MAPS)
    assert answer != [[2, 1]]


def test_where_a_pixel_stands_does_not_matter():
    moved = MAPS.flip(2, 3).roll(1, dims=3)
    out = mix()(MAPS).flip(2, 3).roll(1, dims=3)
    torch.testing.assert_close(mix()(moved), out)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("widths", [(6, 3), (1, 1), (256, 64)])
def test_it_has_the_parameters_of_the_fully_connected_layer(widths, bias):
    count = sum(p.numel() for p in mix(*widths, bias).parameters())
    peer = nn.Linear(*widths, bias)
    assert count == sum(p.numel() for p in peer.parameters())
    assert count == cost.conv2d(*widths, 1, size=(5, 4), bias=bias).params


def test_it_starts_as_the_convolution_does():
    torch.manual_seed(2)
    ours = Pointwise(6, 3)
    torch.manual_seed(2)
    peer = nn.Conv2d(6, 3, 1)
    assert torch.equal(ours.weight, peer.weight[:, :, 0, 0])
    assert torch.equal(ours.bias, peer.bias)


def test_two_without_a_nonlinearity_between_are_one():
    first, second = mix(6, 8, bias=False), mix(8, 3, bias=False)
    one = mix(6, 3, bias=False)
    one.weight.data = second.weight @ first.weight
    torch.testing.assert_close(second(first(MAPS)), one(MAPS))


def rank(maps):
    return torch.linalg.matrix_rank(maps.transpose(0, 1).flatten(1)).item()


def test_raising_the_dimension_raises_no_rank():
    wide = mix(6, 32, bias=False)(MAPS)
    assert rank(MAPS) == rank(wide) == 6


def test_a_bias_adds_the_direction_of_what_is_the_same_everywhere():
    assert rank(mix(6, 32)(MAPS)) == 7


def test_with_a_relu_the_rank_rises():
    assert rank(relu(mix(6, 32, bias=False)(MAPS))) > 6


def test_lowering_the_dimension_leaves_its_rank():
    assert rank(mix(6, 2, bias=False)(MAPS)) == 2


def test_flattened_and_fully_connected_is_the_kernel_as_large_as_the_map():
    whole = nn.Linear(6 * 5 * 4, 3).double()
    kernel = nn.Conv2d(6, 3, (5, 4)).double()
    kernel.weight.data = whole.weight.data.view(3, 6, 5, 4)
    kernel.bias.data = whole.bias.data
    torch.testing.assert_close(
        kernel(MAPS).flatten(1), whole(MAPS.flatten(1))
    )


def test_the_shapes_in_the_signatures_are_enforced_here():
    with pytest.raises(TypeCheckError):
        mix(5, 3)(MAPS)


@pytest.mark.parametrize("name", ["in_channels", "out_channels"])
@pytest.mark.parametrize("value", [0, -2])
def test_a_layer_that_cannot_be_is_refused_by_name(name, value):
    good = {"in_channels": 3, "out_channels": 3}
    with pytest.raises(ValueError, match=f"{name}={value} is not a count"):
        Pointwise(**good | {name: value})
