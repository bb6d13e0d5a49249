"""The ways a run ends early, each with a sentence that says how to go on."""

import math
import signal
import threading
from contextlib import contextmanager


class Stopped(KeyboardInterrupt):
    """Somebody asked the run to stop; it did so after a whole step."""


class NotFinite(ArithmeticError):
    """The loss is no number any more, so no further step can mend it."""


def refuse_not_finite(
    losses: list[float],
    epoch: int,
    first_step: int,
    rate: float,
    kind: str = "loss",
):
    """Name the first step whose loss is infinite or no number."""
    for step, loss in enumerate(losses, start=first_step):
        if not math.isfinite(loss):
            raise NotFinite(
                f"the {kind} is {loss} at step {step} of epoch {epoch + 1}, "
                f"with a learning rate of {rate:g}; try rate={rate / 10:g}, "
                f"or precision='no' if it is 'fp16'"
            )


class Request:
    """Whether the run was asked to stop: by Ctrl-C, or by SIGTERM."""

    made = False


@contextmanager
def asked_to_stop():
    """Turn the first Ctrl-C into a request; a second one acts at once."""
    request = Request()
    if threading.current_thread() is not threading.main_thread():
        yield request
        return
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {kind: signal.getsignal(kind) for kind in kinds}

    def note(number, frame):
        request.made = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    for kind in kinds:
        signal.signal(kind, note)
    try:
        yield request
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
