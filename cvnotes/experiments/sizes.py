"""What an experiment sets that learns from few pictures, and from more."""

from dataclasses import dataclass, replace
from typing import ClassVar

from cvnotes.cost import at_least_one
from cvnotes.experiments.asked import counts
from cvnotes.experiments.training import Training


@dataclass(frozen=True, kw_only=True)
class Sizes(Training):
    """How many training pictures to compare at; each gets ``steps``.

    ``images`` and ``epochs`` follow from these: see ``at``.
    """

    INSTEAD: ClassVar = {"images": "sizes", "epochs": "steps"}
    images: int | None = None
    epochs: int | None = None
    sizes: tuple[int, ...] = (50, 200, 800)
    steps: int = 120

    def __post_init__(self):
        counts(sizes=self.sizes)
        at_least_one(steps=self.steps)
        if min(self.sizes) < self.batch:
            raise ValueError(
                f"sizes={min(self.sizes)} does not fill batch={self.batch}; "
                f"use a smaller batch or more pictures"
            )

    def at(self, size: int) -> "Sizes":
        """These settings with so many pictures, and as many steps.

        To a whole epoch; with the presets, to one in a hundred.
        """
        each = max(1, size // self.batch)
        epochs = max(1, round(self.steps / each))
        return replace(self, images=size, epochs=epochs)
