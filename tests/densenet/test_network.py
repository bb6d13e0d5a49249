"""What the chapter on the whole net says, one sentence a test."""

import math
from itertools import pairwise

import pytest
import torch
from torch import nn
from torch.nn.functional import avg_pool2d, conv2d, relu

from cvnotes import densenet, papers
from cvnotes.densenet import (
    DenseBlock,
    DenseNet,
    Transition,
    densenet_cifar,
)


def small(**settings):
    torch.manual_seed(0)
    return DenseNet(8, (2, 3), 12, num_classes=5, **settings)


def pictures(h, w, channels=3):
    random = torch.Generator().manual_seed(h)
    return torch.randn(2, channels, h, w, generator=random)


def weighty(net):
    """The layers that the authors count: convolutions and the classifier."""
    return [m for m in net.modules() if isinstance(m, nn.Conv2d | nn.Linear)]


def test_a_transition_mixes_channels_and_averages_four_places():
    transition, x = Transition(8).eval(), pictures(6, 8, channels=8)
    h = relu(x / (1 + transition.norm.eps) ** 0.5)
    expected = avg_pool2d(conv2d(h, transition.conv.weight), 2)
    torch.testing.assert_close(transition(x), expected)
    assert transition(x).shape == (2, 4, 3, 4)


@pytest.mark.parametrize(
    "m, theta, kept", [(100, 0.29, 29), (100, 1, 100), (7, 0.5, 3)]
)
def test_a_transition_passes_on_the_floor_of_theta_m_channels(m, theta, kept):
    assert Transition(m, float(theta)).conv.out_channels == kept


def test_densenet121_has_the_channels_and_sizes_of_table_1():
    table = {row.name: row for row in densenet.densenet121().channels()}
    ends = [
        ("conv0", 64, 112),
        ("pool0", 64, 56),
        ("denseblock1.denselayer6", 64 + 6 * 32, 56),
        ("transition1", 128, 28),
        ("denseblock2.denselayer12", 128 + 12 * 32, 28),
        ("transition2", 256, 14),
        ("denseblock3.denselayer24", 256 + 24 * 32, 14),
        ("transition3", 512, 7),
        ("denseblock4.denselayer16", 512 + 16 * 32, 7),
    ]
    for name, channels, side in ends:
        assert table[name].out_channels == channels
        assert 224 // table[name].reduction == side
    assert len(table) == 2 + 58 + 3


def test_the_table_says_what_flows_through_the_net():
    net = small().eval()
    seen = {}
    for name, part in net.features.named_modules():
        part.register_forward_hook(
            lambda _, inputs, out, name=name: seen.update(
                {name: (inputs[0].shape[1], out.shape[1], out.shape[2])}
            )
        )
    net(pictures(64, 64))
    for row in net.channels():
        side = 64 // row.reduction
        assert seen[row.name] == (row.in_channels, row.out_channels, side)


@pytest.mark.parametrize("name", ["densenet121", "densenet161"])
def test_the_count_of_channels_never_restarts(name):
    rows = getattr(densenet, name)().channels()
    for before, row in pairwise(rows):
        assert row.in_channels == before.out_channels


@pytest.mark.parametrize(
    "name, layers",
    [(n, n) for n in (121, 161, 169, 201)] + [(264, 265)],  # as in Table 1
)
def test_a_net_is_named_after_its_layers_with_weights_but_264(name, layers):
    with torch.device("meta"):
        net = getattr(densenet, f"densenet{name}")()
    assert len(weighty(net)) == layers


@pytest.mark.parametrize(
    "row", papers.DENSENET.imagenet, ids=lambda r: r.name
)
def test_an_imagenet_net_is_built_as_the_paper_says(row):
    with torch.device("meta"):
        net = getattr(densenet, row.name.lower().replace("-", ""))()
    blocks = [m for m in net.features if isinstance(m, densenet.DenseBlock)]
    assert tuple(map(len, blocks)) == row.block_config
    assert {block.growth_rate for block in blocks} == {row.growth_rate}
    assert net.features.conv0.out_channels == 2 * row.growth_rate


@pytest.mark.parametrize(
    "row",
    papers.DENSENET.cifar,
    ids=lambda r: f"{r.name}-{r.depth}-{r.growth_rate}",
)
def test_a_cifar_net_has_the_depth_and_parameters_of_table_2(row):
    with torch.device("meta"):
        net = densenet_cifar(
            row.depth, row.growth_rate, row.bottleneck, row.compression
        )
    assert len(weighty(net)) == row.depth
    params = sum(p.numel() for p in net.parameters())
    assert round(params / 1e6, 1) == row.params_millions


