"""``make bench``: every benchmark of this folder, one table each."""

import runpy
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("bench_*.py")):
    runpy.run_path(str(path), run_name="__main__")
