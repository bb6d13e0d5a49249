"""What a person sees while a net learns: plain text, or nothing.

In a terminal a line that moves; elsewhere one line an epoch; nothing where
``CVNOTES_QUIET`` is set, as it is while the book's notebooks are made.
"""

import os
import sys

from tqdm import tqdm


class Progress:
    """Tells of one run on the standard error."""

    def __init__(self, label, recipe, pictures, shown=True):
        self.label, self.recipe = label, recipe
        self.shown = shown and not os.environ.get("CVNOTES_QUIET")
        self.each = pictures // recipe.batch
        self.done = 0
        self.bar = tqdm(
            total=self.each * recipe.epochs * recipe.batch,
            desc=label,
            unit="image",
            unit_scale=True,
            # None: only in a terminal.
            disable=None if self.shown else True,
            dynamic_ncols=True,
            leave=False,
        )

    def steps(self, epoch, step, loss, accuracy):
        """So many steps of an epoch are done; its loss and accuracy."""
        if self.bar.disable:
            return
        self.bar.set_postfix_str(
            f"loss {loss:.3f}, accuracy {100 * accuracy:.1f} %",
            refresh=False,
        )
        done = (epoch * self.each + step) * self.recipe.batch
        if not self.done:
            # What an earlier process did is not this one's speed.
            self.bar.initial = self.bar.n = done - self.recipe.batch
        self.bar.update(done - self.bar.n)
        self.done = done

    def epoch(self, record):
        """One more epoch, where no line moves."""
        if not self.shown or not self.bar.disable:
            return
        count = f"{record['epoch'] + 1} of {self.recipe.epochs}"
        test = record.get("test_accuracy")
        end = "" if test is None else f", test accuracy {100 * test:.1f} %"
        print(
            f"{self.label}: epoch {count}, loss {record['loss']:.4f}, "
            f"accuracy {100 * record['accuracy']:.1f} %{end}, "
            f"{record['images_per_second']:,.0f} images/s",
            file=sys.stderr,
            flush=True,
        )

    def close(self):
        """Clear the line."""
        self.bar.close()
