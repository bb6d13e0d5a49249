"""One net, one place, six blocks."""

from functools import partial

import pytest
import torch

from cvnotes.experiments.nets import parameters
from cvnotes.experiments.placed_attention import (
    NAMES,
    AttentionNet,
    build,
    field,
    maps_of,
    width_for,
)

SHAPE = (3, 24, 24)
PICTURES = torch.randn(2, *SHAPE, generator=torch.Generator().manual_seed(0))


def touched(name):
    """The columns of the picture that one place of the last maps sees."""
    torch.manual_seed(0)
    net = AttentionNet(name, SHAPE, 2, 8).eval()
    x = PICTURES.clone().requires_grad_()
    net.late(net.block(*net.before(x)))[0, :, 6, 6].sum().backward()
    seen = x.grad[0].abs().sum((0, 1)).nonzero()[:, 0]
    return seen.max() - seen.min() + 1


def test_the_plain_net_sees_what_its_field_says():
    assert touched("none") == field("none", 24) == 11


def test_the_deeper_net_sees_the_whole_side():
    assert touched("deeper") == 24 <= field("deeper", 24)


@pytest.mark.parametrize("name", NAMES[2:])
def test_before_training_a_block_adds_nothing_or_only_weighs(name):
    torch.manual_seed(0)
    net = AttentionNet(name, SHAPE, 2, 8).eval()
    given = net.before(PICTURES)
    change = net.block(*given) - given[0]
    assert change.any() == (name == "cbam")


@pytest.mark.parametrize("name", NAMES)
def test_every_net_of_one_budget_is_within_five_percent(name):
    budget = parameters(build("deeper", SHAPE, 2, 16)())
    kind = partial(AttentionNet, name, SHAPE, 2)
    size = parameters(kind(width_for(kind, budget)))
    assert size == pytest.approx(budget, rel=0.05)


@pytest.mark.parametrize(
    "name, shape",
    [
        ("non-local", (2, 144, 144)),
        ("cross-layer", (2, 144, 144)),
        ("cbam", (2, 1, 12, 12)),
        ("cgnl", (2, 1)),
    ],
)
def test_what_each_block_has_for_a_map(name, shape):
    assert maps_of(build(name, SHAPE, 2)().eval(), PICTURES).shape == shape


@pytest.mark.parametrize("name", ["none", "deeper"])
def test_convolutions_have_no_map(name):
    assert maps_of(build(name, SHAPE, 2)().eval(), PICTURES) is None


def test_an_unknown_block_is_refused_by_name():
    with pytest.raises(ValueError, match=r"name='se'.*non-local"):
        build("se", SHAPE, 2)


def test_a_width_without_a_hidden_unit_is_refused_by_name():
    with pytest.raises(ValueError, match="width=3"):
        build("cbam", SHAPE, 2, width=3)
