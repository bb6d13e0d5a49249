"""``make bench``: every benchmark of this folder, one after the other."""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

for path in sorted(HERE.glob("bench_*.py")):
    runpy.run_path(str(path), run_name="__main__")
