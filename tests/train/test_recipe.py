"""What is learned: the paper's numbers, and the rate in closed form."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from cvnotes.train import DENSENET_CIFAR, DENSENET_IMAGENET, Recipe


def test_the_paper_trains_on_cifar_like_this():
    r = DENSENET_CIFAR
    assert (r.epochs, r.batch, r.rate) == (300, 64, 0.1)
    assert (r.momentum, r.nesterov, r.weight_decay) == (0.9, True, 1e-4)
    assert (r.pad, r.flip) == (4, True)
    falls = [e for e in range(1, 300) if r.rate_in(e) < r.rate_in(e - 1)]
    assert falls == [150, 225]


def test_the_paper_trains_on_imagenet_like_this():
    r = DENSENET_IMAGENET
    assert (r.epochs, r.batch, r.rate) == (90, 256, 0.1)
    falls = [e for e in range(1, 90) if r.rate_in(e) < r.rate_in(e - 1)]
    assert falls == [30, 60]


@given(
    epochs=st.integers(1, 400),
    drops=st.lists(st.floats(0.05, 0.95), max_size=3, unique=True),
    factor=st.floats(0.05, 0.9),
    share=st.floats(0, 0.999),
)
def test_the_rate_is_the_closed_form(epochs, drops, factor, share):
    recipe = Recipe(epochs, drops=tuple(drops), factor=factor)
    epoch = int(share * epochs)
    past = len([d for d in drops if epoch / epochs >= d])
    near = any(abs(epoch / epochs - d) < 1e-9 for d in drops)
    if not near:
        expected = 0.1 * factor**past
        assert recipe.rate_in(epoch) == pytest.approx(expected)


def test_the_optimizer_is_the_recipe():
    weight = torch.nn.Parameter(torch.zeros(3))
    (group,) = Recipe(2, rate=0.3).optimizer([weight]).param_groups
    settings = {n: group[n] for n in ("lr", "momentum", "nesterov")}
    assert settings == {"lr": 0.3, "momentum": 0.9, "nesterov": True}
    assert group["dampening"] == 0


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"epochs": 0}, "epochs=0"),
        ({"batch": 0}, "batch=0"),
        ({"rate": 0.0}, "rate=0.0 learns nothing"),
        ({"rate": float("inf")}, "rate=inf is no number"),
        ({"rate": float("nan")}, "rate=nan is no number"),
        ({"momentum": 1.0}, "momentum=1.0"),
        ({"momentum": 0.0}, "nesterov=True.*momentum=0"),
        ({"pad": -1}, "pad=-1 is not a count.*whole number from 0"),
        ({"pad": 1.5}, "pad=1.5 is not a count"),
        ({"factor": -2.0}, "factor=-2.0 does not lower the rate; use"),
        ({"factor": 0.0}, "factor=0.0 does not lower.*above 0 and up to 1"),
        ({"factor": 1.5}, "factor=1.5 does not lower"),
        ({"factor": float("nan")}, "factor=nan is no number"),
        ({"weight_decay": -1e-4}, "weight_decay=-0.0001.*use 0 or more"),
        ({"weight_decay": float("nan")}, "weight_decay=nan is no number"),
        ({"weight_decay": float("inf")}, "weight_decay=inf is no number"),
        ({"rate": "0.1"}, "rate='0.1' is no number"),
        ({"momentum": None}, "momentum=None is no number"),
        ({"drops": (0.5, 1.0)}, "drops=.*between 0 and 1"),
        ({"drops": 0.5}, "drops=0.5 are no shares.*use a list"),
    ],
)
def test_a_bad_setting_is_refused_by_name(settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        Recipe(**{"epochs": 10} | settings)


def test_what_is_at_the_edge_is_a_recipe():
    recipe = Recipe(4, factor=1.0, weight_decay=0.0, pad=0)
    assert [recipe.rate_in(epoch) for epoch in range(4)] == [0.1] * 4
