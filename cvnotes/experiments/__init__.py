"""The claims of the notes, tried: one small experiment a file.

Each has ``run(preset="quick" | "full", …) -> Result`` and ``recorded()``,
the result that the book shows. On the command line:

    python -m cvnotes list
    python -m cvnotes run growth_rate
"""

from importlib import import_module

NAMES = (
    "channel_xor",
    "class_maps",
    "gap_vs_fc",
    "growth_rate",
    "gradient_flow",
    "feature_reuse",
    "regularisation",
    "concat_memory",
    "inside",
    "inception_reduction",
    "separable_tradeoff",
    "query_dependence",
    "cbam_ablation",
    "cross_layer_or_same",
    "attention_insertion",
    "long_range",
)


def __getattr__(name):
    if name in NAMES:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(
        f"cvnotes.experiments has no {name!r}; it has {', '.join(NAMES)}"
    )


def __dir__():
    return sorted([*globals(), *NAMES])
