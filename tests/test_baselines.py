"""What the plain net and the ResNet are, one sentence a test."""

from functools import partial
from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.nn.functional import avg_pool2d, batch_norm, conv2d, relu

from cvnotes.baselines import Layer, PlainNet, Residual, ResNet, matched
from cvnotes.densenet import densenet_cifar

NETS = [PlainNet, ResNet]
MAPS = torch.randn(2, 6, 8, 8, generator=torch.Generator().manual_seed(0))


def counted(net):
    return sum(p.numel() for p in net.parameters())


def convolutions(net):
    return [m for m in net.modules() if isinstance(m, nn.Conv2d)]


def pictures(side=16, channels=3):
    random = torch.Generator().manual_seed(side)
    return torch.randn(2, channels, side, side, generator=random)


def closed_form(widths, layers, classes, channels, norm):
    """9·in·out a convolution, and 2 a channel's norm or 1 a bias."""
    ends = [(channels, widths[0])]
    reads = widths[0]
    for width, count in zip(widths, layers):
        ends += pairwise([reads, *[width] * count])
        reads = width
    weights = sum(9 * a * b for a, b in ends) + reads * classes + classes
    if norm:
        return weights + sum(2 * a for a, _ in ends[1:]) + 2 * reads
    return weights + sum(b for _, b in ends)


@pytest.mark.parametrize("kind", NETS)
@pytest.mark.parametrize("norm", [True, False])
@pytest.mark.parametrize(
    "width, layers, classes, channels",
    [(8, (3, 3, 3), 10, 3), (5, (2, 4, 1), 7, 1), (4, (6,), 10, 3)],
)
def test_a_net_has_the_parameters_of_the_closed_form(
    kind, norm, width, layers, classes, channels
):
    net = kind(width, layers, classes, channels, norm)
    widths = [width * 2**i for i in range(len(layers))]
    expected = closed_form(widths, layers, classes, channels, norm)
    assert counted(net) == expected


@pytest.mark.parametrize("kind", NETS)
@pytest.mark.parametrize("layers", [(3, 3, 3), (2, 2, 2), (1, 2, 3)])
def test_a_stage_has_as_many_convolutions_as_were_asked_for(kind, layers):
    net = kind(4, layers)
    for i, count in enumerate(layers, start=1):
        stage = net.features.get_submodule(f"stage{i}")
        assert len(convolutions(stage)) == count


@pytest.mark.parametrize("kind", NETS)
def test_a_net_has_the_depth_of_a_densenet_of_as_many_layers(kind):
    dense = convolutions(densenet_cifar(40, 12, bottleneck=False))
    threes = [conv for conv in dense if conv.kernel_size == (3, 3)]
    assert len(convolutions(kind(4, (12, 12, 12)))) == len(threes)


@pytest.mark.parametrize("kind", NETS)
def test_a_net_answers_for_each_picture_and_class(kind):
    net = kind(4, (2, 2, 2), num_classes=7, in_channels=1)
    assert net(pictures(channels=1)).shape == (2, 7)


@pytest.mark.parametrize("kind", NETS)
def test_the_convolutions_stand_in_the_order_in_which_they_are_used(kind):
    net, used = kind(4), []
    for conv in convolutions(net):
        conv.register_forward_hook(lambda conv, *_: used.append(conv))
    net(pictures())
    assert used == convolutions(net)


@pytest.mark.parametrize("kind", NETS)
def test_the_maps_are_halved_between_the_stages(kind):
    net, sides = kind(4), []
    for i in (1, 2, 3):
        stage = net.features.get_submodule(f"stage{i}")
        stage.register_forward_hook(
            lambda _, inputs, out: sides.append(out.shape[1:])
        )
    net(pictures(32))
    assert sides == [(4, 32, 32), (8, 16, 16), (16, 8, 8)]


def test_a_layer_normalises_then_rectifies_then_convolves():
    layer = Layer(6, 5)
    h = relu(batch_norm(MAPS, None, None, training=True))
    expected = conv2d(h, layer.conv.weight, padding=1)
    torch.testing.assert_close(layer(MAPS), expected)


@pytest.mark.parametrize("norm", [True, False])
def test_a_residual_block_adds_its_change_to_what_it_read(norm):
    block = Residual(Layer(6, 6, norm), Layer(6, 6, norm)).eval()
    change = block[1](block[0](MAPS))
    torch.testing.assert_close(block(MAPS), MAPS + change)


@pytest.mark.parametrize("norm", [True, False])
def test_a_residual_block_that_changes_nothing_is_the_identity(norm):
    block = Residual(Layer(6, 6, norm), Layer(6, 6, norm))
    nn.init.zeros_(block[-1].conv.weight)
    if not norm:
        nn.init.zeros_(block[-1].conv.bias)
    assert torch.equal(block(MAPS), MAPS)


