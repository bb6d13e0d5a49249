"""Tests of the tests: what circulates in such code must turn one red."""

import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from cvnotes.attention import CrossLayerNonLocal
from cvnotes.attention.non_local import rows
from tests.attention import test_cross_layer_formula as checks


class Inverted(CrossLayerNonLocal):
    """Times √hidden where it should be divided."""

    def forward(self, query, responses):
        with torch.no_grad():
            self.theta.weight.mul_(self.theta.out_channels)
        return super().forward(query, responses)


class Untransposed(CrossLayerNonLocal):
    """Places and channels change roles in a view, as in the authors' code."""

    def forward(self, query, responses):
        asked, out = rows(self.theta(query)), query
        for i, response in enumerate(responses):
            keys = rows(self.phi[i](response))
            values = rows(self.g[i](response))
            heard = scaled_dot_product_attention(asked, keys, values)
            shape = len(query), -1, *query.shape[2:]
            maps = heard.contiguous().view(shape)
            out = out + self.norm[i](self.z(maps))
        return out


class WrongAxis(CrossLayerNonLocal):
    """Each place of a response spreads one over the query."""

    def weights(self, query, responses):
        asked = rows(self.theta(query)) * self.theta.out_channels**-0.5
        return [
            (asked @ phi(response).flatten(2)).softmax(1)
            for phi, response in zip(self.phi, responses)
        ]


class SharedPhi(CrossLayerNonLocal):
    """One φ for all responses that have as many channels."""

    def __init__(self, query_channels, response_channels, hidden=None):
        super().__init__(query_channels, response_channels, hidden)
        first = {}
        for i, channels in enumerate(response_channels):
            self.phi[i] = first.setdefault(channels, self.phi[i])


class Unprojected(CrossLayerNonLocal):
    """The keys are added up, not the values: g is never asked."""

    def forward(self, query, responses):
        kept, self.g = self.g, self.phi
        out = super().forward(query, responses)
        self.g = kept
        return out


formula = checks.test_it_is_the_formula_written_out_with_loops
placed = checks.test_a_place_is_answered_at_its_place
summed = checks.test_each_place_spreads_one_over_each_response
own = checks.test_each_response_has_projections_of_its_own

WRONG = [
    (Inverted, formula),
    (Untransposed, formula),
    (Untransposed, placed),
    (WrongAxis, summed),
    (SharedPhi, own),
    (Unprojected, formula),
]


@pytest.mark.parametrize(
    "wrong, check", WRONG, ids=lambda part: part.__name__
)
def test_the_wrong_version_turns_it_red(wrong, check):
    with pytest.raises(AssertionError):
        check(wrong)
