"""What every widget shares: one script, strict settings, a repr to paste."""

from difflib import get_close_matches
from pathlib import Path

import anywidget
import traitlets

from cvnotes import palette

_HERE = Path(__file__).parent


def script(module_file: str) -> str:
    """The kit's script and the widget's own, joined into one module.

    A long one has parts, as ``inside.net.js``; they stand before the rest.
    """
    own = Path(module_file).with_suffix(".js")
    parts = sorted(own.parent.glob(f"{own.stem}.*.js"))
    files = (_HERE / "kit.js", *parts, own)
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def style(module_file: str) -> str:
    """The palette as CSS variables, the kit's look and the widget's own."""
    own = Path(module_file).with_suffix(".css")
    sheets = [_HERE / "kit.css", *([own] if own.exists() else [])]
    texts = (sheet.read_text(encoding="utf-8") for sheet in sheets)
    return palette.css() + "\n".join(texts)


class Widget(anywidget.AnyWidget):
    """A picture whose settings are traits: Python and the page both move it.

    Settings are the public traits of a subclass, in the order in which it
    lists them. A setting it does not have is refused with the nearest one.
    The repr shows those that were given, or that are not the default.
    """

    # ipywidgets 7 (Colab) would cut the text at 110 characters on this way.
    _ipython_display_ = None

    _bounds = traitlets.Dict().tag(sync=True)
    _start = traitlets.Dict().tag(sync=True)

    def __init__(self, **settings):
        known = type(self).settings()
        for name in settings:
            if name not in known and name not in ("layout", "tooltip"):
                raise TypeError(_no_setting(type(self).__name__, name, known))
        self._given = set(settings)
        super().__init__(**settings)
        self._bounds = {n: b for n in known if (b := _bounds(self, n))}
        self._start = {n: getattr(self, n) for n in known}

    @classmethod
    def settings(cls) -> list[str]:
        """The names of the widget's settings, as the class lists them."""
        return [
            name
            for base in reversed(cls.__mro__)
            if issubclass(base, Widget) and base is not Widget
            for name, value in vars(base).items()
            if isinstance(value, traitlets.TraitType) and name[0] != "_"
        ]

    def __repr__(self):
        pairs = (
            f"{name}={getattr(self, name)!r}"
            for name in type(self).settings()
            if name in self._given or self._moved(name)
        )
        return f"{type(self).__name__}({', '.join(pairs)})"

    def _moved(self, name):
        return getattr(self, name) != self.trait_defaults(name)

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data:
            data["text/plain"] = repr(self)
        return bundle


def _bounds(widget, name):
    """What a page must hold a setting to, read off its trait.

    Numbers have ``min``, ``max``, ``step`` and ``whole``, for a tuple each
    of its items; one of a few has its ``values``.
    """
    trait = widget.traits()[name]
    own = trait.metadata
    values = own.get("values", getattr(trait, "values", None))
    if values is not None:
        return {"values": list(values)}
    low, high = (
        own.get(side, getattr(trait, side, None)) for side in ("min", "max")
    )
    if low is None or high is None:
        return None
    whole = not isinstance(trait, traitlets.Float)
    held = {"min": low, "max": high, "step": own.get("step", 1)}
    return {**held, "whole": whole, "most": own.get("most")}


def _no_setting(widget, name, known):
    near = get_close_matches(name, known, 1, 0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return (
        f"{widget} has no setting {name!r}; {hint}It has {', '.join(known)}"
    )
