"""Runs an experiment: presets, seeds, folders, and what it was made with."""

import platform
import re
from dataclasses import asdict, dataclass, fields, replace
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import monotonic, process_time

import torch

from cvnotes.digest import digest
from cvnotes.experiments.result import Result
from cvnotes.experiments.training import Training
from cvnotes.train import Machine, NotFinite, Run, fit

PRESETS = {"quick": "QUICK", "full": "FULL"}


@dataclass(frozen=True)
class Lab:
    """Where an experiment trains its nets."""

    device: str = "auto"
    out: Path | None = None
    resume: bool = False
    shown: bool = True

    def train(self, label, build, settings, seed, **options) -> Run:
        """One net, in a folder of its own; a finished one is read again."""
        name = f"{label}, seed {seed}"
        folder = re.sub(r"[^\w.]+", "-", name)
        try:
            return fit(
                build,
                *settings.pictures(seed),
                settings.recipe(),
                seed=seed,
                machine=settings.machine(self.device),
                label=name,
                out=self.out and self.out / folder,
                resume=self.resume,
                shown=self.shown,
                **options,
            )
        except NotFinite as reason:
            raise NotFinite(f"{name}: {reason}") from None


def settings_of(module, preset: str, changes: dict):
    """A preset with these changes; what it does not have is refused.

    So is one that the settings' ``INSTEAD`` names: what all experiments have
    and this one makes of another.
    """
    if preset not in PRESETS:
        raise ValueError(
            f"preset={preset!r} is unknown; use {' or '.join(PRESETS)}"
        )
    settings = getattr(module, PRESETS[preset])
    instead = getattr(settings, "INSTEAD", {})
    known = [f.name for f in fields(settings)]
    for name, value in changes.items():
        if name in instead and value != getattr(settings, name):
            raise ValueError(
                f"{name}={value} is used by no net of this experiment; "
                f"set {instead[name]} instead"
            )
        if name not in known:
            near = get_close_matches(name, known, 3, 0.4) or known
            raise ValueError(
                f"{name!r} is no setting of {module.__name__.split('.')[-1]}"
                f"; near it: {', '.join(near)}"
            )
    return replace(settings, **changes)


def conduct(
    name: str,
    preset: str = "quick",
    device: str = "auto",
    seeds: int | None = None,
    out: Path | str | None = None,
    resume: bool = False,
    shown: bool = True,
    **changes,
) -> Result:
    """Measure, judge, and say what it was made with.

    ``seeds`` is how many: 0, 1, 2 … For the rest see ``cvnotes.train``;
    further arguments change the preset's settings. Where a run was resumed,
    the ``seconds`` are those of the last stretch.
    """
    module = import_module(f"cvnotes.experiments.{name}")
    settings = settings_of(module, preset, changes)
    chosen = list(range(module.SEEDS if seeds is None else seeds))
    if len(chosen) < 2:
        raise ValueError(
            f"seeds={seeds} gives no interval; use 2 or more, better 5"
        )
    lab = Lab(device, out and Path(out), resume, shown)
    if isinstance(settings, Training):
        with settings.machine(device).first_alone():
            settings.pictures(chosen[0])
    start, worked = monotonic(), process_time()
    rows = [
        row for seed in chosen for row in module.measure(settings, seed, lab)
    ]
    return Result(
        name=name,
        claim=module.CLAIM,
        rows=rows,
        settings={"preset": preset, **plain(asdict(settings))},
        seeds=chosen,
        made={
            **_made(device),
            "code": digest(module.__name__),
            "resumed": resume,
            "seconds": round(monotonic() - start),
            "processor_seconds": round(process_time() - worked),
        },
    )


def plain(settings: dict) -> dict:
    """The same, as JSON has it."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in settings.items()
    }


def _made(device):
    on = Machine(device).accelerator()
    place = on.device.type
    if place == "cuda":
        place += f", {torch.cuda.get_device_name(on.device)}"
    packages = ("torch", "accelerate", "numpy", "scikit-learn")
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in packages},
        "device": place,
        "processes": on.num_processes,
        "threads": torch.get_num_threads(),
        "machine": platform.machine(),
        "cpu": _cpu(),
    }


def _cpu():
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    found = re.search(r"model name\s*:\s*(.+)", text)
    return found[1] if found else platform.processor()