@pytest.mark.parametrize(
    "build, params",
    [
        (lambda: densenet_cifar(40, 12, False, 1.0), 1_019_722),
        (lambda: densenet_cifar(100, 12), 769_162),
        (lambda: densenet_cifar(100, 12, num_classes=100), 800_032),
        (lambda: densenet_cifar(190, 40), 25_624_430),
        (densenet.densenet121, 7_978_856),
        (densenet.densenet264, 33_337_704),
    ],
)
def test_a_net_has_its_known_number_of_parameters(build, params):
    with torch.device("meta"):
        assert sum(p.numel() for p in build().parameters()) == params


def test_only_a_bc_net_starts_with_twice_the_growth_rate():
    starts = [
        densenet_cifar(22, 12, bottleneck, theta).features.conv0.out_channels
        for bottleneck, theta in [(True, 0.5), (True, 1.0), (False, 0.5)]
    ]
    assert starts == [24, 16, 16]


def test_weights_go_by_the_names_that_trained_ones_have():
    with torch.device("meta"):
        names = densenet.densenet121().state_dict().keys()
    assert len(names) == 727
    layer = "features.denseblock3.denselayer24"
    assert {
        "features.conv0.weight",
        "features.norm0.running_mean",
        f"{layer}.norm1.weight",
        f"{layer}.conv1.weight",
        f"{layer}.norm2.num_batches_tracked",
        f"{layer}.conv2.weight",
        "features.transition3.norm.bias",
        "features.transition3.conv.weight",
        "features.norm5.running_var",
        "classifier.weight",
        "classifier.bias",
    } <= names


def test_convolutions_start_as_he_et_al_say_and_the_bias_at_zero():
    torch.manual_seed(0)
    net = densenet.densenet121()
    for conv in weighty(net)[:-1]:
        inputs = conv.weight[0].numel()
        spread = conv.weight.std() / math.sqrt(2 / inputs)
        assert spread.item() == pytest.approx(1, abs=0.05)
    assert net.classifier.bias.eq(0).all()


@pytest.mark.parametrize("h, w", [(192, 192), (224, 224), (256, 320)])
def test_pictures_of_other_sizes_are_classified_too(h, w):
    scores = small().eval()(pictures(h, w))
    assert scores.shape == (2, 5)
    assert scores.isfinite().all()


def test_the_classifier_reads_the_mean_of_the_last_maps_alone():
    net, x = small().eval(), pictures(64, 64)
    last = net.features(x)
    assert last.min() == 0  # rectified
    expected = last.mean((2, 3)) @ net.classifier.weight.T
    torch.testing.assert_close(net(x), expected + net.classifier.bias)


def test_dropout_is_everywhere_but_after_the_first_convolution():
    net = small(drop_rate=0.2)
    drops = [m for m in net.modules() if isinstance(m, nn.Dropout)]
    convolutions = len(weighty(net)) - 1
    assert len(drops) == convolutions - 1
    assert {drop.p for drop in drops} == {0.2}


def test_grey_pictures_and_small_ones_have_a_stem():
    net = small(stem="cifar", in_channels=1).eval()
    assert net(pictures(8, 8, channels=1)).shape == (2, 5)
    assert net.channels()[-1].reduction == 2


@pytest.mark.parametrize(
    "depth, way_out",
    [
        (99, "94 or 100"),
        (101, "100 or 106"),
        (7, "use 10$"),
        (4, "use 10$"),
        (-3, "use 10$"),
    ],
)
def test_a_depth_that_does_not_fit_is_refused_with_those_that_do(
    depth, way_out
):
    with pytest.raises(ValueError, match=f"depth={depth} .*{way_out}"):
        densenet_cifar(depth, 12)
    with pytest.raises(ValueError, match=r"depth=41 .*use 40 or 43"):
        densenet_cifar(41, 12, bottleneck=False)


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"stem": "mnist"}, "stem='mnist'.*'imagenet' or 'cifar'"),
        ({"block_config": ()}, r"len\(block_config\)=0"),
        ({"block_config": (2, 0)}, r"block_config\[1\]=0"),
        ({"num_init_features": 0}, "num_init_features=0"),
        ({"num_classes": 0}, "num_classes=0"),
        ({"in_channels": 0}, "in_channels=0"),
        ({"compression": 0.0}, "compression=0.0"),
        ({"compression": 1.5}, "compression=1.5"),
        ({"compression": 0.001}, "compression=0.001.*use 0.004"),
        ({"drop_rate": 1.0}, "drop_rate=1.0"),
    ],
)
def test_a_net_that_cannot_be_is_refused_by_name(settings, sentence):
    with torch.device("meta"), pytest.raises(ValueError, match=sentence):
        DenseNet(**settings)


