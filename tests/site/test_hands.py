"""Keys that come faster than the screen's frames are all heard."""

import pytest
from browser import two_frames

# The chapter, the widget, and the part of it that takes the arrow keys.
STAGES = {
    "class_maps": ("pointwise/mlpconv", ".cv-class-maps", ".cv-stage"),
    "mlpconv": ("pointwise/mlpconv", ".cv-mlpconv", "canvas[tabindex]"),
    "non_local": (
        "attention/non_local",
        ".cv-non_local",
        "[role=application]",
    ),
    "cross_layer": (
        "attention/cross_layer",
        ".cv-cross_layer-root",
        ".cv-cross_layer-a",
    ),
    "comparison": (
        "attention/comparison",
        ".cv-comparison",
        ".cv-comparison-stage",
    ),
    "inside": ("densenet/inside", ".cv-inside", ".cv-pad"),
    "who_mixes": ("who_mixes", ".cv-who", "svg[role=application]"),
}
KEYS = ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight")


def told(page, widget):
    """All that is said, to the eye and to a screen reader."""
    two_frames(page)
    return widget.evaluate(
        """(widget) => [widget.innerText, ...Array.from(
          widget.querySelectorAll("[aria-label]"),
          (node) => node.getAttribute("aria-label"))]"""
    )


@pytest.mark.parametrize("name", STAGES)
def test_keys_within_one_frame_lead_as_far_as_slow_ones(in_sight, page, name):
    chapter, root, stage = STAGES[name]
    widget = in_sight(f"notebooks/{chapter}.html", root)
    start = told(page, widget)
    for key in KEYS:
        widget.locator(stage).first.press(key)
        two_frames(page)
    slow = told(page, widget)
    assert slow != start

    widget = in_sight(f"notebooks/{chapter}.html", root)
    assert told(page, widget) == start
    widget.locator(stage).first.evaluate(
        """(stage, keys) => {
          stage.focus();
          for (const key of keys) {
            stage.dispatchEvent(new KeyboardEvent("keydown",
              { key, bubbles: true, cancelable: true }));
          }
        }""",
        KEYS,
    )
    assert told(page, widget) == slow
    assert not page.errors
