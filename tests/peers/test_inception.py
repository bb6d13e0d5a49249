"""Our Inception against torchvision's: widths, and outputs branch by branch.

torchvision's convolutions have a normalisation and no bias; folded into the
weights it is a bias. Its third branch has a 3×3 where the paper has a 5×5,
a slip that its source names (pytorch/vision#906).
"""

import pytest
import torch
import torchvision
from torch import nn
from torch.nn.functional import pad
from torch.nn.utils.fusion import fuse_conv_bn_eval
from torchvision.models.googlenet import Inception as Theirs

from cvnotes.papers import GOOGLENET
from cvnotes.pointwise import Inception, InceptionWidths

every_module = pytest.mark.parametrize(
    "row", GOOGLENET.modules, ids=lambda row: row.name
)


def peer(row):
    """torchvision's module as if it had been trained, in float64.

    A fresh one's running averages are 0 and 1, which would hide a
    normalisation that was folded wrongly.
    """
    random = torch.Generator().manual_seed(0)
    theirs = Theirs(row.in_channels, *row.widths).double().eval()
    for module in theirs.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.5, generator=random)
            module.running_var.uniform_(0.5, 2, generator=random)
            module.weight.data.uniform_(0.5, 1.5, generator=random)
            module.bias.data.normal_(0, 0.5, generator=random)
    return theirs


@torch.no_grad()
def taken_over(row, theirs):
    """Ours with their weights; their 3×3 lies in a 5×5 of zeros."""
    ours = Inception(row.in_channels, InceptionWidths(*row.widths)).double()
    pairs = {
        ours.b1.conv: theirs.branch1,
        ours.b3.reduce: theirs.branch2[0],
        ours.b3.conv: theirs.branch2[1],
        ours.b5.reduce: theirs.branch3[0],
        ours.b5.conv: theirs.branch3[1],
        ours.pool.project: theirs.branch4[1],
    }
    for mine, other in pairs.items():
        folded = fuse_conv_bn_eval(other.conv, other.bn)
        around = (mine.kernel_size[0] - folded.kernel_size[0]) // 2
        mine.weight.copy_(pad(folded.weight, [around] * 4))
        mine.bias.copy_(folded.bias)
    return ours


def maps(row):
    random = torch.Generator().manual_seed(row.in_channels)
    shape = 2, row.in_channels, 7, 7
    return torch.randn(shape, generator=random, dtype=torch.float64)


@every_module
def test_the_same_weights_give_the_same_maps_in_every_branch(row):
    theirs, x = peer(row), maps(row)
    ours = taken_over(row, theirs)
    ways = theirs.branch1, theirs.branch2, theirs.branch3, theirs.branch4
    with torch.inference_mode():
        for mine, way in zip(ours.branches(x), ways, strict=True):
            expected = way(x)
            close = {"rtol": 1e-10, "atol": 1e-10 * expected.std()}
            torch.testing.assert_close(mine, expected, **close)
        torch.testing.assert_close(ours(x), theirs(x), rtol=1e-10, atol=1e-10)


@every_module
def test_the_modules_of_their_whole_net_are_those_of_the_table(row):
    with torch.device("meta"):
        net = torchvision.models.googlenet(weights=None, init_weights=False)
        ours = Inception(row.in_channels, InceptionWidths(*row.widths))
    theirs = getattr(net, f"inception{row.name}")
    wanted = (
        (ours.b1.conv, theirs.branch1),
        (ours.b3.reduce, theirs.branch2[0]),
        (ours.b3.conv, theirs.branch2[1]),
        (ours.b5.reduce, theirs.branch3[0]),
        (ours.pool.project, theirs.branch4[1]),
    )
    for mine, other in wanted:
        assert mine.weight.shape == other.conv.weight.shape
    # The third branch's kernel is as wide, and not as large.
    mine, other = ours.b5.conv, theirs.branch3[1].conv
    assert mine.weight.shape[:2] == other.weight.shape[:2]
    assert (mine.kernel_size, other.kernel_size) == ((5, 5), (3, 3))
