"""Every block runs wherever a reader may put it; a later one joins."""

from operator import attrgetter

import pytest
import torch
from blocks import EXAMPLES, exported, gradients, made
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves

NAME = attrgetter("__name__")
every_block = pytest.mark.parametrize("example", EXAMPLES)


class OneDevice(TorchDispatchMode):
    """Refuses every tensor that comes to be on another device than meta.

    A single number may: an operation takes it from the CPU in any case.
    """

    def __torch_dispatch__(self, act, types, args=(), kwargs=None):
        made = act(*args, **kwargs or {})
        for tensor in tree_leaves(made):
            if isinstance(tensor, torch.Tensor) and tensor.dim():
                assert tensor.is_meta, (
                    f"{act} made a tensor on a fixed device"
                )
        return made


def error(found, expected):
    return ((found - expected).norm() / expected.norm()).item()


@pytest.mark.parametrize("block", sorted(exported(), key=NAME), ids=NAME)
def test_every_block_that_is_offered_has_an_example(block):
    kinds = {type(made(example)[0]) for example in EXAMPLES}
    assert block in kinds, (
        f"{block.__name__} is tried nowhere; give EXAMPLES in "
        "tests/blocks.py a line that builds a small one"
    )


@every_block
def test_forward_and_backward_run_without_data(example):
    net, inputs = made(example)
    net.to("meta")
    inputs = [x.detach().to("meta").requires_grad_() for x in inputs]
    with OneDevice():
        found = gradients(net, inputs, net(*inputs))
    assert all(g is not None and g.is_meta for g in found)


@every_block
def test_half_precision_gives_nearly_the_same_output(example):
    net, inputs = made(example)
    net.eval()
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = net(*inputs)
    assert error(out, net(*inputs)) < 0.03


# Without normalisation each rounding goes on to the next layer, and where
# two neighbours are nearly equal it changes which one a max pooling hears.
ROUNDS = {"NIN": 0.3, "NIN, fully connected": 0.3}


@every_block
def test_half_precision_sends_nearly_the_same_gradients(example):
    found = []
    for half in (True, False):
        net, inputs = made(example)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
            out = net.eval()(*inputs)
        found.append(gradients(net, inputs, out))
    for half, exact in zip(*found, strict=True):
        assert half.dtype == exact.dtype == torch.float32
        assert error(half, exact) < ROUNDS.get(example, 0.15)


def refuse_another_order(part, _, out):
    if isinstance(out, torch.Tensor) and out.dim() == 4:
        stays = out.is_contiguous(memory_format=torch.channels_last)
        assert stays, f"{type(part).__name__} hands on another order"


@every_block
def test_channels_last_stays_so_and_changes_no_output(example):
    net, inputs = made(example)
    expected = net.eval()(*inputs)
    net.to(memory_format=torch.channels_last)
    for part in net.modules():
        part.register_forward_hook(refuse_another_order)
    out = net(*(x.to(memory_format=torch.channels_last) for x in inputs))
    torch.testing.assert_close(out, expected, rtol=1e-4, atol=1e-5)
