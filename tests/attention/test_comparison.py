"""What the chapter that compares the blocks says, one sentence a test."""

import pytest
import torch
from torch import nn

from cvnotes.attention import CBAM, CGNL, CrossLayerNonLocal, NonLocal
from cvnotes.experiments.attention_cost import closed
from cvnotes.experiments.placed_attention import NAMES, AttentionNet

PICTURES = torch.randn(
    2, 3, 16, 16, generator=torch.Generator().manual_seed(0)
)
MAPS = torch.randn(2, 16, 6, 6, generator=torch.Generator().manual_seed(1))
SHAPE = (3, 16, 16)


def awake(block):
    """As if it had learned something: its last normalisation is not zero."""
    for part in block.modules():
        if isinstance(part, nn.BatchNorm2d | nn.GroupNorm):
            nn.init.ones_(part.weight)
    return block.eval()


def shuffled(maps):
    order = torch.randperm(36, generator=torch.Generator().manual_seed(2))
    return maps.flatten(2)[..., order].unflatten(2, maps.shape[2:])


def same_scores(name):
    torch.manual_seed(0)
    plain = AttentionNet("none", SHAPE, 4, 16).eval()
    net = AttentionNet(name, SHAPE, 4, 16).eval()
    net.load_state_dict(plain.state_dict(), strict=False)
    return torch.allclose(net(PICTURES), plain(PICTURES), atol=1e-6)


def test_three_blocks_start_as_the_identity_and_cbam_does_not():
    blocks = [name for name in NAMES if name not in ("none", "deeper")]
    assert [name for name in blocks if not same_scores(name)] == ["cbam"]


def test_a_gate_has_a_number_a_channel_or_place_and_non_local_one_a_pair():
    torch.manual_seed(0)
    cbam, cgnl = CBAM(16, reduction=4), CGNL(16, groups=4)
    cross = CrossLayerNonLocal(16, [8])
    finer = torch.zeros(2, 8, 12, 12)
    counts = [
        cbam.channel.gate(MAPS)[0].numel(),
        cbam.spatial.gate(MAPS)[0].numel(),
        cgnl.gate(MAPS)[0].numel(),
        NonLocal(16).weights(MAPS)[0].numel(),
        cross.weights(MAPS, [finer])[0][0].numel(),
    ]
    assert counts == [16, 36, 4, 36 * 36, 36 * 144]


@pytest.mark.parametrize(
    "kind, blind", [(NonLocal, True), (CGNL, True), (CBAM, False)]
)
def test_only_what_has_no_kernel_is_blind_to_where_things_stand(kind, blind):
    torch.manual_seed(0)
    block = awake(kind(16))
    one, two = block(shuffled(MAPS)), shuffled(block(MAPS))
    assert torch.allclose(one, two, atol=1e-4) == blind
    # …and it does something at all.
    assert not torch.allclose(block(MAPS), MAPS, atol=1e-2)


@pytest.mark.parametrize(
    "side, cheaper", [(7, True), (14, True), (28, False)]
)
def test_with_64_channels_non_local_is_cheaper_than_a_3x3_on_small_maps(
    side, cheaper
):
    ours, theirs = (
        closed(name, 64, side).macs for name in ("non-local", "3×3")
    )
    assert (ours < theirs) == cheaper


def test_the_dot_product_in_the_other_order_grows_with_the_places_alone():
    small, large = (closed("non-local, dot", 64, s).macs for s in (28, 56))
    assert large == 4 * small
