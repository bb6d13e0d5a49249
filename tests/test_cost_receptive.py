"""What a place sees, by arithmetic and by the gradient of a real stack."""

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import nn

from cvnotes import cost

PIXELS = 41
layer = st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(0, 2))
padded = st.lists(
    st.tuples(st.sampled_from([1, 3, 5]), st.integers(1, 2)).map(
        lambda plan: (*plan, plan[0] // 2)
    ),
    max_size=5,
)
stacks = st.lists(layer, max_size=4).filter(
    lambda layers: _places(layers) >= 1
)


def _places(layers):
    side = PIXELS
    for kernel, stride, padding in layers:
        side = (side + 2 * padding - kernel) // stride + 1
        if side < 1:
            return 0
    return side


def seen(layers, place: int) -> list[int]:
    """Which pixels move one place, as the gradient of a stack says."""
    net = nn.Sequential(*(nn.Conv1d(1, 1, *plan) for plan in layers))
    for weight in net.parameters():
        nn.init.ones_(weight)
    x = torch.ones(1, 1, PIXELS, dtype=torch.float64, requires_grad=True)
    net.double()(x)[0, 0, place].backward()
    return x.grad[0, 0].nonzero().flatten().tolist()


def agree(layers, place):
    """The ends are the gradient's, and without gaps every pixel is."""
    pixels = seen(layers, place) if layers else [place]
    low, high = cost.receptive_field(layers).span(place, PIXELS)
    assert (low, high) == (pixels[0], pixels[-1] + 1)
    if all(stride <= kernel for kernel, stride, _ in layers):
        assert len(pixels) == high - low


@settings(deadline=None, max_examples=80)
@given(layers=stacks, part=st.floats(0, 1))
def test_it_is_where_the_gradient_reaches(layers, part):
    place = round(part * (_places(layers) - 1))
    low, high = cost.receptive_field(layers).span(place)
    # Beyond the border a layer may read the padding of another one only.
    assume(low >= 0 and high <= PIXELS)
    agree(layers, place)


@settings(deadline=None, max_examples=80)
@given(layers=padded, part=st.floats(0, 1))
def test_where_the_side_is_kept_it_is_so_at_the_border_too(layers, part):
    agree(layers, round(part * (_places(layers) - 1)))


def test_without_layers_a_place_is_a_pixel():
    assert cost.receptive_field([]) == cost.Field(1, 1, 0)


def test_pooling_counts_like_convolution():
    x = torch.rand(1, 1, 33, requires_grad=True)
    net = nn.Sequential(nn.Conv1d(1, 1, 3, 1, 1), nn.AvgPool1d(2, 2))
    net(x)[0, 0, 8].backward()
    low, high = cost.receptive_field([(3, 1, 1), (2, 2, 0)]).span(8)
    assert x.grad[0, 0].nonzero().flatten().tolist() == [*range(low, high)]


def test_two_small_kernels_see_what_one_large_one_sees():
    two, one = [(3, 1, 1)] * 2, [(5, 1, 2)]
    assert cost.receptive_field(two) == cost.receptive_field(one)


def test_what_hangs_over_the_picture_is_cut_off():
    field = cost.receptive_field([(7, 2, 3)])
    assert field.span(0) == (-3, 4) and field.span(0, 5) == (0, 4)
    assert field.span(9, 5) == (5, 5)


@given(
    a=st.tuples(st.integers(0, 9), st.integers(1, 9)),
    b=st.tuples(st.integers(0, 9), st.integers(1, 9)),
)
def test_overlap_is_what_counting_pixels_gives(a, b):
    one, other = ([(low, low + long), (0, long)] for low, long in (a, b))
    first, second = (
        {(y, x) for y in range(*box[0]) for x in range(*box[1])}
        for box in (one, other)
    )
    shared = len(first & second)
    assert cost.overlap(one, other) == shared / len(first | second)
    assert cost.inside(one, other) == shared / min(len(first), len(second))


def test_boxes_without_area_do_not_overlap():
    nothing = [(3, 3), (0, 4)]
    assert (
        cost.overlap(nothing, nothing) == cost.inside(nothing, nothing) == 0
    )


@pytest.mark.parametrize(
    "plan, said",
    [((0, 1, 0), "kernel=0"), ((3, 0, 1), "stride=0"), ((3, 1, -1), "=-1")],
)
def test_a_layer_that_cannot_be_is_refused(plan, said):
    with pytest.raises(ValueError, match=said):
        cost.receptive_field([plan])
