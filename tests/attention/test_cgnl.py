"""What the chapter on CGNL says of the block, one sentence a test."""

from itertools import pairwise
from math import exp, factorial

import pytest
import torch
from torch.nn.functional import mse_loss

from cvnotes.attention import CGNL
from cvnotes.attention.cgnl import GAMMA, series

MAPS = torch.randn(
    2,
    8,
    3,
    2,
    dtype=torch.float64,
    generator=torch.Generator().manual_seed(0),
)
FORMS = [
    {"groups": groups, "kernel": kernel, "scale": scale}
    for groups in (1, 2, 4)
    for kernel in ("dot", "rbf")
    for scale in (False, True)
]
every_form = pytest.mark.parametrize("form", FORMS, ids=str)


def made(block=CGNL, **form):
    """A block in float64 that is no longer the identity."""
    torch.manual_seed(0)
    made = block(8, **form).double()
    torch.nn.init.ones_(made.norm.weight)
    return made


def naive(theta, phi, g, groups, kernel="dot", scale=False, order=3):
    """The whole matrix of every group, then its product with g."""
    flat = [m.unflatten(1, (groups, -1)).flatten(2) for m in (theta, phi, g)]
    rows, columns, values = flat
    pairs = rows[..., :, None] * columns[..., None, :]  # b groups n n
    if kernel == "rbf":
        terms = ((2e-4 * pairs) ** p / factorial(p) for p in range(order + 1))
        pairs = exp(-2e-4) * sum(terms)
    if scale:
        pairs = pairs / pairs.shape[-1] ** 0.5
    return (pairs @ values[..., None])[..., 0].view_as(theta)


def same_as_the_matrix(block, form):
    parts = block.tpg(MAPS).chunk(3, dim=1)
    torch.testing.assert_close(block.mix(*parts), naive(*parts, **form))


def groups_stay_apart(block):
    """What is changed in the last group's φ and g moves only that group."""
    theta, phi, g = block.tpg(MAPS).chunk(3, dim=1)
    each = phi.shape[1] // block.groups
    moved = phi.clone(), g.clone()
    for maps in moved:
        maps[:, -each:] += 1
    change = block.mix(theta, *moved) - block.mix(theta, phi, g)
    assert not change[:, :-each].any() and change[:, -each:].any()


def starts_as_the_identity(block):
    assert torch.equal(block(MAPS.float()), MAPS.float())


def every_form_is_the_formula(block, form):
    """x + GN(z(mix)), with the matrix written out."""
    mixed = naive(*block.tpg(MAPS).chunk(3, dim=1), **form)
    expected = MAPS + block.norm(block.z(mixed))
    torch.testing.assert_close(block(MAPS), expected)


@every_form
def test_the_quick_form_is_the_whole_matrix(form):
    same_as_the_matrix(made(**form), form)


@every_form
def test_the_block_is_the_papers_formula(form):
    every_form_is_the_formula(made(**form), form)


def test_nothing_crosses_the_groups():
    groups_stay_apart(made(groups=2))


def test_it_starts_as_the_identity():
    starts_as_the_identity(CGNL(8, groups=2))


def test_the_gate_is_the_notes_matrix_product():
    block = made()
    _, phi, g = block.tpg(MAPS).chunk(3, dim=1)
    rows, columns = phi.reshape(2, 1, -1), g.reshape(2, -1, 1)
    torch.testing.assert_close(block.gate(MAPS), (rows @ columns)[..., 0])


@pytest.mark.parametrize(
    "form, shape",
    [
        ({}, (2, 1)),
        ({"groups": 4}, (2, 4)),
        ({"groups": 4, "kernel": "rbf"}, (2, 4, 4)),
        ({"kernel": "rbf", "order": 1}, (2, 1, 2)),
    ],
    ids=str,
)
def test_the_gate_has_no_height_and_no_width(form, shape):
    assert made(**form).gate(MAPS).shape == shape


def test_the_dot_gate_does_not_care_where_things_are():
    block = made(groups=2)
    moved = MAPS.flip(2, 3)
    torch.testing.assert_close(block.gate(moved), block.gate(MAPS))


