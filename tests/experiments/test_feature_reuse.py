"""What it is to listen to a source, and to be deaf to it."""

import pytest
import torch
from torch import nn

from cvnotes.data import Pictures
from cvnotes.densenet import densenet_cifar
from cvnotes.experiments import feature_reuse
from cvnotes.experiments.readers import readers
from cvnotes.train import evaluate


def made():
    torch.manual_seed(0)
    plain = {"bottleneck": False, "compression": 1.0, "in_channels": 1}
    net = densenet_cifar(13, 4, **plain).eval()
    for module in net.modules():
        if isinstance(module, nn.BatchNorm2d):
            nn.init.normal_(module.running_mean)
            nn.init.normal_(module.bias)
    return net


IMAGES = torch.randn(6, 1, 8, 8, generator=torch.Generator().manual_seed(0))
PLACES = [(block, place) for block in (1, 2, 3) for place in (1, 2, 3, 4)]


def reader_of(net, block, place):
    everyone = {(r.block, r.place): r for r in readers(net)}
    return everyone[block, place]


def into(net, block):
    """What comes into a block."""
    x = IMAGES
    for name, part in net.features.named_children():
        if name == f"denseblock{block}":
            return x
        x = part(x)


def test_every_layer_reads_and_one_behind_each_block():
    assert [(r.block, r.place) for r in readers(made())] == PLACES


@pytest.mark.parametrize("block, place", PLACES)
def test_the_ends_of_its_channels_are_those_of_the_block(block, place):
    net = made()
    reader = reader_of(net, block, place)
    layers = net.features.get_submodule(f"denseblock{block}")
    widths = [layers.in_channels] + [4] * (place - 1)
    assert [reader.maps(s) for s in reader.sources] == widths
    assert reader.ends[-1] == reader.weight.shape[1]


@torch.no_grad()
def test_loudness_is_read_off_the_weights_that_are_there():
    reader = reader_of(made(), 1, 3)
    for source, size in enumerate((2.0, 0.5, 1.0)):
        begin, end = reader.ends[source : source + 2]
        reader.weight[:, begin:end] = size
        reader.weight[::2, begin:end] *= -1
    assert [reader.loudness(s) for s in reader.sources] == [2.0, 0.5, 1.0]


@torch.no_grad()
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_deaf_layer_changes_only_its_own_maps(place):
    net = made()
    layer = net.features.denseblock1[place - 1]
    reader = reader_of(net, 1, place)
    x = torch.randn(5, layer.in_channels, 8, 8)
    usual, kept = layer(x), x.clone()
    with reader.deaf_to(place - 1):
        changed = layer(x)
    assert torch.equal(x, kept)
    assert torch.equal(changed[:, : layer.in_channels], x)
    new = slice(layer.in_channels, None)
    assert not torch.allclose(changed[:, new], usual[:, new])


@torch.no_grad()
@pytest.mark.parametrize("source", [0, 1, 2])
def test_the_mean_is_what_a_deaf_one_gets(source):
    net = made()
    reader = reader_of(net, 1, 3)
    layer = net.features.denseblock1.denselayer3
    x = torch.randn(5, layer.in_channels, 8, 8)
    begin, end = reader.ends[source : source + 2]
    flat = x.clone()
    flat[:, begin:end] = x[:, begin:end].mean((0, 2, 3), keepdim=True)
    with reader.deaf_to(source):
        heard = layer.new_maps(x)
    torch.testing.assert_close(heard, layer.new_maps(flat))


@torch.no_grad()
@pytest.mark.parametrize("block, place", PLACES)
def test_afterwards_the_net_is_what_it_was(block, place):
    net = made()
    usual = net(IMAGES)
    with reader_of(net, block, place).deaf_to(0):
        assert not torch.allclose(net(IMAGES), usual)
    assert torch.equal(net(IMAGES), usual)


