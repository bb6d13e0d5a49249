"""CBAM's inference and a training step against timm's, at equal outputs.

Run by `make bench`, with the peers' environment:

    PYTHONPATH=. python tests/bench/bench_cbam.py

Each time is of several calls in a row, as a net makes them; what the
allocator keeps for the next call is then its own.
"""

import torch
from ratio_table import ratio_table
from timm.layers.cbam import CbamModule

from cvnotes.attention import CBAM

IN_A_ROW = 5


def pair(channels):
    """timm's block, and ours with its weights."""
    theirs, ours = CbamModule(channels, mlp_bias=True), CBAM(channels)
    own = [*ours.channel.parameters()]
    for mine, other in zip(own, theirs.channel.parameters(), strict=True):
        mine.data.copy_(other.data)
    kernel = theirs.spatial.conv.conv.weight.data
    ours.spatial.conv.weight.data.copy_(kernel.flip(1))
    return theirs, ours


def several(block, x):
    def call():
        for _ in range(IN_A_ROW):
            block(x)

    return call


def step(block, x):
    def call():
        for _ in range(IN_A_ROW):
            block.zero_grad()
            block(x.requires_grad_()).sum().backward()

    return call


def measured(x, channels):
    """Both tables, for maps in this memory format."""
    theirs, ours = pair(channels)
    blocks = {"timm": theirs, "ours": ours}
    for block in blocks.values():
        block.eval()
    with torch.inference_mode():
        torch.testing.assert_close(ours(x), theirs(x), rtol=1e-4, atol=1e-5)
        calls = {name: several(b, x) for name, b in blocks.items()}
        yield "inference", ratio_table(calls, rounds=15)
    steps = {name: step(b.train(), x) for name, b in blocks.items()}
    yield "training step", ratio_table(steps, rounds=9)


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(2)
    print(f"torch {torch.__version__}, 2 threads, 8 × 256 × 56 × 56")
    x = torch.randn(8, 256, 56, 56)
    for name in ("contiguous_format", "channels_last"):
        maps = x.to(memory_format=getattr(torch, name))
        for what, table in measured(maps, 256):
            print(f"\n{what}, {name}\n{table}")
