"""One epoch: step after step, looking up now and then."""

from time import monotonic

import torch

from cvnotes.train.feed import epoch_of
from cvnotes.train.stopping import refuse_not_finite

# A GPU works ahead of Python; to look at a loss is to wait for it.
LOOK_EVERY = {"cpu": 1}
OTHERWISE = 10


class Epoch:
    """The epoch ``number`` of a run, from where the diary says it stands."""

    def __init__(self, learner, diary, train, number: int):
        self.learner, self.diary, self.number = learner, diary, number
        self.batch = learner.recipe.batch
        self.steps = len(train) // self.batch
        self.rate = learner.recipe.rate_in(number)
        self.first = diary.step
        self.feed = epoch_of(
            train,
            learner.recipe,
            (learner.seed, number),
            learner.process,
            self.first,
            learner.machine.workers,
        )
        kind = learner.accelerator.device.type
        self.every = LOOK_EVERY.get(kind, OTHERWISE)

    def run(self, progress, request) -> dict:
        """Every step; the epoch's record."""
        start, waiting = monotonic(), []
        for step, parts in enumerate(self.feed, start=self.first + 1):
            place = self.number, step - 1
            waiting.append(self.learner.step(parts, place, self.rate))
            if step % self.every == 0 or step == self.steps:
                asked = self._look(waiting, step, request)
                waiting = []
                progress.steps(self.number, step, *self._means(step))
                if step < self.steps:
                    # After its last step an epoch is also noted, so a stop
                    # waits for that.
                    if asked:
                        self.diary.stop()
                    self.diary.save()
        loss, accuracy = self._means(self.steps)
        seen = self.batch * (self.steps - self.first)
        return {
            "epoch": self.number,
            "rate": self.rate,
            "loss": loss,
            "accuracy": accuracy,
            "images_per_second": seen / (monotonic() - start),
        }

    def _look(self, waiting, step, request):
        """Bring the sums of the last steps home; whether to stop now.

        All processes look at the same steps and stop at the same one.
        """
        device = self.learner.accelerator.device
        asked = torch.full((1, 2), float(request.made), device=device)
        *sums, asked = self.learner.added(torch.stack([*waiting, asked[0]]))
        losses = [(s[0] / self.batch).item() for s in sums]
        first = step - len(losses) + 1
        refuse_not_finite(losses, self.number, first, self.rate)
        self.diary.total += sum(sums)
        self.diary.step = step
        return asked[0] > 0

    def _means(self, step):
        return (self.diary.total / (step * self.batch)).tolist()
