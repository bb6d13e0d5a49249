"""A test of the tests: a count that restarts must turn one of them red.

One framework's tab of a well-known textbook counts the channels of a stage
from the stem's again, so that each transition but the first hands on too
few. The net runs, trains, and even learns.
"""

import pytest
from torch import nn

from cvnotes.cost import compressed
from cvnotes.densenet import DenseBlock, DenseNet, Transition, variants
from tests.densenet import test_network as checks


class Restarting(DenseNet):
    """A transition counts its stage as if the stem stood before it."""

    def __init__(
        self,
        growth_rate=32,
        block_config=(6, 12, 24, 16),
        num_init_features=64,
        bn_size=4,
        compression=0.5,
        **settings,
    ):
        plan = (growth_rate, block_config, num_init_features, bn_size)
        super().__init__(*plan, compression, **settings)
        reads = num_init_features
        for i, layers in enumerate(block_config, start=1):
            block = DenseBlock(layers, reads, growth_rate, bn_size)
            setattr(self.features, f"denseblock{i}", block)
            reads = block.out_channels
            if i < len(block_config):
                # The slip: not ``reads``, but the stem and this stage.
                counted = num_init_features + layers * growth_rate
                halve = shortened(reads, compressed(counted, compression))
                setattr(self.features, f"transition{i}", halve)
                reads = halve.out_channels
        self.features.norm5 = nn.BatchNorm2d(reads)
        self.classifier = nn.Linear(reads, self.classifier.out_features)
        self._start()


def shortened(reads: int, makes: int) -> Transition:
    """A transition that hands on as many channels as it is told."""
    found = Transition(reads)
    found.conv = nn.Conv2d(reads, makes, 1, bias=False)
    found.out_channels = makes
    return found


@pytest.fixture(autouse=True)
def _wrong(monkeypatch):
    monkeypatch.setattr(variants, "DenseNet", Restarting)
    monkeypatch.setattr(checks, "DenseNet", Restarting)


def parameters(net):
    return sum(p.numel() for p in net.parameters())


def test_it_runs_on_pictures_of_any_size_as_if_nothing_were_wrong():
    checks.test_pictures_of_other_sizes_are_classified_too(192, 256)


def test_it_hangs_together_so_that_a_look_at_its_edges_is_not_enough():
    checks.test_the_count_of_channels_never_restarts("densenet121")
    checks.test_the_table_says_what_flows_through_the_net()


def test_the_channels_of_table_1_turn_red():
    with pytest.raises(AssertionError):
        checks.test_densenet121_has_the_channels_and_sizes_of_table_1()


def test_the_known_count_of_parameters_turns_red():
    with pytest.raises(AssertionError):
        checks.test_a_net_has_its_known_number_of_parameters(
            variants.densenet121, 7_978_856
        )


def test_it_has_fewer_parameters_from_the_second_transition_on():
    # In the first stage there is nothing yet to forget.
    for blocks in ((2, 2), (2, 2, 2)):
        plan = (8, blocks, 12)
        wrong, right = (
            parameters(kind(*plan)) for kind in (Restarting, DenseNet)
        )
        assert (wrong < right) == (len(blocks) > 2)
