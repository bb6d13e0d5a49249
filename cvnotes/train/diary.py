"""What a run leaves on disk: its place, its weights, a line an epoch."""

import json
from pathlib import Path
from time import monotonic

import torch

from cvnotes.train import checkpoint
from cvnotes.train.order import likeness
from cvnotes.train.stopping import Stopped
from cvnotes.train.whole import sweep, write_whole


class Diary:
    """Where a run stands, and the folder that remembers it.

    ``history`` holds the records of the epochs that are done; ``step`` how
    many steps of the next one are, and ``total`` its sums so far.
    """

    def __init__(self, learner, out: Path | None, train, save_seconds):
        self.learner, self.out = learner, out
        self.save_seconds = save_seconds
        self.history, self.step = [], 0
        self.total = torch.zeros(2, dtype=torch.float64)
        self.saved_at = monotonic()
        if out:
            pictures = {"pictures": len(train), "data": likeness(train)}
            self._belongs = pictures | learner.belongs()

    @property
    def first(self) -> bool:
        """Whether this process is the one that writes and speaks."""
        return self.learner.accelerator.is_main_process

    def open(self, resume: bool):
        """Go on from the newest checkpoint, or begin in an empty folder."""
        if self.out is None:
            return
        if self.first:
            sweep(self.out)
        if resume:
            state = checkpoint.newest(self.out, self._belongs, self.first)
            if state:
                self.learner.restore(state)
                self.history, self.step = state["history"], state["step"]
                self.total = state["total"]
        elif checkpoint.checkpoints(self.out):
            raise FileExistsError(
                f"out={str(self.out)!r} holds a run already; go on with it "
                f"by resume=True, or choose another folder"
            )
        self._log()

    def note(self, record: dict):
        """An epoch is done."""
        self.history.append(record)
        self.step, self.total = 0, torch.zeros(2, dtype=torch.float64)
        last = len(self.history) == self.learner.recipe.epochs
        self._log()
        self.save(now=last)

    def save(self, now: bool = False):
        """Write a checkpoint, now or if it is time for one."""
        due = now or monotonic() - self.saved_at >= self.save_seconds
        if self.out is None or not due or not self.first:
            return
        state = {
            "belongs": self._belongs,
            **self.learner.state(),
            "history": self.history,
            "step": self.step,
            "total": self.total,
        }
        checkpoint.save(self.out, (len(self.history), self.step), state)
        self.saved_at = monotonic()

    def _log(self):
        # Written whole: lines of epochs after the checkpoint would stand
        # there twice once a run goes on.
        if self.out and self.first:
            lines = "".join(
                json.dumps(record, allow_nan=False) + "\n"
                for record in self.history
            )
            write_whole(
                self.out / "log.jsonl", lambda f: f.write(lines.encode())
            )

    def stop(self):
        """Save, and say how to go on."""
        self.save(now=True)
        done = len(self.history)
        place = f"stopped in epoch {done + 1} after its step {self.step}"
        if done == self.learner.recipe.epochs:
            place = "stopped after the last epoch"
        if self.out is None:
            raise Stopped(f"{place}; nothing is kept without an out folder")
        raise Stopped(f"{place}, saved in {self.out}; resume goes on there")
