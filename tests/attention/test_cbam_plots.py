"""The figures of CBAM say the shapes that the modules have as they run."""

import pytest
import torch

from cvnotes import plots
from cvnotes.attention import CBAM

X = torch.zeros(2, 24, 6, 5)
BLOCK = CBAM(24, reduction=8, kernel_size=3)


@pytest.mark.parametrize(
    "draw, module, said",
    [
        (plots.cbam, BLOCK, ("24×6×5", "24×1×1", "1×6×5")),
        (plots.channel_gate, BLOCK.channel, ("24 to 3 to 24", "24×1×1")),
        (plots.spatial_gate, BLOCK.spatial, ("3×3", "2×6×5", "1×6×5")),
    ],
)
def test_a_figure_says_what_runs(draw, module, said):
    figure = draw(module, X)
    for shape in said:
        assert shape in figure.alt
        assert shape.replace(" to ", " → ") in figure.svg


def test_drawing_leaves_no_hook_behind():
    plots.channel_gate(BLOCK.channel, X)
    assert not BLOCK.channel.mlp._forward_hooks
