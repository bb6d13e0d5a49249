"""What the chapter on separable convolutions says, one sentence a test."""

import pytest
import torch
from torch.nn.functional import conv2d

from cvnotes.pointwise import DepthwiseSeparable, energy, split


def numbers(*shape):
    random = torch.Generator().manual_seed(sum(shape))
    return torch.randn(*shape, generator=random, dtype=torch.float64)


def block(kernel_size=3, reads=4, makes=6):
    torch.manual_seed(kernel_size)
    return DepthwiseSeparable(reads, makes, kernel_size).double()


@pytest.mark.parametrize("kernel_size", [1, 3, 5])
def test_it_is_the_ordinary_convolution_with_its_full_kernel(kernel_size):
    separable, x = block(kernel_size), numbers(2, 4, 7, 8)
    expected = conv2d(x, separable.kernel(), padding=kernel_size // 2)
    torch.testing.assert_close(separable(x), expected)


def test_its_full_kernel_is_a_product_for_each_pair_of_channels():
    separable = block()
    kernel = separable.kernel()
    assert kernel.shape == (6, 4, 3, 3)
    for o in range(6):
        for i in range(4):
            weight = separable.pointwise.weight[o, i, 0, 0]
            pattern = separable.depthwise.weight[i, 0]
            assert torch.equal(kernel[o, i], weight * pattern)


def test_its_full_kernel_has_rank_one_for_each_input_channel():
    kernel = block().kernel().detach()
    ranks = [
        torch.linalg.matrix_rank(kernel[:, i].flatten(1)) for i in range(4)
    ]
    assert ranks == [1, 1, 1, 1]


def test_the_depthwise_half_mixes_no_channels():
    half, x = block().depthwise, numbers(1, 4, 7, 7)
    changed = x.clone()
    changed[:, 2] += 1
    moved = (half(changed) != half(x)).flatten(2).any(2)[0]
    assert moved.tolist() == [False, False, True, False]


def test_the_pointwise_half_looks_at_one_place():
    half, x = block().pointwise, numbers(1, 4, 7, 7)
    changed = x.clone()
    changed[:, :, 3, 5] += 1
    moved = (half(changed) != half(x)).any(1)[0]
    assert moved.nonzero().tolist() == [[3, 5]]


def test_the_halves_may_change_places_only_where_no_pattern_differs():
    torch.manual_seed(0)
    same, x = DepthwiseSeparable(4, 4).double(), numbers(1, 4, 7, 7)
    swapped = same.depthwise(same.pointwise(x))
    assert not torch.allclose(swapped, same(x))
    with torch.no_grad():
        same.depthwise.weight.copy_(same.depthwise.weight[:1].clone())
    torch.testing.assert_close(same.depthwise(same.pointwise(x)), same(x))


@pytest.mark.parametrize("groups", [1, 2, 4])
def test_groups_are_the_way_between_full_and_depthwise(groups):
    conv = torch.nn.Conv2d(4, 4, 3, groups=groups, bias=False).double()
    x = numbers(1, 4, 5, 5)
    wide = 4 // groups
    parts = [
        conv2d(maps, weight)
        for maps, weight in zip(
            x.split(wide, 1), conv.weight.split(wide), strict=True
        )
    ]
    torch.testing.assert_close(conv(x), torch.cat(parts, 1))


@pytest.mark.parametrize("k, makes", [(3, 12), (3, 5), (5, 8), (1, 3)])
def test_enough_terms_give_back_any_kernel(k, makes):
    kernel, x = numbers(makes, 4, k, k), numbers(1, 4, 7, 7)
    parts = split(kernel, terms=min(makes, k * k))
    total = sum(part(x) for part in parts)
    torch.testing.assert_close(total, conv2d(x, kernel, padding=k // 2))


def test_what_the_terms_leave_out_is_what_the_energy_says():
    kernel = numbers(12, 4, 3, 3)
    kept = energy(kernel)
    for terms in range(1, 10):
        near = sum(part.kernel() for part in split(kernel, terms))
        lost = (kernel - near).square().sum() / kernel.square().sum()
        torch.testing.assert_close(1 - lost, kept[terms - 1])


def test_no_separable_convolution_is_nearer_than_the_first_term():
    kernel = numbers(12, 4, 3, 3)
    (first,) = split(kernel, terms=1)
    best = (kernel - first.kernel()).norm()
    for seed in range(20):
        torch.manual_seed(seed)
        near = first.kernel() + 0.05 * block(3, 4, 12).kernel()
        pairs = near.transpose(0, 1).flatten(2)
        u, s, v = torch.linalg.svd(pairs, full_matrices=False)
        other = u[:, :, :1] * s[:, None, :1] @ v[:, :1]
        other = other.reshape(4, 12, 3, 3).transpose(0, 1)
        assert (kernel - other).norm() >= best


def test_a_separable_kernel_needs_one_term():
    torch.testing.assert_close(
        energy(block().kernel()), torch.ones(6, dtype=torch.float64)
    )


def test_a_random_kernel_needs_nearly_all():
    kept = energy(numbers(64, 32, 3, 3))
    assert (kept < 0.99).sum() == 8


def test_the_terms_have_the_precision_of_the_kernel():
    kernel = torch.randn(4, 2, 3, 3)
    assert split(kernel.double(), 2)[0].kernel().dtype == torch.float64


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: DepthwiseSeparable(0, 4), "in_channels=0"),
        (lambda: DepthwiseSeparable(4, -1), "out_channels=-1"),
        (lambda: DepthwiseSeparable(4, 4, 2), "kernel_size=2.*3, 5"),
        (lambda: DepthwiseSeparable(4, 4, 0), "kernel_size=0"),
        (lambda: split(torch.ones(5, 2, 3, 3), 6), "terms=6.*1 to 5"),
        (lambda: split(torch.ones(5, 2, 3, 3), 0), "terms=0"),
        (lambda: energy(torch.zeros(5, 2, 3, 3)), "kernel is all zero"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


@pytest.mark.usefixtures("untyped")
def test_what_no_kernel_is_split_into_is_refused_by_name():
    with pytest.raises(ValueError, match=r"terms=2\.5 is no number of terms"):
        split(torch.ones(5, 2, 3, 3), 2.5)
    with pytest.raises(ValueError, match="3×5 is not square; use one of k×k"):
        split(torch.ones(5, 2, 3, 5), 1)


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16])
def test_a_kernel_of_half_numbers_is_split_too(kind):
    kernel = torch.randn(8, 4, 3, 3).to(kind)
    parts = split(kernel, terms=8)
    whole = sum(part.kernel() for part in parts)
    assert whole.dtype == kind
    torch.testing.assert_close(whole, kernel, rtol=0.02, atol=0.05)
    assert energy(kernel)[-1] == 1
