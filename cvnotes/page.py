"""Shows tested code on the page: what the reader reads is what runs."""

import inspect

# The modules a notebook has printed: their every letter counts as its own.
SHOWN: set[str] = set()


class Source:
    """A piece of source code, drawn with highlighting where that is known."""

    def __init__(self, name: str, code: str):
        self.name = name
        self.code = code

    def _repr_markdown_(self):
        return f"```python\n# {self.name}\n{self.code}```"

    def __repr__(self):
        return f"# {self.name}\n{self.code}"


def source(thing) -> Source:
    """The source of a class, a function or a module, as it was tested.

    >>> from cvnotes import cost
    >>> source(cost.connections).name
    'cvnotes/cost/channels.py'
    >>> source(32)
    Traceback (most recent call last):
    TypeError: 32 has no source; give a class, a function or a module
    """
    module = inspect.getmodule(thing)
    if module is None:
        raise TypeError(
            f"{thing!r} has no source; give a class, a function or a module"
        )
    SHOWN.add(module.__name__)
    where = module.__name__.replace(".", "/") + ".py"
    return Source(where, inspect.getsource(thing))
