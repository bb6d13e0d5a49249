"""What the chapter on the non-local block says, one sentence a test."""

import copy

import pytest
import torch
from torch.autograd import gradcheck

from cvnotes.attention import NonLocal
from cvnotes.attention.non_local import in_cheaper_order
from cvnotes.cost.non_local import PAIRWISE

CASES = [(p, s) for p in PAIRWISE for s in (False, True)]
every_form = pytest.mark.parametrize("pairwise", PAIRWISE)
every_case = pytest.mark.parametrize("pairwise, subsample", CASES)


def numbers(*shape, seed=0):
    random = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=random, dtype=torch.float64)


def block(pairwise="embedded_gaussian", subsample=False, kind=NonLocal):
    torch.manual_seed(0)
    return kind(8, 6, pairwise, subsample).double()


MAPS = numbers(2, 8, 5, 4)


def by_hand(net, x):
    """The formula, pair by pair: the weights b n m, and g."""
    theta, phi, g = net.project(x)
    b, n, _ = theta.shape
    m = phi.shape[1]
    f = torch.zeros(b, n, m, dtype=x.dtype)
    for i in range(n):
        for j in range(m):
            one, other = theta[:, i], phi[:, j]
            if net.pairwise == "concat":
                joined = torch.cat([one, other], dim=1)
                f[:, i, j] = net.w(joined)[:, 0].relu()
            else:
                f[:, i, j] = (one * other).sum(1)
    if "gaussian" in net.pairwise:
        f = (f / theta.shape[-1] ** 0.5).exp()
        return f / f.sum(2, keepdim=True), g
    return f / m, g


# Checks, which test_wrong_non_local.py feeds with what is wrong.


def check_formula(net):
    found = net.weights(MAPS)
    wanted, g = by_hand(net, MAPS)
    torch.testing.assert_close(found, wanted)
    torch.testing.assert_close(net.mean(MAPS), wanted @ g)


def check_rows_sum_to_one(net):
    rows = net.weights(MAPS).sum(-1)
    torch.testing.assert_close(rows, torch.ones_like(rows))


def check_starts_as_the_identity(net):
    assert torch.equal(net(MAPS), MAPS)


def check_a_random_block_asks_softly(kind):
    """The weights' entropy does not fall as the channels become more."""
    for d in (16, 64, 256):
        theta, phi = numbers(1, d, 6, 6), numbers(1, d, 6, 6, seed=1)
        net = kind(d, d, "gaussian").double()
        net.project = lambda x, t=theta, p=phi: (
            t.flatten(2).mT,
            p.flatten(2).mT,
            None,
        )
        w = net.weights(theta)
        entropy = -(w * w.clamp_min(1e-300).log()).sum(-1).mean()
        assert entropy > 0.8 * torch.tensor(36.0).log()


@every_case
def test_the_weights_are_the_papers_formula(pairwise, subsample):
    check_formula(block(pairwise, subsample))


@pytest.mark.parametrize("pairwise", ["gaussian", "embedded_gaussian"])
def test_with_a_softmax_the_rows_sum_to_one(pairwise):
    check_rows_sum_to_one(block(pairwise))


@pytest.mark.parametrize("pairwise", ["dot", "concat"])
def test_over_n_the_rows_sum_to_anything(pairwise):
    rows = block(pairwise).weights(MAPS).sum(-1)
    assert (rows - 1).abs().min() > 0.1


@every_case
def test_it_starts_as_the_identity(pairwise, subsample):
    check_starts_as_the_identity(block(pairwise, subsample))


@every_case
def test_the_short_way_is_the_long_one(pairwise, subsample):
    net = block(pairwise, subsample)
    g = net.project(MAPS).g
    torch.testing.assert_close(net.mean(MAPS), net.weights(MAPS) @ g)


def test_the_dot_product_gives_the_same_in_either_order():
    theta, phi, g = (numbers(2, 20, 6, seed=s) for s in range(3))
    long = (theta @ phi.mT) @ g
    torch.testing.assert_close(in_cheaper_order(theta, phi, g), long)
    few = phi[:, :4], g[:, :4]
    wanted = (theta @ few[0].mT) @ few[1]
    torch.testing.assert_close(in_cheaper_order(theta, *few), wanted)


@every_form
def test_all_places_shuffled_come_out_shuffled(pairwise):
    net = block(pairwise).eval()
    net.norm.weight.data.fill_(1)
    order = torch.randperm(20, generator=torch.Generator().manual_seed(1))
    moved = MAPS.flatten(2)[:, :, order].view_as(MAPS)
    out = net(MAPS).flatten(2)[:, :, order].view_as(MAPS)
    torch.testing.assert_close(net(moved), out)


