"""Cross-layer non-local: places of one layer ask the places of others.

Ye et al., "Associating Multi-Scale Receptive Fields for Fine-Grained
Recognition", ICIP 2020, arXiv 2005.09153, after the authors' code: θ and z
are shared, each response layer has its own φ, g and normalisation.
"""

from collections.abc import Sequence

from torch import Tensor, nn
from torch.nn.functional import scaled_dot_product_attention

from cvnotes.attention.non_local import rows
from cvnotes.cost import refuse_cross_layer
from cvnotes.shapes import Maps


class CrossLayerNonLocal(nn.Module):
    """Each place of ``query`` asks every place of every response layer.

    The layers may differ in channels and size; what comes out is as
    ``query``, and at the start it is ``query`` itself.

    >>> import torch
    >>> block = CrossLayerNonLocal(64, [16, 32], hidden=8)
    >>> query, fine = torch.zeros(2, 64, 4, 4), torch.zeros(2, 16, 16, 16)
    >>> coarse = torch.zeros(2, 32, 8, 8)
    >>> block(query, [fine, coarse]).shape
    torch.Size([2, 64, 4, 4])
    >>> [w.shape[1:] for w in block.weights(query, [fine, coarse])]
    [torch.Size([16, 256]), torch.Size([16, 64])]
    """

    def __init__(
        self,
        query_channels: int,
        response_channels: Sequence[int],
        hidden: int | None = None,
    ):
        hidden = refuse_cross_layer(query_channels, response_channels, hidden)
        super().__init__()
        self.theta = _project(query_channels, hidden)
        self.z = _project(hidden, query_channels)
        own = nn.ModuleList
        self.phi = own(_project(c, hidden) for c in response_channels)
        self.g = own(_project(c, hidden) for c in response_channels)
        self.norm = own(
            nn.BatchNorm2d(query_channels) for _ in response_channels
        )
        for norm in self.norm:
            nn.init.zeros_(norm.weight)

    def weights(
        self, query: Maps, responses: Sequence[Tensor]
    ) -> list[Tensor]:
        """Who looks where: b nq nr for each response, its rows sum to 1."""
        responses = self._checked(query, responses)
        asked = rows(self.theta(query))
        asked = asked * asked.shape[-1] ** -0.5
        return [
            (asked @ phi(response).flatten(2)).softmax(-1)
            for phi, response in zip(self.phi, responses)
        ]

    def forward(self, query: Maps, responses: Sequence[Tensor]) -> Maps:
        responses = self._checked(query, responses)
        # Once, for all responses; the authors' code projects it for each.
        asked = _head(self.theta(query))
        out = query
        for phi, g, norm, response in zip(
            self.phi, self.g, self.norm, responses
        ):
            heard = scaled_dot_product_attention(
                asked, _head(phi(response)), _head(g(response))
            )
            # The channels go back in front before the places get rows.
            maps = heard[:, 0].transpose(1, 2).unflatten(2, query.shape[2:])
            out = out + norm(self.z(maps))
        return out

    def _checked(self, query, responses):
        """The responses, as a list, where they fit this block."""
        responses = list(responses)
        wanted = [phi.in_channels for phi in self.phi]
        if query.shape[1] != self.theta.in_channels:
            raise ValueError(
                f"query has {query.shape[1]} channels; this block was built "
                f"with query_channels={self.theta.in_channels}"
            )
        found = [response.shape[1] for response in responses]
        if found != wanted:
            raise ValueError(
                f"responses have {found} channels; this block was built "
                f"with response_channels={wanted}, one a layer"
            )
        for i, response in enumerate(responses):
            if response.shape[0] != query.shape[0]:
                raise ValueError(
                    f"responses[{i}] has {len(response)} samples and query "
                    f"{len(query)}; give both of the same pictures"
                )
        return responses


def _head(maps: Tensor) -> Tensor:
    """b d h w → b 1 n d, a place's numbers side by side.

    On a CPU, PyTorch needs both for its fused kernel, which never keeps
    the weights of the pairs.
    """
    return rows(maps).contiguous().unsqueeze(1)


def _project(reads, makes):
    return nn.Conv2d(reads, makes, 1, bias=False)
