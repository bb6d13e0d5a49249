"""The one training loop: epochs of steps, logged, stopped, taken up again.

The same seed gives the same weights on one device (on a CPU, with as many
threads), whether the run was stopped in between or not. With several
processes each takes its part of every batch, so the loss is that of one
process, to rounding; batch normalisation is the exception, since its
statistics are those of one process's part.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from torch import nn
from torch.utils.data import Dataset

from cvnotes.cost import a_number, at_least_one, none_or_more
from cvnotes.train.diary import Diary
from cvnotes.train.epoch import Epoch
from cvnotes.train.learner import Learner, modes_kept, tested
from cvnotes.train.machine import Machine, repeatable
from cvnotes.train.order import callers_chance
from cvnotes.train.progress import Progress
from cvnotes.train.recipe import Recipe
from cvnotes.train.stopping import asked_to_stop, refuse_not_finite


@dataclass(frozen=True)
class Run:
    """A trained net, on the CPU and ready to answer, and how it got there.

    ``history`` has a record an epoch: ``epoch``, ``rate``, ``loss`` and
    ``accuracy`` (0 to 1) over the training pictures as they came, and where
    it was tested ``test_loss`` and ``test_accuracy``.
    """

    net: nn.Module
    history: list[dict]

    @property
    def accuracy(self) -> float:
        """On the test pictures, 0 to 1."""
        return self.history[-1]["test_accuracy"]

    @property
    def loss(self) -> float:
        """Mean cross-entropy on the test pictures, in nats."""
        return self.history[-1]["test_loss"]


def evaluate(net: nn.Module, data: Dataset) -> tuple[float, float]:
    """Mean loss and accuracy (0 to 1), in evaluation mode, on its device."""
    with callers_chance():
        return tuple((tested(net, data) / len(data)).tolist())


def fit(
    build: Callable[[], nn.Module],
    train: Dataset,
    test: Dataset,
    recipe: Recipe,
    *,
    seed: int = 0,
    machine: Machine | None = None,
    label: str = "run",
    out: Path | str | None = None,
    resume: bool = False,
    save_seconds: int | float = 30,
    test_every: int | None = None,
    after_epoch: Callable[[nn.Module, int], None] | None = None,
    shown: bool = True,
) -> Run:
    """Train what ``build()`` makes, and test it at the end.

    ``build`` is called after the seed is set, so it belongs to the run.
    Every ``test_every`` epochs the net is tested besides. ``after_epoch``
    is given the net, in the mode that it trains in, and the number of
    epochs done; what it does to the mode is undone.

    With ``out`` the run keeps a log there (``log.jsonl``, a line an epoch)
    and a checkpoint at least every ``save_seconds``; ``resume`` goes on
    from the newest one. With several computers the folder must be one that
    all of them see. Raises ``Stopped`` after Ctrl-C, ``NotFinite``
    where the loss is no number any more, and ``FileExistsError`` where
    ``out`` holds a run that was not to be resumed.
    """
    _refuse(build, train, test, machine, out, resume)
    none_or_more(seed=seed)
    a_number(save_seconds=save_seconds)
    if test_every is not None:
        at_least_one(test_every=test_every)
    with repeatable(), asked_to_stop() as request:
        learner = Learner(build, recipe, int(seed), machine or Machine())
        diary = Diary(learner, out and Path(out), train, save_seconds)
        diary.open(resume)
        progress = Progress(label, recipe, len(train), shown and diary.first)
        for number in range(len(diary.history), recipe.epochs):
            epoch = Epoch(learner, diary, train, number)
            record = epoch.run(progress, request)
            if number + 1 == recipe.epochs or (
                test_every and (number + 1) % test_every == 0
            ):
                loss, accuracy = learner.test(test)
                place = number, epoch.steps, epoch.rate
                refuse_not_finite([loss], *place, "test loss")
                record |= {"test_loss": loss, "test_accuracy": accuracy}
            if after_epoch:
                with modes_kept(learner.net):
                    after_epoch(learner.net, number + 1)
                learner.optimizer.zero_grad()
            diary.note(record)
            progress.epoch(record)
            if learner.any(request.made):
                diary.stop()
        progress.close()
        return Run(learner.released(), diary.history)


def _refuse(build, train, test, machine, out, resume):
    if isinstance(build, nn.Module):
        raise ValueError(
            "build is a net, whose weights are drawn already; give a "
            "function that makes one, as lambda: Net()"
        )
    for name, data in (("train", train), ("test", test)):
        if not len(data):
            raise ValueError(f"{name} has no pictures; give one or more")
    if machine is not None and not isinstance(machine, Machine):
        raise ValueError(
            f"machine={machine!r} is no Machine; "
            f"use one, such as Machine('cpu')"
        )
    if resume and not out:
        raise ValueError(
            "resume=True goes on from a folder, and out has none; name it"
        )