@pytest.mark.parametrize(
    ("stem", "side", "least"), [("imagenet", 28, 29), ("cifar", 7, 8)]
)
def test_a_picture_that_is_too_small_is_refused_by_its_size(
    stem, side, least
):
    net = DenseNet(4, (1, 1, 1, 1), 8, stem=stem, num_classes=2).eval()
    assert net(torch.zeros(1, 3, least, least)).shape == (1, 2)
    with pytest.raises(ValueError, match=rf"\({side}, {side}\).*{least}"):
        net(torch.zeros(1, 3, side, side))


@pytest.mark.parametrize("plan", [6, None, "6"])
def test_a_plan_that_is_none_is_refused_by_name(plan):
    with pytest.raises(ValueError, match=r"block_config=.*\(6, 12, 24, 16"):
        # Past the tests' own check of types, which readers do not have.
        DenseNet.__init__.__wrapped__(DenseNet.__new__(DenseNet), 4, plan)


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "asked, sentence",
    [
        ((100, 0), "growth_rate=0 is not a count"),
        (("100", 12), "depth='100' is no whole number"),
        ((100.0, 12), "depth=100.0 is no whole number"),
    ],
)
def test_what_no_cifar_net_is_made_from_is_refused_by_name(asked, sentence):
    with pytest.raises(ValueError, match=sentence):
        densenet_cifar(*asked)


def test_a_net_of_torchvisions_ways_says_ours():
    for theirs in ("weights", "pretrained"):
        with pytest.raises(TypeError, match=rf"{theirs}=.*load_state_dict"):
            densenet.densenet121(**{theirs: True})
    with pytest.raises(TypeError, match=r"memory_efficient=True.*share\(net"):
        densenet.densenet169(memory_efficient=True)


@pytest.mark.parametrize(
    "settings, way_out",
    [
        ({"stem": "imagenet"}, r"has 'cifar'; use DenseNet\(.*'imagenet'"),
        ({"block_config": (2, 2)}, r"has \(3, 3, 3\); use DenseNet\(.*2, 2"),
        ({"num_init_features": 8}, r"has 24; use DenseNet\(.*features=8"),
        ({"bn_size": 2}, r"has 4; use DenseNet\(.*bn_size=2"),
    ],
)
def test_what_a_depth_decides_is_no_setting(settings, way_out):
    with pytest.raises(TypeError, match=f"of densenet_cifar, .*{way_out}"):
        densenet_cifar(22, 12, **settings)


def plan(net):
    """What a net was made from, read off what was built."""
    blocks = [m for m in net.features if isinstance(m, DenseBlock)]
    return {
        "growth_rate": blocks[0].growth_rate,
        "block_config": tuple(len(block) for block in blocks),
        "num_init_features": net.features.conv0.out_channels,
    }


@pytest.mark.parametrize("number", [121, 161, 169, 201, 264])
@pytest.mark.parametrize(
    "own, other",
    [("growth_rate", 3), ("block_config", (1, 2)), ("num_init_features", 7)],
)
def test_a_net_with_another_plan_has_another_name(number, own, other):
    make = getattr(densenet, f"densenet{number}")
    with pytest.raises(
        TypeError, match=rf"^{own}=.*{number}.*use Dense"
    ) as e:
        make(**{own: other})
    # The way out, taken: it is the net that was asked for.
    with torch.device("meta"):
        found = eval(str(e.value).partition("; use ")[2])
        printed = make()
    assert plan(found) == plan(printed) | {own: other}


def test_every_setting_that_is_named_can_be_set():
    net = densenet.densenet121(
        bn_size=2, compression=0.7, drop_rate=0.1, num_classes=3,
        stem="cifar", in_channels=1,
    )  # fmt: skip
    assert net.eval()(torch.zeros(2, 1, 8, 8)).shape == (2, 3)


@pytest.mark.usefixtures("untyped")
def test_a_traced_net_answers_and_refuses_as_before():
    net = DenseNet(4, (1, 1), 8, num_classes=2).eval()
    traced = torch.fx.symbolic_trace(net)
    x = torch.rand(2, 3, 40, 33)
    torch.testing.assert_close(traced(x), net(x))
    with pytest.raises(ValueError, match=r"size=\(4, 4\).*sides from 5"):
        traced(torch.rand(2, 3, 4, 4))


def test_a_net_can_be_exported_for_pictures_of_any_side():
    net = DenseNet(4, (1, 1), 8, num_classes=2).eval()
    side = torch.export.Dim("side", min=32, max=256)
    how = {"dynamic_shapes": {"x": {2: side}}, "strict": False}
    kept = torch.export.export(net, (torch.zeros(1, 3, 64, 64),), **how)
    x = torch.rand(1, 3, 80, 64)
    assert torch.allclose(kept.module()(x), net(x), atol=1e-6)
