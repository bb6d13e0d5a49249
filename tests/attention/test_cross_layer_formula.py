"""What cross-layer attention computes, and what wrong versions must fail.

Each takes the class, so that the tests of the tests can hand in another.
"""

import torch
from torch import nn

from cvnotes.attention import CrossLayerNonLocal

_draw = torch.Generator().manual_seed(0)
MAPS = (
    torch.randn(2, 12, 5, 4, generator=_draw),
    [
        torch.randn(2, 6, 6, 7, generator=_draw),
        torch.randn(2, 8, 3, 4, generator=_draw),
    ],
)


def awake(kind, hidden: int = 4) -> CrossLayerNonLocal:
    """A block that no longer is the identity, with seeded weights."""
    torch.manual_seed(0)
    block = kind(12, [6, 8], hidden)
    for norm in block.norm:
        nn.init.uniform_(norm.weight, 0.5, 1.5)
    for weight in block.parameters():
        if weight.dim() == 4:
            nn.init.normal_(weight)  # wide, so that shares are uneven
    return block


def test_it_is_the_formula_written_out_with_loops(kind=CrossLayerNonLocal):
    """Every pair of places by itself, without a matrix product."""
    block, (query, responses) = awake(kind).eval(), MAPS
    matrix = [p.weight.flatten(1) for p in (block.theta, block.z)]
    out = query.clone()
    for row in range(query.shape[2]):
        for column in range(query.shape[3]):
            place = query[0, :, row, column]
            for i, response in enumerate(responses):
                heard = _hear(block, i, matrix[0] @ place, response[0])
                norm = block.norm[i]
                spread = (norm.running_var + norm.eps).sqrt()
                told = (matrix[1] @ heard - norm.running_mean) / spread
                out[0, :, row, column] += norm.weight * told + norm.bias
    torch.testing.assert_close(block(query, responses)[0], out[0])


def _hear(block, i, asked, response):
    answers = response.flatten(1).T
    keys = answers @ block.phi[i].weight.flatten(1).T
    values = answers @ block.g[i].weight.flatten(1).T
    scores = torch.stack([(asked * key).sum() for key in keys])
    shares = (scores / len(asked) ** 0.5).exp()
    return (shares[:, None] * values).sum(0) / shares.sum()


def test_each_place_spreads_one_over_each_response(kind=CrossLayerNonLocal):
    shares = awake(kind).weights(*MAPS)
    assert [share.shape for share in shares] == [(2, 20, 42), (2, 20, 12)]
    for share in shares:
        torch.testing.assert_close(share.sum(-1), torch.ones(2, 20))


def test_a_place_is_answered_at_its_place(kind=CrossLayerNonLocal):
    """A query that differs in one place is answered differently there."""
    block, (query, responses) = awake(kind).eval(), MAPS
    changed = query.clone()
    changed[:, :, 3, 1] += 1
    moved = block(changed, responses) - block(query, responses)
    moved = moved.abs().amax((0, 1)) > 1e-5
    assert moved.nonzero().tolist() == [[3, 1]]


def test_each_response_has_projections_of_its_own(kind=CrossLayerNonLocal):
    """Two layers of equal channels; the first one's keys are turned off."""
    torch.manual_seed(0)
    block, (query, (_, coarse)) = kind(12, [8, 8], 4), MAPS
    with torch.no_grad():
        block.phi[0].weight.zero_()
    shares = block.weights(query, [coarse, coarse])
    torch.testing.assert_close(shares[0], torch.full((2, 20, 12), 1 / 12))
    assert shares[1].std() > 1e-3