def test_a_block_that_widens_passes_on_what_it_read_and_zeros():
    block = Residual(Layer(6, 9), Layer(9, 9))
    nn.init.zeros_(block[-1].conv.weight)
    assert torch.equal(block(MAPS)[:, :6], MAPS)
    assert not block(MAPS)[:, 6:].any()


def test_a_resnet_that_changes_nothing_is_its_stem_seen_from_afar():
    net = ResNet(4).eval()
    for module in net.modules():
        if isinstance(module, Residual):
            nn.init.zeros_(module[-1].conv.weight)
    x = pictures(16)
    maps = net.features[:-2](x)
    torch.testing.assert_close(
        maps[:, :4], avg_pool2d(net.features.conv0(x), 4)
    )


def test_the_two_nets_differ_in_nothing_but_the_shortcuts():
    torch.manual_seed(0)
    plain = PlainNet(4, (2, 3, 2)).state_dict()
    torch.manual_seed(0)
    residual = ResNet(4, (2, 3, 2)).state_dict()
    for a, b in zip(plain.values(), residual.values(), strict=True):
        assert torch.equal(a, b)


@pytest.mark.parametrize("kind", NETS)
def test_without_normalisation_there_is_none_and_every_filter_has_a_bias(
    kind,
):
    net = kind(4, norm=False)
    assert not any(isinstance(m, nn.BatchNorm2d) for m in net.modules())
    assert not any(conv.bias.any() for conv in convolutions(net))


@pytest.mark.parametrize("kind", NETS)
def test_filters_start_with_the_deviation_of_he_et_al(kind):
    torch.manual_seed(0)
    for conv in convolutions(kind(32)):
        expected = (2 / (9 * conv.in_channels)) ** 0.5
        assert conv.weight.std().item() == pytest.approx(expected, rel=0.05)


def test_half_a_channel_is_rounded_up():
    assert PlainNet(2.125).widths == [2, 4, 9]
    assert PlainNet(2.5).widths == [3, 5, 10]


BUDGETS = [
    counted(densenet_cifar(4 + 9 * each, growth_rate, each == 2, theta))
    for growth_rate in (4, 8, 12, 24)
    for each in (1, 2)
    for theta in (0.5, 1.0)
]


@pytest.mark.parametrize("norm", [True, False])
@pytest.mark.parametrize("params", BUDGETS)
def test_a_matched_net_has_a_densenets_budget_to_within_one_in_thirty(
    norm, params
):
    build = partial(ResNet, norm=norm)
    found = counted(build(matched(build, params)))
    assert abs(found - params) <= params / 30


@pytest.mark.parametrize("params", [3000, 12_345, 49_999])
def test_no_eighth_of_a_width_is_nearer_than_the_matched_one(params):
    def off(width):
        return abs(counted(PlainNet(width)) - params)

    width = matched(PlainNet, params)
    assert off(width) == min(off(w / 8) for w in range(8, 120))


def test_a_matched_net_can_be_as_deep_as_it_likes():
    build = partial(ResNet, layers=(12, 12, 12), in_channels=1)
    params = counted(build(4.5))
    assert counted(build(matched(build, params))) == params


@pytest.mark.parametrize("kind", NETS)
def test_a_net_runs_backward_where_no_number_is(kind):
    net = kind(4).to("meta")
    net(pictures().to("meta")).sum().backward()
    assert all(p.grad is not None for p in net.parameters())


@pytest.mark.parametrize("kind", NETS)
def test_a_net_runs_in_half_precision(kind):
    with torch.autocast("cpu", torch.bfloat16):
        scores = kind(4)(pictures())
    assert scores.dtype == torch.bfloat16


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"width": 0.5}, "width=0.5 "),
        ({"layers": ()}, r"layers=\(\) "),
        ({"layers": (3, 0)}, r"layers\[1\]=0 "),
        ({"num_classes": 0}, "num_classes=0 "),
        ({"in_channels": 0}, "in_channels=0 "),
    ],
)
def test_a_setting_that_makes_no_net_is_refused_by_name(settings, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        ResNet(**{"width": 4} | settings)


def test_a_picture_without_a_place_for_the_last_stage_is_refused():
    with pytest.raises(ValueError, match=r"size=\(2, 2\).*use sides from 4"):
        PlainNet(4)(pictures(2))


def test_a_budget_under_the_smallest_net_is_refused_with_what_it_needs():
    least = counted(PlainNet(1))
    with pytest.raises(ValueError, match=f"params=99 .*use {least}"):
        matched(PlainNet, 99)


def test_finding_a_width_leaves_the_callers_chance_alone():
    before = torch.get_rng_state()
    matched(ResNet, 9000)
    assert torch.equal(torch.get_rng_state(), before)
