"""Move a control as a hand does: drag it, press a key on it, click it."""

VALUE = """(control) => ({
  range: () => +control.value,
  checkbox: () => control.checked,
})[control.type]?.() ?? control.value"""


def shown(control) -> tuple:
    """What a control stands at: a number, a text, or whether it is on.

    And what it says, where its number is only a place on a scale.
    """
    return control.evaluate(VALUE), control.get_attribute("aria-valuetext")


def label(control) -> str:
    """The name of a control: its setting, or a part of one."""
    return control.get_attribute("data-setting")


def drag(control):
    """Take a slider by its thumb and pull it to the other side."""
    control.scroll_into_view_if_needed()
    low, high, now = control.evaluate("(c) => [+c.min, +c.max, +c.value]")
    box = control.bounding_box()
    thumb, y = box["height"], box["y"] + box["height"] / 2

    def x(part):
        # A thumb stays inside the track, so its centre has less way to go.
        return box["x"] + thumb / 2 + part * (box["width"] - thumb)

    part = (now - low) / (high - low)
    mouse = control.page.mouse
    mouse.move(x(part), y)
    mouse.down()
    mouse.move(x(0.2 if part > 0.5 else 0.8), y, steps=4)
    mouse.up()


def choose(control):
    """Go to the next entry of a list by keys; from the last, one back."""
    last = control.evaluate("(c) => c.selectedIndex === c.length - 1")
    control.press("ArrowUp" if last else "ArrowDown")


def click(control):
    """Click what says it: a radio button's own circle may be unseen."""
    control.locator("xpath=ancestor-or-self::label").click()


def movable(control) -> bool:
    """Whether there is something to do: a button that is on stays on."""
    kind = control.evaluate("(control) => control.type")
    is_on = kind == "radio" and control.is_checked()
    return control.is_visible() and control.is_enabled() and not is_on


def move(control):
    """Move a control, whatever it is; return what it then stands at."""
    kind = control.evaluate("(control) => control.type")
    {"range": drag, "select-one": choose}.get(kind, click)(control)
    return shown(control)
