"""Which inputs an output can depend on, and how strongly: the Jacobian.

Row o, column i of it is the slope of output o when input i moves. This
writes it, for every operation of the book, where the page looks:

    python -m cvnotes.experiments.who_mixes

A slope takes a byte: its sign, and the logarithm of its size in 1/24 of a
power of ten, counted down from the largest of its operation. A zero byte
is a slope that is zero with these inputs. One more value, NEVER, is an
input that the output cannot depend on: zero with every input that was
tried.
"""

from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from cvnotes.experiments.mixers import NAMES, mixer
from cvnotes.experiments.packed import pack
from cvnotes.experiments.sources import code

FILE = Path(__file__).parents[1] / "widgets" / "who_mixes.npz"
NEVER = -128
A_TENTH = 24  # steps of a byte
TRIED = range(32)  # seeds of the inputs; what is zero for all is never read
SHOWN = 2  # of them, where the slopes differ from one to the next
SOURCES = (
    "attention.cbam",
    "attention.cgnl",
    "attention.cross_layer",
    "attention.non_local",
    "densenet.dense_block",
    "pointwise.channel_mixing",
    "pointwise.mlpconv",
    "pointwise.separable",
    "experiments.cbam_nets",
    "experiments.mixers",
    "experiments.packed",
    "experiments.who_mixes",
)


def jacobian(name: str, seed: int) -> Tensor:
    """All slopes at one input: a row for each output, a column an input.

    The inputs are counted channel by channel and row by row, first of the
    block's own maps, then of the other layer's.

    >>> jacobian("1×1 convolution", seed=0).shape
    torch.Size([100, 100])
    """
    one = mixer(name)
    maps = one.maps(seed)
    slopes = torch.func.jacrev(one, argnums=tuple(range(len(maps))))(*maps)
    return torch.cat([part.flatten(3).flatten(0, 2) for part in slopes], 1)


@cache
def jacobians(name: str) -> Tensor:
    """At every input that is tried: input, output, input's number."""
    return torch.stack([jacobian(name, seed) for seed in TRIED])


def can(name: str) -> Tensor:
    """Whether an output depends on an input, at one input or another.

    >>> can("1×1 convolution").sum(1).unique()
    tensor([4])
    """
    return (jacobians(name) != 0).any(0)


def shown(name: str) -> Tensor:
    """The Jacobians that the page has: one where all are the same."""
    found = jacobians(name)
    same = torch.allclose(found, found[:1].expand_as(found))
    return found[: 1 if same else SHOWN]


def in_bytes(name: str) -> tuple[np.ndarray, float]:
    """The page's Jacobians in bytes, and the size that the byte 127 is."""
    slopes = shown(name).numpy()
    most = float(f"{np.abs(slopes).max():.4g}")
    with np.errstate(divide="ignore"):
        steps = 127 + A_TENTH * np.log10(np.abs(slopes) / most)
    size = np.where(slopes == 0, 0, steps.round().clip(1, 127))
    made = (np.sign(slopes) * size).astype(np.int8)
    made[:, ~can(name).numpy()] = NEVER
    return made, most


def made() -> dict:
    """Everything that the page is given, by name."""
    file = {"_code": np.array(code(SOURCES)), "_names": np.array(NAMES)}
    for name in NAMES:
        one, (slopes, most) = mixer(name), in_bytes(name)
        file[f"_makes {name}"] = one(*one.maps(seed=0)).shape
        file[f"_reads {name}"] = one.reads
        file[f"_most {name}"] = most
        file[f"_inputs {name}"] = len(slopes)
        file[name] = pack(slopes)
    return {name: np.asarray(values) for name, values in file.items()}


if __name__ == "__main__":
    np.savez_compressed(FILE, **made())
    print(f"{FILE.name}: {FILE.stat().st_size / 1e3:.0f} kB")
