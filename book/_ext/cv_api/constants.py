"""What a constant of the package holds, where its source says it."""

from astroid import nodes

from cv_api.modules import Module, home, module

PLAIN = {"len": len, "list": list, "max": max, "min": min, "tuple": tuple}


class Unsaid(Exception):
    """It is computed, or read from a file: the source does not say it."""


class _Names(dict):
    """The names of a module, each worked out when it is asked for."""

    def __init__(self, where: Module):
        super().__init__(PLAIN)
        self.where = where

    def __missing__(self, name):
        found = home(self.where.name, name)
        if found is None:
            raise Unsaid(name)
        where, own = found
        value = where.value(own)
        if value is None:
            raise Unsaid(name)
        if isinstance(value, nodes.Dict):
            # Its keys are enough, and its values are often built.
            keys = [worked_out(where, key) for key, _ in value.items]
            self[name] = dict.fromkeys(keys)
        else:
            self[name] = worked_out(where, value)
        return self[name]


def worked_out(where: Module, node: nodes.NodeNG):
    """The value of an expression of constants."""
    whole = node.as_string()
    if isinstance(node, nodes.Attribute):
        # A name of another part, as in `pictures.NAMES`.
        part, _, name = whole.partition(".")
        try:
            return _Names(module(f"cvnotes.{part}"))[name]
        except (OSError, Unsaid):
            raise Unsaid(whole) from None
    try:
        return eval(whole, {"__builtins__": {}}, _Names(where))
    except Exception:
        raise Unsaid(whole) from None


def said(where: Module, node: nodes.NodeNG) -> str:
    """A value as code; nothing where the source does not say it."""
    try:
        return repr(worked_out(where, node))
    except Unsaid:
        return ""
