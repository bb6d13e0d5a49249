"""What it costs to ask other layers: projections, and two products each.

Ye et al., ICIP 2020, arXiv 2005.09153, as the authors' code builds it: no
biases, and a normalisation for each response.
"""

from collections.abc import Sequence
from math import prod

from cvnotes.cost.counting import (
    Cost,
    at_least_one,
    batch_norm,
    conv2d,
    halved,
    sides,
)


def cross_layer(
    query_channels: int,
    response_channels: Sequence[int],
    hidden: int | None = None,
    *,
    size: tuple[int, int],
    response_sizes: Sequence[tuple[int, int]],
) -> Cost:
    """The whole block; ``size`` is the query's, the others have theirs.

    >>> cross_layer(8, [4], 2, size=(2, 2), response_sizes=[(4, 4)])
    Cost(params=64, macs=640)
    """
    hidden = refuse_cross_layer(query_channels, response_channels, hidden)
    plan = _paired(response_channels, response_sizes)
    project = conv2d(query_channels, hidden, 1, size, bias=False)
    back = conv2d(hidden, query_channels, 1, size, bias=False)
    # z is one projection, used once for each response.
    again = Cost(macs=back.macs * (len(plan) - 1))
    norms = [batch_norm(query_channels) for _ in plan]
    own = [
        conv2d(channels, 2 * hidden, 1, its_size, bias=False)
        for channels, its_size in plan
    ]
    products = cross_layer_products(hidden, size, response_sizes)
    return sum([project, back, again, *norms, *own, products])


def cross_layer_products(
    hidden: int,
    size: tuple[int, int],
    response_sizes: Sequence[tuple[int, int]],
) -> Cost:
    """Comparing all pairs of places, and adding up what they answer.

    >>> cross_layer_products(256, (14, 14), [(28, 28)])
    Cost(params=0, macs=78675968)
    """
    at_least_one(hidden=hidden)
    if not response_sizes:
        raise ValueError(
            f"response_sizes={response_sizes} is empty: there is no layer "
            "to ask; give the height and width of one or more"
        )
    asking = prod(sides(size))
    asked = sum(prod(sides(its_size)) for its_size in response_sizes)
    return Cost(macs=2 * hidden * asking * asked)


def refuse_cross_layer(query_channels, response_channels, hidden) -> int:
    """Refuse channels that no block has; the hidden ones that it gets."""
    refuse_responses(response_channels)
    return halved(hidden, query_channels=query_channels)


def refuse_responses(response_channels):
    """Refuse anything but a list of one count or more.

    >>> refuse_responses(64)
    Traceback (most recent call last):
    TypeError: response_channels=64 is not a list; use [64] for one layer
    """
    if not isinstance(response_channels, Sequence):
        raise TypeError(
            f"response_channels={response_channels} is not a list; "
            f"use [{response_channels}] for one layer"
        )
    if not response_channels:
        raise ValueError(
            f"response_channels={response_channels} is empty: there is no "
            "layer to ask; give the channels of one or more"
        )
    for i, channels in enumerate(response_channels):
        at_least_one(**{f"response_channels[{i}]": channels})


def _paired(channels, sizes):
    if len(channels) != len(sizes):
        raise ValueError(
            f"response_sizes={sizes} are {len(sizes)} for {len(channels)} "
            "response_channels; give a size for each"
        )
    return list(zip(channels, sizes))
