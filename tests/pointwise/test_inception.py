"""What the chapter on Inception says, one sentence a test."""

import pytest
import torch
from torch.nn.functional import conv2d, max_pool2d, relu

from cvnotes.papers import GOOGLENET
from cvnotes.pointwise import Inception, InceptionWidths

WIDTHS = InceptionWidths(5, 4, 6, 2, 3, 7)
every_module = pytest.mark.parametrize(
    "row", GOOGLENET.modules, ids=lambda row: row.name
)


def maps(channels, side=6):
    random = torch.Generator().manual_seed(channels)
    shape = 2, channels, side, side
    return torch.randn(shape, generator=random, dtype=torch.float64)


def block(in_channels=12, widths=WIDTHS, **settings):
    torch.manual_seed(0)
    return Inception(in_channels, widths, **settings).double()


def by_hand(conv, x):
    """A convolution and its ReLU, written out."""
    pad = conv.weight.shape[-1] // 2
    return relu(conv2d(x, conv.weight, conv.bias, padding=pad))


def test_the_module_is_the_papers_figure():
    net, x = block(), maps(12)
    pooled = max_pool2d(x, 3, stride=1, padding=1)
    expected = [
        by_hand(net.b1.conv, x),
        by_hand(net.b3.conv, by_hand(net.b3.reduce, x)),
        by_hand(net.b5.conv, by_hand(net.b5.reduce, x)),
        by_hand(net.pool.project, pooled),
    ]
    torch.testing.assert_close(net(x), torch.cat(expected, dim=1))


def test_without_reduction_the_kernels_read_everything_that_comes_in():
    net, x = block(reduce=False), maps(12)
    expected = [by_hand(way.conv, x) for way in (net.b1, net.b3, net.b5)]
    expected.append(max_pool2d(x, 3, stride=1, padding=1))
    torch.testing.assert_close(net(x), torch.cat(expected, dim=1))


def test_the_kernels_are_1_3_and_5():
    net = block()
    sides = [way.conv.kernel_size for way in (net.b1, net.b3, net.b5)]
    assert sides == [(1, 1), (3, 3), (5, 5)]
    narrow = (net.b3.reduce, net.b5.reduce, net.pool.project)
    assert {conv.kernel_size for conv in narrow} == {(1, 1)}


@every_module
def test_a_module_of_the_table_is_as_wide_as_printed(row):
    with torch.device("meta"):
        net = Inception(row.in_channels, InceptionWidths(*row.widths))
        x = torch.zeros(1, row.in_channels, row.side, row.side)
        b1, _, b3, _, b5, pool = row.widths
        assert [y.shape[1] for y in net.branches(x)] == [b1, b3, b5, pool]
        assert net(x).shape[2:] == x.shape[2:]
    assert net.out_channels == b1 + b3 + b5 + pool


def test_without_reduction_the_width_grows_by_what_comes_in():
    net = block(reduce=False)
    assert net.out_channels == 5 + 6 + 3 + 12
    assert net(maps(12)).shape[1] == net.out_channels


def test_a_reduction_hides_what_lies_in_its_null_space():
    net, x = block(), maps(12)
    weight = net.b3.reduce.weight[:, :, 0, 0].detach()
    hidden = torch.linalg.svd(weight).Vh[len(weight) :]
    assert len(hidden) == 12 - WIDTHS.b3_reduce
    moved = x + 100 * hidden[0][:, None, None] * maps(1)
    torch.testing.assert_close(net.b3(moved), net.b3(x))
    assert not torch.allclose(net.b1(moved), net.b1(x))


def test_a_narrow_module_takes_different_maps_for_the_same():
    net, x = block(in_channels=30), maps(30)
    reads = [net.b1.conv, net.b3.reduce, net.b5.reduce, net.pool.project]
    weight = torch.cat([conv.weight[:, :, 0, 0] for conv in reads]).detach()
    hidden = torch.linalg.svd(weight).Vh[len(weight) :]
    assert len(hidden) == 30 - (5 + 4 + 2 + 7)
    moved = x + 100 * hidden[0][:, None, None]  # the same at every place
    torch.testing.assert_close(net(moved), net(x))


def test_a_1x1_and_a_kxk_are_one_kernel_of_rank_r_where_no_relu_stands():
    net, x = block(), maps(12)
    narrow, wide = net.b3.reduce.weight[:, :, 0, 0], net.b3.conv.weight
    kernel = torch.einsum("orij,rc->ocij", wide, narrow)
    matrix = kernel.permute(0, 2, 3, 1).reshape(-1, 12)
    assert torch.linalg.matrix_rank(matrix) == WIDTHS.b3_reduce
    through = conv2d(conv2d(x, narrow[:, :, None, None]), wide, padding=1)
    torch.testing.assert_close(conv2d(x, kernel, padding=1), through)


@pytest.mark.parametrize("name", InceptionWidths._fields)
def test_a_width_that_leaves_nothing_is_refused_by_name(name):
    with pytest.raises(ValueError, match=f"{name}=0 .*from 1"):
        Inception(12, WIDTHS._replace(**{name: 0}))


@pytest.mark.usefixtures("untyped")
def test_one_picture_without_a_batch_gets_what_it_gets_in_one():
    block, x = Inception(12, WIDTHS).eval(), torch.randn(12, 7, 5)
    torch.testing.assert_close(block(x), block(x[None])[0])


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize("widths", [(64, 96, 128, 16, 32), 64, None])
def test_what_is_no_row_of_the_table_is_refused(widths):
    with pytest.raises(ValueError, match=r"widths=.* use Incep.*b1, b3_red"):
        Inception(12, widths)


def test_an_input_of_no_channels_is_refused_by_name():
    with pytest.raises(ValueError, match=r"in_channels=0 .*from 1"):
        Inception(0, WIDTHS)


def test_widths_that_are_not_used_may_be_zero():
    widths = InceptionWidths(4, 0, 4, 0, 4, 0)
    block = Inception(8, widths, reduce=False)
    assert block(torch.zeros(1, 8, 5, 5)).shape == (1, 20, 5, 5)
    with pytest.raises(ValueError, match="b3_reduce=0 is not a count"):
        Inception(8, widths)
