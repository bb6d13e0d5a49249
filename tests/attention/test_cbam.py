"""What the chapter on CBAM says, one sentence a test."""

import pytest
import torch

from cvnotes.attention import CBAM, ChannelAttention, SpatialAttention


def numbers(*shape):
    random = torch.Generator().manual_seed(sum(shape))
    return torch.randn(*shape, generator=random, dtype=torch.float64)


MAPS = numbers(2, 32, 6, 5)


def made(kind, *arguments):
    """A block in float64, whose normalisation has seen something."""
    torch.manual_seed(0)
    block = kind(*arguments).double()
    for part in block.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.running_mean.fill_(0.2)
            part.running_var.fill_(0.5)
    return block.eval()


# The checks. Each is also fed the wrong versions that circulate, and must
# refuse them: tests/attention/test_wrong_cbam.py.


def check_the_channel_formula(block):
    down, up = block.mlp[0], block.mlp[2]
    judged = 0
    for told in MAPS.flatten(2).mean(-1), MAPS.flatten(2).max(-1).values:
        hidden = told @ down.weight.flatten(1).T + down.bias
        judged += hidden.clamp(min=0) @ up.weight.flatten(1).T + up.bias
    expected = 1 / (1 + torch.exp(-judged))
    torch.testing.assert_close(block.gate(MAPS)[:, :, 0, 0], expected)


def check_one_mlp_judges_both(block):
    """In an even map mean and maximum are one: so must the verdicts be."""
    even = numbers(2, 32, 1, 1)
    expected = torch.sigmoid(2 * block.mlp(even))
    gate = block.gate(even.expand(-1, -1, 6, 5))
    torch.testing.assert_close(gate, expected)


def check_a_peak_is_heard(block):
    """The same mean everywhere, but one place stands out."""
    even, peaked = torch.ones(2, 1, 32, 4, 4, dtype=torch.float64)
    peaked[:, 3] = 0
    peaked[:, 3, 1, 2] = 16
    assert (block.gate(even) - block.gate(peaked)).abs().max() > 1e-3


def check_a_gate_lies_between_0_and_1(block):
    gate = block.gate(10 * MAPS)
    assert gate.min() >= 0 and gate.max() <= 1


def check_the_maps_are_multiplied(block):
    out = block(MAPS)
    assert out.shape == MAPS.shape
    torch.testing.assert_close(out, block.gate(MAPS) * MAPS)


