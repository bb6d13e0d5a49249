"""What asking other layers costs, as PyTorch counts it."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost
from cvnotes.attention import CrossLayerNonLocal
from cvnotes.cost import Cost
from cvnotes.cost.cross_layer import refuse_responses
from cvnotes.papers import CROSS_LAYER

widths = st.integers(1, 12)
sizes = st.tuples(st.integers(1, 6), st.integers(1, 6))
layers = st.lists(st.tuples(widths, sizes), min_size=1, max_size=4)
FIVE = [row for row in CROSS_LAYER.responses if row.net == "ResNet-50"]


def counted(channels, responses, hidden, size) -> Cost:
    own = [c for c, _ in responses]
    block = CrossLayerNonLocal(channels, own, hidden).to("meta").eval()
    query = torch.zeros(1, channels, *size, device="meta")
    asked = [torch.zeros(1, c, *s, device="meta") for c, s in responses]
    with FlopCounterMode(display=False) as counter:
        block(query, asked)
    params = sum(p.numel() for p in block.parameters())
    return Cost(params, counter.get_total_flops() // 2)


def planned(channels, responses, hidden, size) -> Cost:
    own, others = zip(*responses)
    return cost.cross_layer(
        channels, own, hidden, size=size, response_sizes=others
    )


@settings(deadline=None, max_examples=40)
@given(channels=widths, responses=layers, hidden=widths, size=sizes)
def test_it_costs_what_pytorch_counts(channels, responses, hidden, size):
    plan = channels, responses, hidden, size
    assert counted(*plan) == planned(*plan)


def test_the_authors_setting_is_as_recomputed():
    at = {
        "size": (14, 14),
        "response_sizes": [(r.side, r.side) for r in FIVE],
    }
    whole = cost.cross_layer(2048, [r.channels for r in FIVE], 256, **at)
    assert f"{whole.params / 1e6:.2f}" == "3.17"
    products = cost.cross_layer_products(256, **at).macs
    assert f"{products / 1e9:.2f}" == "0.87"
    theta = cost.conv2d(2048, 256, 1, (14, 14), bias=False).macs
    assert f"{(whole.macs + 4 * theta) / 1e9:.1f}" == "4.8"


def test_half_of_the_query_is_hidden_unless_it_is_given():
    plan = {"size": (2, 2), "response_sizes": [(4, 4)]}
    assert cost.cross_layer(8, [4], **plan) == cost.cross_layer(
        8, [4], 4, **plan
    )


def test_one_number_in_place_of_a_list_is_refused():
    with pytest.raises(TypeError, match=r"response_channels=8.*use \[8\]"):
        refuse_responses(8)


def test_a_size_for_each_response_is_asked_for():
    with pytest.raises(ValueError, match="1 for 2 response_channels"):
        cost.cross_layer(4, [4, 4], size=(2, 2), response_sizes=[(2, 2)])


def test_no_layer_to_ask_is_refused_by_its_sizes_too():
    with pytest.raises(ValueError, match=r"response_sizes=\[\] is empty"):
        cost.cross_layer_products(4, (2, 2), [])


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize("size, asked", [((-2, 3), (3, 3)), ((3, 3), 3)])
def test_a_size_of_no_maps_is_refused(size, asked):
    with pytest.raises(ValueError, match="is no height and width"):
        cost.cross_layer_products(8, size, [asked])
