"""On a GPU, where there is one: each block in half precision, and a run."""

import pytest
import torch
from blocks import EXAMPLES, gradients, made

from cvnotes.data import digits
from cvnotes.densenet import densenet_cifar
from cvnotes.train import Machine, Recipe, fit

HALF = {"bf16": torch.bfloat16, "fp16": torch.float16}
GPU = {"device": "cuda", "memory_format": torch.channels_last}
pytestmark = pytest.mark.skipif(
    not torch.cuda.is_available(),
    reason="there is no CUDA here, so nothing was tried on a GPU",
)


@pytest.mark.parametrize("precision", HALF)
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_block_gives_nearly_what_it_does_on_the_cpu(example, precision):
    net, inputs = made(example)
    expected = net.eval()(*inputs)
    net.to(**GPU)
    inputs = [x.detach().to(**GPU).requires_grad_() for x in inputs]
    with torch.autocast("cuda", dtype=HALF[precision]):
        out = net(*inputs)
    assert all(g.isfinite().all() for g in gradients(net, inputs, out))
    error = (out.cpu() - expected).norm() / expected.norm()
    assert error < 0.03


@pytest.mark.parametrize("precision", HALF)
def test_a_net_learns_the_digits_in_two_epochs(precision):
    machine = Machine("cuda", precision, channels_last=True)
    run = fit(
        lambda: densenet_cifar(22, 12, in_channels=1),
        digits("train"),
        digits("test"),
        Recipe(2),
        machine=machine,
        shown=False,
    )
    assert run.accuracy > 0.5
