"""Every block compiles as one graph: what ``torch.compile`` is best at."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from blocks import EXAMPLES

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def trouble():
    """What went wrong when each was compiled, in a process of its own."""
    done = subprocess.run(
        [sys.executable, ROOT / "tests" / "compiled.py"],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("example", EXAMPLES)
def test_it_compiles_as_one_graph_and_computes_the_same(example, trouble):
    assert not trouble[example], trouble[example]
