"""Has nbval leave figures out: the last digit of a line may differ elsewhere.

What a figure or a widget says in words is compared like any other output.
Training is silent here and has one thread, as when the notebooks were made.
"""

import os

from nbval.plugin import IPyNbFile

os.environ["CVNOTES_QUIET"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"


def pytest_collectstart(collector):
    """Add the figures' formats to what this notebook does not compare."""
    if isinstance(collector, IPyNbFile):
        collector.skip_compare += ("text/html", "image/svg+xml")
