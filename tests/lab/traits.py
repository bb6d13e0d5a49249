"""Which trait a control moves, and what a trait may be set to."""

# All settings of a widget, with their values.
ALL = "{{name: getattr({0}, name) for name in {0}.settings()}}"
# The settings that can be tried out: numbers, one of a few, on or off.
TRIED = """{{
  name: {0}._bounds.get(name, {{"values": [False, True]}})
  for name in {0}.settings()
  if name in {0}._bounds or isinstance(getattr({0}, name), bool)
}}"""


def trait_of(name, settings) -> str | None:
    """The setting that a control names: 'blocks-2' is one of 'blocks'.

    None where it names none, as a button that turns off a layer does not.
    """
    fits = [s for s in settings if name == s or name.startswith(f"{s}-")]
    return max(fits, key=len, default=None)


def follows(now, before, trait, shown) -> bool:
    """Whether the kernel has what a control shows, and had it not before."""
    if trait is None:
        return now != before
    value = now[trait]
    values = value if isinstance(value, list) else [value]
    is_there = any(v in shown or str(v) in shown for v in values)
    return is_there and value != before[trait]


def other(value, bound):
    """A legal value beside this one; far away, where each could be had."""
    if isinstance(value, list):
        return [other(value[0], bound), *value[1:]]
    if "values" in bound:
        return bound["values"][bound["values"].index(value) - 1]
    reach = (bound["max"] - bound["min"]) / 4
    step = bound["step"] if bound["whole"] else reach
    return value + step if value + step <= bound["max"] else value - step
