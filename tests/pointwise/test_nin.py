"""What the chapter says of Network in Network and its head."""

import pytest
import torch
from torch import nn

from cvnotes.pointwise import NIN, MLPConv
from cvnotes.pointwise.nin import DROP_RATE


def net(head="gap", classes=10):
    torch.manual_seed(0)
    return NIN(classes, head).double().eval()


def pictures(h=32, w=32):
    random = torch.Generator().manual_seed(h)
    return torch.randn(2, 3, h, w, generator=random).double()


def test_a_score_is_the_mean_of_its_own_map():
    ours, x = net(), pictures()
    means = ours.class_maps(x).flatten(2).mean(2)
    torch.testing.assert_close(ours(x), means)


def test_the_maps_are_a_quarter_as_high_and_wide_one_for_each_class():
    assert net(classes=7).class_maps(pictures()).shape == (2, 7, 8, 8)


@pytest.mark.parametrize("size", [(32, 32), (64, 48), (33, 20), (1, 1)])
def test_with_a_global_average_any_size_of_picture_will_do(size):
    assert net()(pictures(*size)).shape == (2, 10)


@pytest.mark.parametrize("size", [(33, 32), (64, 64), (16, 16)])
def test_fully_connected_another_size_is_refused_by_a_sentence(size):
    sentence = rf"size=\({size[0]}, {size[1]}\).*head='gap'"
    with pytest.raises(ValueError, match=sentence):
        net("fc")(pictures(*size))


def test_a_global_average_is_a_fully_connected_layer_that_learns_nothing():
    gap, fc = net(), net("fc")
    state = gap.state_dict()
    own = torch.eye(10).repeat_interleave(64, dim=1) / 64
    state |= {"classifier.weight": own, "classifier.bias": torch.zeros(10)}
    fc.load_state_dict(state)
    torch.testing.assert_close(fc(pictures()), gap(pictures()))


def test_moved_maps_give_the_same_scores_but_not_fully_connected():
    maps = net().class_maps(pictures())
    moved = maps.roll(3, dims=2)
    gap, fc = net(), net("fc")
    torch.testing.assert_close(gap.pool(moved), gap.pool(maps))
    before, after = (fc.classifier(m.flatten(1)) for m in (maps, moved))
    assert (before - after).abs().max() > 1e-3


def test_dropout_follows_every_mlpconv_layer_but_the_last():
    parts = list(NIN().features)
    kinds = [MLPConv, nn.MaxPool2d, nn.Dropout]
    assert [type(part) for part in parts] == [*kinds, *kinds, MLPConv]
    drops = [p.p for p in parts if isinstance(p, nn.Dropout)]
    assert drops == [DROP_RATE] * 2 == [0.5, 0.5]


def test_the_weights_start_so_that_a_signal_keeps_its_size():
    for conv in NIN().features.modules():
        if isinstance(conv, nn.Conv2d) and conv.out_channels > 10:
            reads = conv.weight[0].numel()
            wanted = (2 / reads) ** 0.5
            assert conv.weight.std().item() == pytest.approx(wanted, rel=0.05)
            assert not conv.bias.any()


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"num_classes": 0}, "num_classes=0"),
        ({"head": "linear"}, "head='linear' is unknown; use 'gap' or 'fc'"),
    ],
)
def test_a_net_that_cannot_be_is_refused_by_name(settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        NIN(**settings)
