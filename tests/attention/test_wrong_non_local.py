"""Bugs that circulate: each must turn one of our own checks red."""

import pytest
from torch import nn

from cvnotes.attention import NonLocal
from tests.attention import test_non_local as right


class InvertedScale(NonLocal):
    """Divides by d to the minus a half: it multiplies by the root."""

    def weights(self, x):
        theta, phi, _ = self.project(x)
        return (theta @ phi.mT / theta.shape[-1] ** -0.5).softmax(-1)


class NoScale(NonLocal):
    def weights(self, x):
        theta, phi, _ = self.project(x)
        return (theta @ phi.mT).softmax(-1)


class CountForSoftmax(NonLocal):
    """1/N where a softmax should be."""

    def weights(self, x):
        theta, phi, _ = self.project(x)
        return theta @ phi.mT / phi.shape[1]


class WrongAxis(NonLocal):
    """Its columns sum to one: each place is shared out, none is asked."""

    def weights(self, x):
        theta, phi, _ = self.project(x)
        return (theta @ phi.mT * theta.shape[-1] ** -0.5).softmax(1)


class AwakeAtTheStart(NonLocal):
    def __init__(self, *settings):
        super().__init__(*settings)
        nn.init.ones_(self.norm.weight)


@pytest.mark.parametrize("kind", [InvertedScale, NoScale])
def test_a_wrong_scale_makes_the_weights_hard(kind):
    with pytest.raises(AssertionError):
        right.check_a_random_block_asks_softly(kind)


@pytest.mark.parametrize(
    "kind", [InvertedScale, NoScale, CountForSoftmax, WrongAxis]
)
def test_wrong_weights_are_not_the_formula(kind):
    with pytest.raises(AssertionError):
        right.check_formula(right.block(kind=kind))


@pytest.mark.parametrize("kind", [CountForSoftmax, WrongAxis])
def test_without_the_softmax_over_those_asked_rows_do_not_sum_to_one(kind):
    with pytest.raises(AssertionError):
        right.check_rows_sum_to_one(right.block(kind=kind))


def test_a_scale_of_one_at_the_start_is_no_identity():
    with pytest.raises(AssertionError):
        right.check_starts_as_the_identity(right.block(kind=AwakeAtTheStart))