@torch.no_grad()
def test_a_hook_on_the_layer_would_make_all_later_ones_deaf():
    net = made()
    block = net.features.denseblock1
    reader, x0 = reader_of(net, 1, 2), into(net, 1)
    with reader.deaf_to(0):
        assert torch.equal(block(x0)[:, : reader.ends[1]], x0)


@torch.no_grad()
def test_loudness_can_be_halved_in_a_net_that_stays_the_same():
    net = made()
    reader = reader_of(net, 1, 3)
    usual, loud = net(IMAGES), reader.loudness(1)
    own = slice(*reader.ends[1:3])
    reader.weight[:, own] /= 2
    reader.entrance.weight[own] *= 2
    reader.entrance.bias[own] *= 2
    torch.testing.assert_close(net(IMAGES), usual)
    assert reader.loudness(1) == pytest.approx(loud / 2)


def test_a_source_without_weight_is_worth_nothing():
    net = made()
    reader = reader_of(net, 2, 3)
    with torch.no_grad():
        reader.weight[:, reader.ends[1] : reader.ends[2]] = 0
    pictures = Pictures(IMAGES, torch.arange(6), "0123456789")
    with reader.deaf_to(1):
        assert evaluate(net, pictures) == pytest.approx(
            evaluate(made_like(net), pictures)
        )


def made_like(net):
    copy = made()
    copy.load_state_dict(net.state_dict())
    return copy


def row(source, weight, worth, seed=0, reader=4):
    place = {"seed": seed, "block": 1, "reader": reader, "source": source}
    return {**place, "weight": weight, "worth": worth, "maps": 8, "start": 1}


def test_weight_and_worth_are_ranked_within_one_reader():
    # Within each reader the order is the opposite; over all it is the same.
    rows = [row(s, 1 + 0.1 * s, 1 - 0.1 * s) for s in (1, 2, 3)]
    rows += [row(s, 5 + 0.1 * s, 5 - 0.1 * s, reader=5) for s in (1, 2, 3, 4)]
    assert feature_reuse.agreement(rows) == [pytest.approx(-1)]
    assert feature_reuse.correlation(rows, "weight", "worth") > 0


def test_what_came_into_the_block_is_no_layer_to_be_ranked():
    rows = [row(s, s, s) for s in (1, 2, 3)]
    assert feature_reuse.agreement([row(0, 9, -9), *rows]) == [1]


def test_pairs_are_means_over_the_seeds():
    rows = [row(1, w, 2 * w, seed) for seed, w in enumerate((0.1, 0.3))]
    (pair,) = feature_reuse.pairs(rows)
    assert (pair["weight"], pair["worth"]) == (0.2, 0.4)
    assert "seed" not in pair


def test_x0_is_set_against_the_layers_of_the_same_reader():
    # Reader 5 is quieter altogether; within each both are equally loud.
    rows = [row(s, 2.0, 0) for s in (0, 1)]
    rows += [row(s, 1.0, 0, reader=5) for s in (0, 1, 2, 3)]
    assert feature_reuse.lean(rows, "weight") == [0]
    louder = [r | {"weight": 3.0} if r["source"] else r for r in rows]
    assert feature_reuse.lean(louder, "weight") == [pytest.approx(1.25)]


@pytest.mark.parametrize("sign, verdict", [(1, "holds"), (-1, "does not")])
def test_the_classifiers_lean_is_sought_among_the_blocks_own_layers(
    sign, verdict
):
    # x0 is far louder or far quieter: that decides nothing.
    settings = feature_reuse.Settings(depth=19)
    loud = [5 - 9 * sign, *(5 + sign * s for s in range(1, 6))]
    rows = [
        row(s, w + seed * s / 9, s, seed, reader)
        for reader in (4, 5, 6)
        for s, w in enumerate(loud[:reader])
        for seed in (0, 1)
    ]
    rows += [r | {"block": 2} for r in rows]
    found = feature_reuse.judge(rows, settings)[3]
    assert found.verdict.startswith(verdict)
