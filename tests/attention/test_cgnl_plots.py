"""The drawn block says the shapes of the block it was drawn from."""

import pytest
import torch

from cvnotes import plots
from cvnotes.attention import CGNL


@pytest.mark.parametrize("groups, kernel", [(1, "dot"), (4, "rbf")])
def test_the_figure_says_the_shapes_of_a_real_pass(groups, kernel):
    block, x = CGNL(16, groups=groups, kernel=kernel), torch.ones(2, 16, 7, 5)
    drawn = plots.cgnl(block, x)
    gate = "×".join(map(str, block.gate(x).shape))
    for text in ("2×16×7×5", "2×8×7×5", f"φ·g: {gate}", f"z, {groups} "):
        assert text in drawn.svg
    assert f"φ·g is {gate} numbers" in drawn.alt


def test_a_line_is_named_where_it_ends():
    drawn = plots.series_error(
        {"exact": [0.1, 0.05, 0.01], "held": [0.2] * 3}
    )
    assert "exact: 0.1 to 0.01; held: 0.2 to 0.2" in drawn.alt