def check_the_spatial_formula(block):
    (kernel,), side = block.conv.weight.detach(), block.conv.kernel_size[0]
    summary = torch.stack([MAPS.max(1).values, MAPS.mean(1)], 1)
    pad = (side // 2,) * 4
    windows = torch.nn.functional.pad(summary, pad)
    windows = windows.unfold(2, side, 1).unfold(3, side, 1)
    looked = torch.einsum("bshwij, sij -> bhw", windows, kernel)
    normed = (looked - 0.2) / (0.5 + block.norm.eps) ** 0.5
    expected = 1 / (1 + torch.exp(-normed))
    torch.testing.assert_close(block.gate(MAPS)[:, 0], expected)


CHANNEL = (
    check_the_channel_formula,
    check_one_mlp_judges_both,
    check_a_peak_is_heard,
    check_a_gate_lies_between_0_and_1,
    check_the_maps_are_multiplied,
)
SPATIAL = (
    check_the_spatial_formula,
    check_a_gate_lies_between_0_and_1,
    check_the_maps_are_multiplied,
)


@pytest.mark.parametrize("check", CHANNEL)
def test_channel_attention_is_what_the_page_says(check):
    check(made(ChannelAttention, 32, 8))


@pytest.mark.parametrize("check", SPATIAL)
@pytest.mark.parametrize("kernel_size", [1, 3, 7])
def test_spatial_attention_is_what_the_page_says(check, kernel_size):
    check(made(SpatialAttention, kernel_size))


def test_the_channel_gate_does_not_know_where_things_are():
    block = made(ChannelAttention, 32)
    random = torch.Generator().manual_seed(0)
    places = torch.randperm(30, generator=random)
    moved = MAPS.flatten(2)[..., places].view_as(MAPS)
    torch.testing.assert_close(block.gate(moved), block.gate(MAPS))


def test_the_spatial_gate_does_not_know_which_channel_is_which():
    block = made(SpatialAttention)
    random = torch.Generator().manual_seed(0)
    renamed = MAPS[:, torch.randperm(32, generator=random)]
    torch.testing.assert_close(block.gate(renamed), block.gate(MAPS))


def test_the_spatial_gate_does_not_follow_a_place_that_is_far():
    block, changed = made(SpatialAttention, 3), MAPS.clone()
    changed[:, :, 0, 0] += 9
    moved = (block.gate(changed) != block.gate(MAPS))[0, 0].nonzero()
    assert moved.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_channels_come_first():
    channel, spatial = block = made(CBAM, 32, 8)
    refined = channel.gate(MAPS) * MAPS
    expected = spatial.gate(refined) * refined
    torch.testing.assert_close(block(MAPS), expected)


def test_the_other_order_is_another_block():
    channel, spatial = block = made(CBAM, 32, 8)
    assert (block(MAPS) - channel(spatial(MAPS))).abs().max() > 1e-3


@pytest.mark.parametrize("training", [True, False])
def test_where_no_slope_is_asked_the_output_is_the_same(training):
    block = made(CBAM, 32, 8).train(training)
    asked = block(MAPS)
    with torch.no_grad():
        torch.testing.assert_close(block(MAPS), asked)


def test_where_no_slope_is_asked_the_input_stays_as_it_was():
    given = MAPS.clone()
    with torch.inference_mode():
        made(CBAM, 32, 8)(given)
    assert torch.equal(given, MAPS)


def test_a_gate_of_its_own_is_used_in_both_ways():
    class Half(ChannelAttention):
        def gate(self, x):
            return 0.5 + 0 * super().gate(x)

    block = made(CBAM, 32, 8)
    block.channel = made(Half, 32, 8)
    expected = block.spatial(0.5 * MAPS)
    torch.testing.assert_close(block(MAPS), expected)
    with torch.no_grad():
        torch.testing.assert_close(block(MAPS), expected)


def test_the_slopes_are_those_of_small_steps():
    block = made(CBAM, 4, 2, 3)
    x = numbers(2, 4, 3, 4).requires_grad_()
    assert torch.autograd.gradcheck(block, x)


def test_no_gate_makes_a_value_larger_or_turns_its_sign():
    out = made(CBAM, 32, 8)(MAPS)
    assert (out.abs() <= MAPS.abs()).all()
    assert torch.equal(out.sign(), MAPS.sign())


@pytest.mark.parametrize("reduction", [0, -1, 16])
def test_a_reduction_that_leaves_nothing_is_refused_by_name(reduction):
    with pytest.raises(ValueError, match=f"reduction={reduction}.*1 to 8"):
        ChannelAttention(8, reduction)


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: ChannelAttention(0), "channels=0"),
        (lambda: SpatialAttention(4), "kernel_size=4 has no centre.*3, 5"),
        (lambda: SpatialAttention(0), "kernel_size=0"),
        (lambda: CBAM(8), "reduction=16 leaves no hidden unit"),
        (lambda: CBAM(32, 4, 2), "kernel_size=2"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()


def test_a_part_that_was_replaced_counts_without_slopes_too():
    block = made(CBAM, 32, 8)
    block.spatial = torch.nn.Identity()
    block.append(torch.nn.Sigmoid())
    with torch.no_grad():
        assert torch.equal(block(MAPS), block.channel(MAPS).sigmoid())


def test_hooks_are_called_without_slopes_too():
    block, heard = made(CBAM, 32, 8), []
    with torch.no_grad():
        quick = block(MAPS)
        for part in block:
            part.register_forward_hook(lambda part, *_: heard.append(part))
        torch.testing.assert_close(block(MAPS), quick)
    assert heard == [*block]
