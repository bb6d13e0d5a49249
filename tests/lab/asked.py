"""What the notebook of the tests shows: each widget, twice.

One is moved in the page and the other in the kernel, so that neither test
finds what the other has left.
"""

from cvnotes import widgets

# Numbers that differ, so that each setting has something to move.
POINTS = """[
    {"design": design, "k": k, "params": (i + 2) * 1000 * k,
     "accuracy": [70 + k + i, 69 + k + i, 71 + k + i],
     "seeds": [69.5 + k + i, 70.5 + k + i], "ahead": [i, i - 1, i + 1]}
    for i, design in enumerate(["dense", "residual", "plain"])
    for k in (4, 8, 12)
]"""
PAIRS = """[
    {"block": 1, "reader": reader, "source": source, "maps": 12,
     "start": 0.2, "weight": 0.1 * reader, "worth": 0.5 * source + reader}
    for reader in (1, 2, 3) for source in range(reader)
]"""
# How those are made that cannot be made without arguments.
ARGUMENTS = {
    "CGNLCost": "height=1, channels=12, groups=1",
    "FeatureReuse": f"pairs={PAIRS}",
    "Predict": "'How many?', answer=40, slips={52: 'Its own maps too.'}",
    "SeparableCost": "inputs=8, outputs=8, groups=1",
    "TradeOff": POINTS,
}
# Settings that move the picture only where another stands at a value.
NEEDS = {
    ("CBAMExplorer", "seed"): {"weights": "random"},
    ("CrossLayerExplorer", "responses"): {"show": "responses"},
}
# No setting of theirs moves the picture; each has a test of its own.
STILL = {"Predict"}
USES = ("page", "kernel")
CELLS = [(name, use) for name in widgets.__all__ for use in USES]


def variable(name: str, use: str) -> str:
    return f"{name}_{use}"


def source(name: str, use: str) -> str:
    """The cell that makes a widget and shows it."""
    made = f"{variable(name, use)} = {name}({ARGUMENTS.get(name, '')})"
    shown = variable(name, use)
    return f"from cvnotes.widgets import {name}\n{made}\n{shown}"
