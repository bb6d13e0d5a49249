"""Equal parameters, equally many corners, and what a line can get."""

from dataclasses import replace
from itertools import product

import pytest
import torch
from torch import nn

from cvnotes.experiments import channel_xor
from cvnotes.experiments.channel_xor import FULL, LINE, QUICK, judge, pixels
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.parity import Parity, best_line, learners, parity


def of_signs(made):
    """How many pixels have each pair of signs, noise left out."""
    first, second = (made.images > 0).unbind(1)
    pairs = product([True, False], repeat=2)
    return [((first == a) & (second == b)).sum().item() for a, b in pairs]


@pytest.mark.parametrize("preset", [QUICK, FULL])
def test_what_is_linear_has_as_many_parameters_as_the_mlpconv(preset):
    sizes = {n: parameters(b) for n, b in learners(preset.hidden).items()}
    ours = sizes["mlpconv"]
    assert sizes["two linear layers"] == ours == sizes["three linear layers"]


def test_the_mlpconv_differs_from_two_linear_layers_by_its_relu_alone():
    nets = learners(QUICK.hidden)
    linear, ours = nets["two linear layers"], nets["mlpconv"]
    values = dict(zip(ours.state_dict(), linear.state_dict().values()))
    ours.load_state_dict(values)
    x = torch.randn(2, 2, 4, 4, generator=torch.Generator().manual_seed(0))
    assert not torch.allclose(ours(x), linear(x))
    ours[0].relu1 = nn.Identity()
    assert torch.equal(ours(x), linear(x))


def test_a_stack_of_linear_layers_is_one_filter():
    x = torch.randn(9, 2, 3, 3, generator=torch.Generator().manual_seed(0))
    for name in ("two linear layers", "three linear layers"):
        net = learners(8)[name].double()
        a, b = x[:4].double(), x[4:8].double()
        # Linear but for the biases: a mean goes through as a mean.
        torch.testing.assert_close(net((a + b) / 2), (net(a) + net(b)) / 2)


def test_the_four_pairs_of_signs_are_equally_many():
    made = parity(8, side=12, noise=0.0, seed=3, split="train")
    assert len(set(of_signs(made))) == 1
    assert made.classes.float().mean() == 0.5


def test_a_pixels_class_is_whether_its_channels_differ_in_sign():
    made = parity(8, side=12, noise=0.0, seed=3, split="train")
    signs = made.images.sign().prod(1)
    assert torch.equal(signs < 0, made.classes == 1)


def test_one_channel_alone_says_nothing_of_the_class():
    made = parity(8, side=12, noise=0.0, seed=3, split="train")
    for channel in made.images.unbind(1):
        assert made.classes[channel > 0].float().mean() == 0.5


def test_the_two_splits_and_the_seeds_are_drawn_apart():
    made = [
        pixels(QUICK, seed, split).images
        for seed, split in product((0, 1), ("train", "test"))
    ]
    assert not any(torch.equal(made[0], other) for other in made[1:])


@pytest.mark.parametrize("seed", range(3))
def test_a_line_gets_three_corners_of_four_and_no_more(seed):
    assert best_line(parity(8, 12, 0.0, seed, "test")) == 0.75


def test_the_search_finds_the_line_where_there_is_one():
    made = parity(8, 12, 0.3, 0, "test")
    half = made.images[:, 0] + made.images[:, 1] > 0.5
    assert best_line(Parity(made.images, half.long())) == 1.0


def test_the_search_for_a_line_is_the_slow_one():
    made = parity(4, side=3, noise=0.3, seed=0, split="test")
    x = made.images.transpose(0, 1).flatten(1).double().T
    labels = made.classes.flatten().bool()
    most = 0.0
    for degrees in range(180):
        angle = torch.tensor(degrees, dtype=torch.float64).deg2rad()
        along = x @ torch.stack([angle.cos(), angle.sin()])
        for place in along:
            right = ((along > place) == labels).double().mean().item()
            most = max(most, right, 1 - right)
    assert best_line(made) == pytest.approx(most)


def made_up(accuracy_of):
    """Two seeds of learners with these accuracies in percent."""
    return [
        {"learner": name, "seed": s, "accuracy": (percent + s) / 100}
        for name, percent in accuracy_of.items()
        for s in (0, 1)
    ]


@pytest.mark.parametrize(
    "mlpconv, verdict", [(99, "holds"), (40, "does not hold here")]
)
def test_the_verdict_is_by_who_is_ahead(mlpconv, verdict):
    others = ["one filter", "filter and ReLU", LINE]
    others += ["two linear layers", "three linear layers"]
    rows = made_up(dict.fromkeys(others, 50) | {"mlpconv": mlpconv})
    *ahead, last = judge(rows, QUICK)
    assert {finding.verdict for finding in ahead} == {verdict}
    assert last.verdict == "holds"


def test_it_is_no_verdict_on_depth_if_three_layers_gain():
    rows = made_up(
        dict.fromkeys(learners(8), 50) | {"three linear layers": 60, LINE: 75}
    )
    assert judge(rows, channel_xor.QUICK)[-1].verdict == "does not hold here"


@pytest.mark.parametrize(
    "arguments, sentence", [((6, 4), "pictures=6.*fours"), ((4, 0), "side=0")]
)
def test_pictures_that_cannot_be_are_refused_by_name(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        parity(*arguments, noise=0.1, seed=0, split="train")


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"hidden": 0}, "hidden=0"),
        ({"rate": 0.0}, "rate=0.0"),
        ({"steps": 0}, "steps=0"),
    ],
)
def test_settings_that_teach_nothing_are_refused(settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(QUICK, **settings)


def test_weights_exist_by_which_a_filter_and_a_relu_get_all_four_corners():
    net = learners(8)["filter and ReLU"]
    with torch.no_grad():
        net.conv1.weight[:, :, 0, 0] = torch.tensor([[2, 2], [1, 1.0]])
        net.conv1.bias.copy_(torch.tensor([0, 1.0]))
    made = parity(4, side=12, noise=0.0, seed=0, split="test")
    assert torch.equal(net(made.images).argmax(1), made.classes)
