"""What the chapter on memory says, one sentence a test."""

from collections import Counter
from copy import deepcopy

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from cvnotes import cost
from cvnotes.densenet import (
    DenseBlock,
    DenseLayer,
    DenseNet,
    SharedDenseBlock,
    kept,
    share,
)

every_form = pytest.mark.parametrize("bn_size", [4, None])


class Calls(TorchDispatchMode):
    """Counts the operations that are carried out."""

    def __init__(self):
        super().__init__()
        self.count = Counter()

    def __torch_dispatch__(self, act, types, args=(), kwargs=None):
        self.count[act.overloadpacket._qualified_op_name] += 1
        return act(*args, **kwargs or {})


def pair(bn_size, **settings):
    """A block, its shared twin with the same weights, and maps for both."""
    torch.manual_seed(0)
    naive = DenseBlock(4, 9, growth_rate=5, bn_size=bn_size, **settings)
    x = torch.randn(3, 9, 6, 5, requires_grad=True)
    return naive, share(deepcopy(naive)), x


def gradients(block, x):
    x.grad = None
    block.zero_grad()
    block(x).pow(2).sum().backward()
    return [x.grad, *(p.grad for p in block.parameters())]


@every_form
def test_sharing_changes_no_output_and_no_gradient(bn_size):
    naive, shared, x = pair(bn_size)
    assert torch.equal(naive(x), shared(x))
    for ours, theirs in zip(gradients(shared, x), gradients(naive, x)):
        assert torch.equal(ours, theirs)


@every_form
def test_a_batch_is_counted_once_although_it_is_normalised_twice(bn_size):
    naive, shared, x = pair(bn_size)
    for _ in range(3):
        gradients(naive, x), gradients(shared, x)
    for name, value in naive.state_dict().items():
        assert torch.equal(shared.state_dict()[name], value), name
    assert (
        shared.denselayer1.norm1.momentum == naive.denselayer1.norm1.momentum
    )


@every_form
def test_no_convolution_is_done_twice(bn_size):
    naive, shared, x = pair(bn_size)
    with Calls() as once:
        gradients(naive, x)
    with Calls() as again:
        gradients(shared, x)
    assert again.count["aten::convolution"] == once.count["aten::convolution"]
    assert again.count["aten::cat"] > once.count["aten::cat"]


def test_dropout_draws_the_same_with_the_same_seed():
    naive, shared, x = pair(4, drop_rate=0.5)
    found = []
    for block in (naive, shared):
        torch.manual_seed(1)
        found.append(gradients(block, x))
    for ours, theirs in zip(*found):
        assert torch.equal(ours, theirs)


def test_a_whole_net_is_shared_and_its_weights_stay_where_they_were():
    torch.manual_seed(0)
    settings = {"growth_rate": 5, "block_config": (3, 2), "stem": "cifar"}
    settings |= {"num_init_features": 9, "num_classes": 4}
    net, x = DenseNet(**settings), torch.randn(2, 3, 12, 12)
    twin = deepcopy(net)
    assert share(net) is net
    assert list(net.state_dict()) == list(twin.state_dict())
    torch.testing.assert_close(net(x), twin(x))
    del settings["num_classes"]
    assert (
        kept(net, x) == cost.densenet_memory(**settings, size=(12, 12)).shared
    )


def test_a_copy_of_a_shared_net_is_shared():
    assert type(deepcopy(share(DenseBlock(1, 4, 4)))) is SharedDenseBlock


def test_half_precision_gives_nearly_the_same():
    _, shared, x = pair(4)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        half = shared(x)
    half.float().sum().backward()
    assert x.grad.isfinite().all()
    torch.testing.assert_close(half.float(), shared(x), rtol=0.1, atol=0.1)


def test_a_layer_with_maps_of_its_own_is_not_passed_by():
    class Mine(DenseLayer):
        def new_maps(self, x):
            return 2 * super().new_maps(x)

    with pytest.raises(TypeError, match=r"Mine has new_maps of its own"):
        share(torch.nn.Sequential(Mine(8, 4)))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA here")
def test_a_gpu_needs_less_memory_for_a_shared_block():
    def peak(block):
        x = torch.randn(8, 24, 32, 32, device="cuda", requires_grad=True)
        torch.cuda.reset_peak_memory_stats()
        before = torch.cuda.memory_allocated()
        block.cuda()(x).sum().backward()
        return torch.cuda.max_memory_allocated() - before

    assert peak(SharedDenseBlock(16, 24, 12)) < peak(DenseBlock(16, 24, 12))


class OddBlock(DenseBlock):
    """A dense block of somebody's own."""


def test_a_dense_block_of_another_kind_is_refused_by_name():
    with pytest.raises(TypeError, match="OddBlock is a dense block of anoth"):
        share(OddBlock(2, 8, 4))


def test_a_normalisation_without_averages_is_shared_too():
    torch.manual_seed(0)
    plain = DenseBlock(3, 8, 4).double()
    for layer in plain:
        layer[0] = torch.nn.GroupNorm(1, layer[0].num_features).double()
    shared = share(deepcopy(plain))
    x = torch.randn(2, 8, 5, 5, dtype=torch.float64)
    for net in (plain, shared):
        net(x).square().sum().backward()
    for one, other in zip(plain.parameters(), shared.parameters()):
        torch.testing.assert_close(one.grad, other.grad)