def test_the_scale_is_the_root_of_a_groups_elements():
    plain, scaled = made(groups=2), made(groups=2, scale=True)
    root = (4 // 2 * 3 * 2) ** 0.5
    expected = plain.gate(MAPS) / root
    torch.testing.assert_close(scaled.gate(MAPS), expected)


def test_the_norm_leaves_nothing_of_a_number_but_its_sign():
    block = made(groups=2)
    theta = block.tpg(MAPS)[:, :4]
    block.norm.eps = 1e-12
    sign = block.gate(MAPS).sign().repeat_interleave(4, 1)[..., None, None]
    expected = MAPS + sign * block.norm(block.z(theta))
    torch.testing.assert_close(block(MAPS), expected)


@pytest.mark.parametrize("kernel", ["dot", "rbf"])
def test_its_slopes_are_right(kernel):
    block = made(groups=2, kernel=kernel, scale=True)
    block.norm.eps = 1.0
    x = MAPS.clone().requires_grad_()
    names = dict(block.named_parameters())

    def run(x, *weights):
        named = dict(zip(names, weights, strict=True))
        return torch.func.functional_call(block, named, x)

    weights = [p.detach().clone().requires_grad_() for p in names.values()]
    assert torch.autograd.gradcheck(run, (x, *weights))


def off(order, exact):
    """The root mean square of what a series misses of the true kernel."""
    theta, phi = 40 * torch.randn(
        *(2, 4096), dtype=torch.float64,
        generator=torch.Generator().manual_seed(0),
    )  # fmt: skip
    true = torch.exp(-GAMMA * (theta - phi) ** 2)
    sums = sum(a * (theta * phi) ** p for p, a in series("rbf", order))
    if exact:
        squares = theta**2 + phi**2
        sums = sums * torch.exp(GAMMA * (2 - squares))
    return mse_loss(sums, true).sqrt().item()


def test_with_the_exact_factor_every_term_comes_nearer():
    errors = [off(order, exact=True) for order in range(1, 8)]
    assert all(b < a / 2 for a, b in pairwise(errors))


def test_with_the_held_factor_more_terms_stop_helping():
    errors = [off(order, exact=False) for order in range(1, 8)]
    assert min(errors) > 0.05 and errors[6] > 0.9 * errors[2]


REFUSED = [
    ({"groups": 3}, "groups=3 .* channels=8 and hidden=4"),
    ({"hidden": 6, "groups": 4}, "groups=4 .* hidden=6"),
    ({"hidden": 0}, "hidden=0"),
    ({"channels": 1}, "channels=1 has no half; give hidden"),
    ({"groups": 0}, "groups=0"),
    ({"kernel": "gauss"}, "kernel='gauss' .*use 'dot' or 'rbf'"),
    ({"order": 0}, "order=0"),
]


def test_no_pictures_are_no_pictures():
    assert made(groups=2)(MAPS[:0]).shape == MAPS[:0].shape


def test_the_sums_leave_the_range_of_float16_and_the_scale_brings_them_back():
    torch.manual_seed(1)
    block = CGNL(256)
    theta, phi, g = block.tpg(10 * torch.randn(1, 256, 28, 28).relu()).chunk(
        3, dim=1
    )
    most = torch.finfo(torch.float16).max
    assert block.mix(theta, phi, g).abs().max() > 2 * most
    block.scale = True
    assert block.mix(theta, phi, g).abs().max() < most / 2


@torch.no_grad()
def test_a_sum_beyond_float16_is_scaled_before_it_is_cut_to_it():
    torch.manual_seed(1)
    block = CGNL(256, scale=True)
    maps = block.tpg(20 * torch.randn(1, 256, 28, 28).relu()).chunk(3, dim=1)
    assert (maps[1] * maps[2]).sum().abs() > 5 * torch.finfo(
        torch.float16
    ).max
    made, right = block.mix(*(one.half() for one in maps)), block.mix(*maps)
    near = 0.01 * float(right.abs().max())
    torch.testing.assert_close(made.float(), right, rtol=0.01, atol=near)


@pytest.mark.parametrize("form, said", REFUSED, ids=str)
def test_bad_arguments_are_refused_by_name(form, said):
    with pytest.raises(ValueError, match=said):
        CGNL(**{"channels": 8, **form})
