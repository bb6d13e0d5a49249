"""Under pytest the shapes are enforced, and hypothesis repeats itself."""

import os
from contextlib import suppress

import jaxtyping
import pytest

# Before torch is there, and for the processes that tests start: small nets
# are no faster with more threads, and far slower on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Before anything imports cvnotes: the hook rewrites modules as they load.
jaxtyping.install_import_hook("cvnotes", "beartype.beartype")

# The peers are large, and live in an environment of their own; a benchmark
# is no test.
collect_ignore = ["peers", "bench"]

with suppress(ModuleNotFoundError):  # the peers' environment has none
    # One browser for all: its fixtures are known to every test.
    from browser import address_of, browser, page, served
try:
    from hypothesis import settings
except ModuleNotFoundError:  # in the peers' environment
    pass
else:
    settings.register_profile(
        "same", derandomize=True, deadline=None, max_examples=25
    )
    settings.load_profile("same")


@pytest.fixture
def untyped():
    """As a reader calls it: no check of types stands before the sentences."""
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", False)