@every_form
def test_subsampled_a_place_asks_a_quarter_and_no_edge_is_lost(pairwise):
    net = block(pairwise, subsample=True)
    assert net.weights(numbers(1, 8, 8, 6)).shape == (1, 48, 12)
    x = numbers(1, 8, 5, 5)
    assert net.weights(x).shape == (1, 25, 9)
    changed = x.clone()
    changed[..., -1, -1] += 3
    assert not torch.equal(net.mean(changed)[:, 0], net.mean(x)[:, 0])


def test_gaussian_has_no_projections_to_compare_with():
    net = block("gaussian")
    theta, phi, _ = net.project(MAPS)
    assert torch.equal(theta, MAPS.flatten(2).mT)
    assert torch.equal(phi, theta)
    assert net.tpg.out_channels == net.hidden


@every_case
def test_its_gradient_is_that_of_its_function(pairwise, subsample):
    net = block(pairwise, subsample)
    net.norm.weight.data.fill_(1)
    x = numbers(2, 8, 3, 3).requires_grad_()
    assert gradcheck(lambda x: net.eval()(x), (x,))
    names = [name for name, _ in net.named_parameters()]
    values = tuple(p.detach().clone() for p in net.parameters())
    values = tuple(v.requires_grad_() for v in values)

    def of(*values):
        call = torch.func.functional_call
        return call(net, dict(zip(names, values)), (x.detach(),))

    assert gradcheck(of, values)


def zero_gradients(net, steps):
    """Names of the parameters without a gradient, before the last step."""
    net = copy.deepcopy(net)
    step = torch.optim.SGD(net.parameters(), 0.1)
    target = numbers(2, 8, 5, 4, seed=5)
    for _ in range(steps):
        step.zero_grad()
        (net(MAPS) - target).square().mean().backward()
        found = {n for n, p in net.named_parameters() if not p.grad.any()}
        step.step()
    return found


@pytest.mark.parametrize("pairwise", PAIRWISE)
def test_at_step_one_only_the_normalisation_learns(pairwise):
    net = block(pairwise)
    names = {name for name, _ in net.named_parameters()}
    assert zero_gradients(net, 1) == names - {"norm.weight", "norm.bias"}


@every_form
def test_at_step_two_all_of_it_learns(pairwise):
    assert zero_gradients(block(pairwise), 2) == set()


def test_the_scale_keeps_the_questions_soft():
    check_a_random_block_asks_softly(NonLocal)


def test_of_four_biases_only_thetas_changes_who_looks_where():
    theta, phi, _ = block().project(MAPS)

    def weights(theta, phi):
        return (theta @ phi.mT).softmax(-1)

    plain, bias = weights(theta, phi), numbers(6, seed=3)
    torch.testing.assert_close(weights(theta, phi + bias), plain)
    moved = weights(theta + bias, phi) - plain
    assert moved.abs().max() > 0.01


@pytest.mark.parametrize("form", ["softmax", "1/n"])
def test_four_times_the_picture_is_the_same_mean(form):
    net = block("embedded_gaussian" if form == "softmax" else "dot")
    twice = MAPS.repeat(1, 1, 2, 2)
    torch.testing.assert_close(net.mean(twice)[:, :4], net.mean(MAPS)[:, :4])


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: NonLocal(0), "channels=0"),
        (lambda: NonLocal(1), "channels=1 has no half; give hidden"),
        (lambda: NonLocal(8, 0), "hidden=0"),
        (lambda: NonLocal(8, pairwise="cosine"), "cosine.*'dot' or 'concat'"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def non_local_means(features, h):
    """Buades, Coll and Morel's weights, of rows of numbers: n n."""
    return (-torch.cdist(features, features).square() / h**2).softmax(-1)


def test_of_equal_length_the_gaussian_form_is_non_local_means():
    x = MAPS / MAPS.norm(dim=1, keepdim=True)
    h = (2 * 8**0.5) ** 0.5  # of the scale: 2 / h² is one over the root of d
    wanted = non_local_means(x.flatten(2).mT, h)
    torch.testing.assert_close(block("gaussian").weights(x), wanted)


def test_of_other_lengths_they_differ_by_the_length_of_whom_is_asked():
    features, h = MAPS.flatten(2).mT, (2 * 8**0.5) ** 0.5
    found = block("gaussian").weights(MAPS)
    wanted = non_local_means(features, h)
    assert (found - wanted).abs().max() > 0.1
    length = features.square().sum(-1)[:, None] / h**2
    repaired = (found.log() - length).softmax(-1)
    torch.testing.assert_close(repaired, wanted)


def test_weights_of_large_half_numbers_are_weights():
    torch.manual_seed(0)
    block = NonLocal(1024, pairwise="gaussian").half()
    maps = (10 * torch.randn(1, 1024, 3, 3)).half()
    looks = block.weights(maps)
    assert looks.isfinite().all()
    torch.testing.assert_close(looks.float().sum(2), torch.ones(1, 9))
