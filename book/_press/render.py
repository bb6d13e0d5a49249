"""Run → published: Jupyter Book renders what was run, and runs nothing.

A warning is a failure. Ends with the path to open, and with that of the zip.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from book._press.pack import pack

ROOT = Path(__file__).parents[2]
FLAGS = ["-W", "-n", "--keep-going", "--quiet"]


def main():
    """Render the book that stands in the working tree."""
    # Afresh each time: a page whose source is gone must not stay behind.
    shutil.rmtree(ROOT / "_build", ignore_errors=True)
    builder = Path(sys.executable).with_name("jupyter-book")
    done = subprocess.run(
        [builder, "build", ".", *FLAGS],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        sys.exit("cvnotes: the book has warnings; they stand above.")
    print(f"The book: {ROOT / '_build/html/index.html'}")
    print(f"To take along: {pack(ROOT / '_build/html')}")


if __name__ == "__main__":
    main()
