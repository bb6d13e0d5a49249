"""On what a run runs: how fast, in what precision, in how many processes.

Hugging Face's ``accelerate`` does the work: one process or many (started
with ``torchrun`` or ``accelerate launch``), CPU, CUDA or MPS.
"""

import os
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from accelerate import Accelerator
from accelerate.state import AcceleratorState, PartialState

from cvnotes.cost import at_least_one, none_or_more
from cvnotes.train.order import callers_chance

DEVICES = ("auto", "cpu", "cuda", "mps")
PRECISIONS = ("no", "bf16", "fp16")


@dataclass(frozen=True)
class Machine:
    """Where the work is done; exactly counted, only ``accumulate`` matters.

    ``device`` is "cpu", "cuda" or "mps"; "auto" takes CUDA, then MPS, then
    the CPU. ``precision`` is that of the products: "bf16" or "fp16" beside
    float32 weights, or "no" for float32 throughout. A step's batch is cut
    into ``accumulate`` parts whose gradients add up, for a net that does
    not fit with the whole; a batch normalisation then sees a part at a
    time. ``workers`` processes read pictures that are not in memory.

    >>> Machine(precision="half")
    Traceback (most recent call last):
    ValueError: precision='half' is unknown; use one of no, bf16, fp16
    """

    device: str = "auto"
    precision: str = "no"
    accumulate: int = 1
    channels_last: bool = False
    compile: bool = False
    workers: int = 0

    def __post_init__(self):
        at_least_one(accumulate=self.accumulate)
        none_or_more(workers=self.workers)
        for name, known in (("device", DEVICES), ("precision", PRECISIONS)):
            value = getattr(self, name)
            if value not in known:
                raise ValueError(
                    f"{name}={value!r} is unknown; "
                    f"use one of {', '.join(known)}"
                )
        there = {
            "cuda": torch.cuda.is_available,
            "mps": torch.backends.mps.is_available,
        }.get(self.device)
        if there and not there():
            raise ValueError(
                f"device={self.device!r} is not on this machine; use 'auto'"
            )
        if self.precision == "fp16" and not self._on_gpu():
            raise ValueError(
                "precision='fp16' needs a GPU, and this run is on the CPU; "
                "use 'bf16' or 'no'"
            )

    def _on_gpu(self):
        faster = (
            torch.cuda.is_available() or torch.backends.mps.is_available()
        )
        return self.device != "cpu" and faster

    def accelerator(self) -> Accelerator:
        """What moves nets and gradients, for one run."""
        # accelerate holds one setting a process; the last run's is over.
        AcceleratorState._reset_state(reset_partial_state=True)
        return Accelerator(
            # Said also where "auto" finds nothing better: processes that
            # torchrun starts would not find each other otherwise.
            cpu=not self._on_gpu(),
            mixed_precision=self.precision,
            gradient_accumulation_steps=self.accumulate,
        )

    @contextmanager
    def first_alone(self):
        """The first process of each computer goes ahead; the others wait.

        What it downloads or makes is there when their turn comes.
        """
        AcceleratorState._reset_state(reset_partial_state=True)
        state = PartialState(cpu=not self._on_gpu())
        with state.local_main_process_first():
            yield

    def refuse_uneven(self, batch: int, processes: int):
        """Refuse a batch that does not fall into equal parts."""
        parts = processes * self.accumulate
        if batch % parts:
            raise ValueError(
                f"batch={batch} does not fall into {parts} equal parts "
                f"({processes} processes, accumulate={self.accumulate}); "
                f"use a multiple of {parts}"
            )


@contextmanager
def repeatable():
    """The same kernels at every run, and the caller's chance left alone."""
    # cuBLAS repeats itself only with a workspace of a fixed size.
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
    cudnn = torch.backends.cudnn
    before = cudnn.deterministic, cudnn.benchmark
    cudnn.deterministic, cudnn.benchmark = True, False
    try:
        with callers_chance():
            yield
    finally:
        cudnn.deterministic, cudnn.benchmark = before
