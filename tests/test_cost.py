"""The closed forms say what PyTorch counts."""

import math
from fractions import Fraction

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from cvnotes import cost
from cvnotes.cost import Cost
from cvnotes.densenet import DenseBlock, DenseLayer, DenseNet, Transition
from cvnotes.densenet import variants as nets

sides = st.tuples(st.integers(8, 12), st.integers(8, 12))
widths = st.integers(1, 40)
bottlenecks = st.one_of(st.none(), st.integers(1, 5))
thetas = st.integers(1, 100).map(lambda percent: percent / 100)


def counted(module, *shape) -> Cost:
    """Parameters and multiply-adds as PyTorch sees them, on no data."""
    module = module.to("meta").eval()
    with FlopCounterMode(display=False) as counter:
        module(torch.zeros(1, *shape, device="meta"))
    params = sum(p.numel() for p in module.parameters())
    return Cost(params, counter.get_total_flops() // 2)


@given(
    kernel_size=st.integers(1, 5),
    size=sides,
    stride=st.integers(1, 3),
    padding=st.integers(0, 2),
    groups=st.integers(1, 3),
    per_group=st.tuples(widths, widths),
    bias=st.booleans(),
)
def test_a_convolution_costs_what_pytorch_counts(
    kernel_size, size, stride, padding, groups, per_group, bias
):
    i, o = (groups * width for width in per_group)
    conv = nn.Conv2d(
        i, o, kernel_size, stride, padding, groups=groups, bias=bias
    )
    assert counted(conv, i, *size) == cost.conv2d(
        i, o, kernel_size, size, stride, padding, groups, bias
    )
    out = conv(torch.zeros(1, i, *size, device="meta"))
    assert tuple(out.shape[2:]) == cost.output_size(
        size, kernel_size, stride, padding
    )


@given(i=widths, o=widths, bias=st.booleans())
def test_a_linear_layer_costs_what_pytorch_counts(i, o, bias):
    assert counted(nn.Linear(i, o, bias), i) == cost.linear(i, o, bias)


@given(channels=widths, size=sides)
def test_a_normalisation_learns_two_numbers_a_channel(channels, size):
    module = nn.BatchNorm2d(channels)
    assert counted(module, channels, *size) == cost.batch_norm(channels)


@given(c=widths, k=st.integers(1, 12), size=sides, bn_size=bottlenecks)
def test_a_dense_layer_costs_what_pytorch_counts(c, k, size, bn_size):
    layer = DenseLayer(c, k, bn_size)
    assert counted(layer, c, *size) == cost.dense_layer(c, k, size, bn_size)


@given(
    layers=st.integers(1, 6),
    c=widths,
    k=st.integers(1, 12),
    size=sides,
    bn_size=bottlenecks,
)
def test_a_dense_block_costs_what_pytorch_counts(layers, c, k, size, bn_size):
    block = DenseBlock(layers, c, k, bn_size)
    expected = cost.dense_block(layers, c, k, size, bn_size)
    assert counted(block, c, *size) == expected


@given(c=st.integers(100, 300), size=sides, theta=thetas)
def test_a_transition_costs_what_pytorch_counts(c, size, theta):
    module = Transition(c, theta)
    assert counted(module, c, *size) == cost.transition(c, size, theta)


def leaves_channels(net):
    """Whether every transition passes on at least one."""
    width = net["num_init_features"]
    for layers in net["block_config"][:-1]:
        width += layers * net["growth_rate"]
        width = math.floor(width * net["compression"])
    return width > 0


small_nets = st.fixed_dictionaries(
    {
        "growth_rate": st.integers(1, 12),
        "block_config": st.lists(
            st.integers(1, 4), min_size=1, max_size=4
        ).map(tuple),
        "num_init_features": st.integers(4, 24),
        "bn_size": bottlenecks,
        "compression": st.sampled_from([0.29, 0.5, 1.0]),
        "num_classes": st.integers(1, 20),
        "stem": st.sampled_from(["imagenet", "cifar"]),
        "in_channels": st.sampled_from([1, 3]),
    }
).filter(leaves_channels)
net_sides = st.tuples(st.integers(32, 70), st.integers(32, 70))


@given(net=small_nets, size=net_sides)
def test_a_net_costs_what_pytorch_counts(net, size):
    built = counted(DenseNet(**net), net["in_channels"], *size)
    assert built == cost.densenet(**net, size=size)


@given(net=small_nets)
def test_the_table_has_the_channels_of_the_net_that_is_built(net):
    size = (64, 96)
    table = cost.densenet_layers(**net, size=size)
    planned = {row.name: row for row in table}
    for built in DenseNet(**net).channels():
        row = planned[built.name]
        assert built.in_channels == row.in_channels
        assert built.out_channels == row.out_channels
        assert row.size == tuple(side // built.reduction for side in size)


@pytest.mark.parametrize(
    "k, blocks, stem_width, params, billions",
    [
        (32, (6, 12, 24, 16), 64, 7_978_856, 2.83),
        (32, (6, 12, 32, 32), 64, 14_149_480, 3.36),
        (32, (6, 12, 48, 32), 64, 20_013_928, 4.29),
        (48, (6, 12, 36, 24), 96, 28_681_000, 7.73),
        (32, (6, 12, 64, 48), 64, 33_337_704, None),
    ],
)
def test_the_imagenet_nets_have_their_known_costs(
    k, blocks, stem_width, params, billions
):
    net = cost.densenet(k, blocks, stem_width)
    assert net.params == params
    if billions is not None:
        assert round(net.macs / 1e9, 2) == billions


@pytest.mark.parametrize(
    "n, k, bc, params_10, params_100",
    [
        (12, 12, False, 1_019_722, 1_060_132),
        (32, 12, False, 6_979_642, 7_084_852),
        (32, 24, False, 27_249_082, 27_457_972),
        (16, 12, True, 769_162, 800_032),
        (41, 24, True, 15_324_406, 15_480_556),
        (31, 40, True, 25_624_430, 25_821_620),
    ],
)
def test_the_cifar_nets_have_their_known_parameters(
    n, k, bc, params_10, params_100
):
    for classes, params in [(10, params_10), (100, params_100)]:
        net = cost.densenet(
            growth_rate=k,
            block_config=(n, n, n),
            num_init_features=2 * k if bc else 16,
            bn_size=4 if bc else None,
            compression=0.5 if bc else 1.0,
            num_classes=classes,
            stem="cifar",
            size=(32, 32),
        )
        assert net.params == params


def test_costs_add_up_and_nothing_else_joins_them():
    assert sum([Cost(1, 2), Cost(3, 4)]) == Cost(4, 6)
    with pytest.raises(TypeError):
        Cost(1, 2) + 3


@given(layers=st.integers(1, 30))
def test_a_block_has_one_edge_for_each_pair_of_a_state_and_a_later_one(
    layers,
):
    states = range(layers + 1)  # x_0, the block's input, to x_L
    pairs = [
        (early, late) for early in states for late in states[early + 1 :]
    ]
    assert cost.connections(layers) == len(pairs)


@given(k0=widths, k=widths, layers=st.integers(1, 8))
def test_layer_l_reads_k0_and_k_from_each_layer_before(k0, k, layers):
    block = DenseBlock(layers, k0, k)
    read = [layer.conv1.in_channels for layer in block]
    assert read == [
        cost.input_channels(k0, k, layer) for layer in range(1, layers + 1)
    ]
    assert block.out_channels == cost.input_channels(k0, k, layers + 1)


@given(k=st.integers(1, 60), bn_size=st.integers(1, 12))
def test_the_bottleneck_saves_weights_above_the_break_even_only(k, bn_size):
    def weights(c, bn_size):
        convs = (
            m
            for m in DenseLayer(c, k, bn_size).to("meta").modules()
            if isinstance(m, nn.Conv2d)
        )
        return sum(conv.weight.numel() for conv in convs)

    turn = cost.bottleneck_break_even(k, bn_size)
    with torch.device("meta"):
        for c in (1, 5 * k, 7 * k, 8 * k, 40 * k):
            saved = weights(c, None) - weights(c, bn_size)
            assert (saved > 0) == (c > turn), c


def test_with_the_papers_bottleneck_the_break_even_is_7_2_k():
    assert cost.bottleneck_break_even(10) == 72
    assert cost.bottleneck_break_even(32) > 224  # all of block 1 loses
    assert cost.bottleneck_break_even(32, bn_size=9) == math.inf


@settings(max_examples=500)
@given(m=st.integers(100, 3000), percent=st.integers(1, 100))
def test_compression_floors_the_number_that_was_meant(m, percent):
    meant = math.floor(Fraction(percent, 100) * m)
    assert cost.compressed(m, percent / 100) == meant


@given(thirds=st.integers(1, 500))
def test_compression_by_a_third_of_threes_is_exact(thirds):
    assert cost.compressed(3 * thirds, 1 / 3) == thirds


def test_the_closed_form_is_that_of_densenet121():
    net = nets.densenet121()
    assert counted(net, 3, 224, 224) == cost.densenet()


@pytest.mark.parametrize("blocks", [(1,), (1, 1), (1, 1, 1, 1)])
@pytest.mark.parametrize("stem, short", [("imagenet", 3), ("cifar", 0)])
def test_the_smallest_picture_is_the_smallest_that_runs(blocks, stem, short):
    least = (4 if short else 1) * 2 ** (len(blocks) - 1) - short
    net = DenseNet(2, blocks, 4, num_classes=3, stem=stem)
    size = (least, least)
    planned = cost.densenet(2, blocks, 4, 4, 0.5, 3, stem, size)
    assert counted(net, 3, *size) == planned
    if least > 1:
        with pytest.raises(ValueError, match=f"sides from {least}"):
            cost.densenet(
                block_config=blocks, stem=stem, size=(least - 1, 99)
            )
        # PyTorch refuses it too, in words that name no side.
        with pytest.raises(RuntimeError, match="too small"):
            counted(net.features, 3, least - 1, 99)


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: cost.conv2d(6, 4, 3, (8, 8), groups=4), "groups=4.*=6"),
        (lambda: cost.conv2d(6, 0, 3, (8, 8)), "out_channels=0"),
        (lambda: cost.conv2d(6, 4, 9, (8, 8)), r"size=\(8, 8\).*from 9"),
        (lambda: cost.conv2d(6, 4, 3, (8, 8), padding=-1), "padding=-1"),
        (lambda: cost.linear(0, 4), "in_features=0"),
        (lambda: cost.batch_norm(0), "channels=0"),
        (lambda: cost.connections(0), "layers=0"),
        (lambda: cost.connections("3"), "layers='3' is not a count"),
        (lambda: cost.connections(True), "layers=True is not a count"),
        (lambda: cost.mobilenet(alpha="1"), "alpha='1' is no number"),
        (lambda: cost.compressed(64, None), "compression=None is no number"),
        (
            lambda: cost.conv2d(2, 2, 3, (8, 8), padding=1.5),
            "padding=1.5 is not a count; use a whole number",
        ),
        (lambda: cost.input_channels(64, 32, 0), "layer=0"),
        (lambda: cost.dense_block(0, 64, 32, (8, 8)), "layers=0"),
        (lambda: cost.dense_layer(64, 32, (8, 8), 0), "bn_size=0"),
        (lambda: cost.transition(64, (8, 8), 1.5), "compression=1.5"),
        (lambda: cost.compressed(64, 0.01), "=0.01.*=64; use 0.016"),
        (lambda: cost.densenet(stem="mnist"), "stem='mnist'.*'cifar'"),
        (lambda: cost.densenet(block_config=()), r"len\(block_config\)=0"),
        (lambda: cost.densenet(block_config=(2, 0)), r"config\[1\]=0"),
        (lambda: cost.densenet(size=(28, 99)), r"=\(28, 99\).*from 29"),
        (lambda: cost.bottleneck_break_even(0), "growth_rate=0"),
        (lambda: cost.conv2d(3, 4, 3, 224), "size=224 is no height and w"),
        (lambda: cost.conv2d(3, 4, 3, (9, 9, 9)), r"=\(9, 9, 9\) is no hei"),
        (lambda: cost.conv2d(3, 4, 3, (22.5, 22.5)), r"\(22.5, 22.5\) is n"),
        (lambda: cost.densenet(size=224), r"size=224.*as in \(224, 224\)"),
        (lambda: cost.densenet_memory(size=224), "size=224 is no height"),
        (lambda: cost.dense_block_memory(1, 4, 2, (0, 3)), r"size=\(0, 3\)"),
        (lambda: cost.densenet(block_config=6), "block_config=6 is no plan"),
    ],
)
def test_a_bad_argument_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
