"""What the chapter on cross-layer attention says, one sentence a test."""

import pytest
import torch

from cvnotes.attention import CrossLayerNonLocal
from tests.attention.test_cross_layer_formula import MAPS, awake


def fresh(hidden=4):
    return CrossLayerNonLocal(12, [6, 8], hidden)


def test_forward_uses_the_weights_that_the_page_draws():
    block = awake(CrossLayerNonLocal).eval()
    query, responses = MAPS
    expected = query
    shares = block.weights(query, responses)
    for i, (share, response) in enumerate(zip(shares, responses)):
        values = block.g[i](response).flatten(2)
        heard = torch.einsum("bqr, bdr -> bdq", share, values)
        maps = block.z(heard.reshape(*heard.shape[:2], 5, 4))
        expected = expected + block.norm[i](maps)
    torch.testing.assert_close(block(query, responses), expected)


def test_at_the_start_it_is_the_identity():
    query, responses = MAPS
    assert torch.equal(fresh()(query, responses), query)


def test_at_the_start_only_the_normalisations_have_a_slope():
    query, responses = MAPS
    block = fresh()
    target = torch.randn_like(query)
    (block(query, responses) * target).sum().backward()
    slopes = {n: p.grad.abs().max() for n, p in block.named_parameters()}
    assert all(
        (slope > 0) == name.startswith("norm")
        for name, slope in slopes.items()
    )


def test_where_things_stand_in_a_response_does_not_matter():
    block = awake(CrossLayerNonLocal).eval()
    query, (fine, coarse) = MAPS
    moved = fine.flip(2, 3).roll(2, dims=3)
    torch.testing.assert_close(
        block(query, [moved, coarse]), block(query, [fine, coarse])
    )


def test_each_place_of_the_query_is_handled_alike():
    block = awake(CrossLayerNonLocal).eval()
    query, responses = MAPS
    torch.testing.assert_close(
        block(query.flip(2, 3), responses),
        block(query, responses).flip(2, 3),
    )


def test_the_query_is_projected_once_for_all_responses():
    block, calls = fresh(), []
    block.theta.register_forward_hook(lambda *_: calls.append(1))
    block(*MAPS)
    assert len(calls) == 1


def test_the_weights_of_the_pairs_are_not_kept():
    """PyTorch's fused kernel forgets them; it wants four axes and rows."""
    query, responses = torch.randn(1, 12, 8, 8), [torch.randn(1, 6, 16, 16)]
    block, sizes = CrossLayerNonLocal(12, [6], 4), []

    def save(tensor):
        sizes.append(tensor.numel())
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(save, lambda t: t):
        block(query, responses)
    assert len(sizes) > 5 and max(sizes) < 64 * 256


def test_hidden_is_half_of_the_query_unless_it_is_given():
    assert CrossLayerNonLocal(12, [6]).theta.out_channels == 6


def test_gradients_are_right_in_double_precision():
    torch.manual_seed(0)
    block = CrossLayerNonLocal(3, [2, 4], 2).double()
    for norm in block.norm:
        torch.nn.init.ones_(norm.weight)
    shapes = (2, 3, 2, 2), (2, 2, 3, 2), (2, 4, 1, 2)
    inputs = [torch.randn(s).double().requires_grad_() for s in shapes]
    assert torch.autograd.gradcheck(
        lambda query, *responses: block(query, responses), inputs
    )


@pytest.mark.parametrize(
    "arguments, error, said",
    [
        ((0, [4], 2), ValueError, "query_channels=0"),
        ((4, [], 2), ValueError, r"response_channels=\[\] is empty"),
        ((4, [4, 0], 2), ValueError, r"response_channels\[1\]=0"),
        ((4, [4], 0), ValueError, "hidden=0"),
        ((1, [4]), ValueError, "query_channels=1 has no half"),
    ],
)
def test_what_no_block_has_is_refused_by_name(arguments, error, said):
    with pytest.raises(error, match=said):
        CrossLayerNonLocal(*arguments)


@pytest.mark.parametrize("method", ["forward", "weights"])
def test_other_maps_than_it_was_built_for_are_refused(method):
    query, (fine, coarse) = MAPS
    act = getattr(fresh(), method)
    with pytest.raises(ValueError, match=r"query has 6 .*query_channels=12"):
        act(fine, [fine, coarse])
    built = r"built with response_channels=\[6, 8\]"
    with pytest.raises(ValueError, match=rf"\[6\] channels.*{built}"):
        act(query, [fine])
    with pytest.raises(ValueError, match=rf"\[8, 6\] channels.*{built}"):
        act(query, [coarse, fine])
    with pytest.raises(ValueError, match=r"responses\[1\] has 1 samples"):
        act(query, [fine, coarse[:1]])


@pytest.mark.usefixtures("untyped")
def test_responses_that_can_be_read_only_once_are_heard():
    query, responses = MAPS
    block = awake(CrossLayerNonLocal).eval()
    once = iter(responses)
    torch.testing.assert_close(block(query, once), block(query, responses))
