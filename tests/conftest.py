"""Under pytest the shapes are enforced, and hypothesis repeats itself."""

from contextlib import suppress

import jaxtyping

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
