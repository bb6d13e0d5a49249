"""Wrong versions that circulate, or nearly: each turns a check red."""

import pytest
import torch
from torch import nn

from cvnotes.attention import CGNL
from tests.attention import test_cgnl as told


class Softmaxed(CGNL):
    """A softmax over one number: always 1, and nobody notices."""

    def _numbers(self, phi, g):
        numbers = super()._numbers(phi, g)
        return [n[..., None].softmax(-1)[..., 0] for n in numbers]


class OneNumberForAll(CGNL):
    """The groups' numbers added up: they mix."""

    def _numbers(self, phi, g):
        numbers = super()._numbers(phi, g)
        return [n.sum(1, keepdim=True).expand_as(n) for n in numbers]


class Interleaved(CGNL):
    """repeat where repeat_interleave is meant: channels in wrong groups."""

    def mix(self, theta, phi, g):
        each = theta.shape[1] // self.groups
        number = self._numbers(phi, g)[0].repeat(1, each)
        return number[..., None, None] * theta


class ScaledUp(CGNL):
    """Multiplied with the root of the elements, not divided by it."""

    def _numbers(self, phi, g):
        size = phi[0].numel() // self.groups
        return [size * n for n in super()._numbers(phi, g)]


class ScaledByAll(CGNL):
    """The root of all elements, where a group's are meant."""

    def _numbers(self, phi, g):
        root = self.groups**0.5
        return [n / root for n in super()._numbers(phi, g)]


class OtherOrder(CGNL):
    """(θ·φ) g: the two that stand apart are multiplied first."""

    def mix(self, theta, phi, g):
        return super().mix(g, phi, theta)


class NoFactorial(CGNL):
    """The series without its p!."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self.series = [(p, 2e-4**p) for p, _ in self.series]


class AnyStart(CGNL):
    """The norm's weight left at 1: the first step undoes a trained net."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        nn.init.ones_(self.norm.weight)


WRONG = [
    (Softmaxed, {}),
    (OneNumberForAll, {"groups": 2}),
    (Interleaved, {"groups": 2}),
    (ScaledUp, {"scale": True}),
    (ScaledByAll, {"groups": 2, "scale": True}),
    (OtherOrder, {}),
    (NoFactorial, {"kernel": "rbf"}),
]


@pytest.mark.parametrize("block, form", WRONG, ids=str)
def test_a_wrong_version_is_not_the_matrix(block, form):
    told.same_as_the_matrix(told.made(**form), {"groups": 1} | form)
    with pytest.raises(AssertionError):
        told.same_as_the_matrix(
            told.made(block, **form), {"groups": 1} | form
        )


def test_groups_that_mix_are_caught():
    with pytest.raises(AssertionError):
        told.groups_stay_apart(told.made(OneNumberForAll, groups=2))


def test_a_block_that_does_not_start_as_the_identity_is_caught():
    torch.manual_seed(0)
    with pytest.raises(AssertionError):
        told.starts_as_the_identity(AnyStart(8))


@pytest.mark.parametrize("block", [ScaledUp, Softmaxed])
def test_the_output_alone_would_not_tell(block):
    """The norm hides them: so the mix is asked, and not the block."""
    form = {"scale": True}
    right, wrong = told.made(**form), told.made(block, **form)
    for one in (right, wrong):
        one.norm.eps = 1e-20
    sign = right.gate(told.MAPS).sign()[..., None, None]
    found = [one(told.MAPS) - told.MAPS for one in (right, wrong)]
    aligned = found[1] if block is ScaledUp else sign * found[1]
    torch.testing.assert_close(found[0], aligned)
