"""Blocks leave PyTorch whole: for maps of any size, and any batch."""

import pytest
import torch
from torch.export import Dim, export

from cvnotes.attention import CBAM, CGNL, CrossLayerNonLocal, NonLocal

B, H, W = (Dim(name, min=2, max=64) for name in "bhw")
FREE = {0: B, 2: H, 3: W}


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "block",
    [CBAM(8, 2), CGNL(8, groups=2), CGNL(8, kernel="rbf"), NonLocal(8)],
    ids=["CBAM", "CGNL", "CGNL, rbf", "Non-local"],
)
def test_a_block_is_exported_for_maps_of_any_size(block):
    block.eval()
    sample = (torch.randn(3, 8, 9, 7),)
    kept = export(block, sample, dynamic_shapes={"x": FREE}, strict=False)
    x = torch.randn(2, 8, 6, 11)
    torch.testing.assert_close(kept.module()(x), block(x))


@pytest.mark.usefixtures("untyped")
def test_layers_of_any_sizes_are_exported_too():
    block = CrossLayerNonLocal(8, [4]).eval()
    torch.nn.init.ones_(block.norm[0].weight)
    finer = {0: B, 2: Dim("h2", min=2, max=64), 3: Dim("w2", min=2, max=64)}
    shapes = {"query": FREE, "responses": [finer]}
    sample = torch.randn(3, 8, 5, 6), [torch.randn(3, 4, 9, 7)]
    kept = export(block, sample, dynamic_shapes=shapes, strict=False)
    maps = torch.randn(2, 8, 4, 3), [torch.randn(2, 4, 8, 6)]
    torch.testing.assert_close(kept.module()(*maps), block(*maps))
