"""A public name, as the reference tells it."""

import re
from dataclasses import dataclass, field

from astroid import nodes

from cv_api.constants import said
from cv_api.modules import Module, home, module
from cv_api.refusals import refusals

LONGEST = 160  # letters of a value that is printed whole
SHAPES = "cvnotes.shapes"
ALIAS = re.compile(r"(cvnotes(?:\.\w+)+)\.(\w+)")


@dataclass
class Entry:
    """What stands below one name; a method is an entry of its class."""

    name: str
    kind: str  # class, function, method, property, data
    where: Module
    lines: tuple[int, int]
    doc: str = ""
    args: list[tuple[str, str, str, str]] | None = None  # * name type value
    returns: str = ""
    value: str = ""
    remark: str = ""
    refused: list[tuple[str, str]] = field(default_factory=list)
    members: list["Entry"] = field(default_factory=list)

    @property
    def shapes(self) -> dict[str, str]:
        """Each alias in its signatures, and the shape that it stands for."""
        typed = " ".join([*(a[2] for a in self.args or []), self.returns])
        told = {a: shape(a, where) for where, a in ALIAS.findall(typed)}
        found = {alias: axes for alias, axes in told.items() if axes}
        for member in self.members:
            found |= member.shapes
        return found


def shape(alias: str, where: str = SHAPES) -> str:
    """The axes that an alias stands for; nothing where it is no shape.

    A block that knows its channels names them: `b in_channels h w`.
    """
    value = module(where).value(alias)
    if not isinstance(value, nodes.Subscript):
        return ""
    axes = getattr(value.slice, "elts", [None, None])[1]
    said = getattr(axes, "value", None)
    if not isinstance(said, str):
        return ""
    return re.sub(r"\{self\.(\w+)\}", r"\1", said)


def entry(name: str, where: Module, own: str) -> Entry:
    """All that is known of a public name whose home is ``where``."""
    item = where.items[own]
    node = where.node.locals[own][0]
    if item["type"] in ("class", "exception"):
        return _class(name, where, own, item, node)
    if item["type"] == "function":
        return _function(name, where, item, node)
    return _data(name, where, item)


def _function(name, where, item, node, kind="function"):
    return Entry(
        name,
        kind,
        where,
        (_first(node), node.tolineno),
        item["doc"],
        [tuple(part or "" for part in arg) for arg in item["args"]],
        item["return_annotation"] or "",
        refused=refusals(where, node),
    )


def _class(name, where, own, item, node):
    return Entry(
        name,
        "class",
        where,
        (_first(node), node.tolineno),
        item["doc"],
        constructor(where, node),
        refused=refusals(where, node),
        members=list(_members(where, own, node)),
    )


def _first(node):
    marks = node.decorators
    return marks.fromlineno if marks else node.fromlineno


def _members(where, own, node):
    for name, item in where.items.items():
        head, _, last = name.rpartition(".")
        if head != own or last.startswith("_") or "inherited" in item:
            continue
        method = node.locals[last][0]
        if item["type"] == "property":
            returns = item["return_annotation"] or ""
            yield Entry(
                last,
                "property",
                where,
                tuple(item["range"]),
                item["doc"],
                returns=returns,
            )
        elif item["type"] == "method" and not _of_traits(method):
            yield _function(last, where, item, method, "method")


def _of_traits(method):
    """Whether it only serves a widget: validates, observes, keeps state."""
    marks = method.decorators.nodes if method.decorators else []
    names = [mark.as_string() for mark in marks]
    inner = ("set_state",)
    return method.name in inner or any("traitlets." in n for n in names)


def constructor(where: Module, node: nodes.ClassDef):
    """What a class is made from: of its own, its fields, or its parent."""
    own = where.items.get(f"{_within(where, node)}.__init__")
    if own and not _is_widget(where, node):
        return [tuple(part or "" for part in arg) for arg in own["args"]]
    above = [_parent(where, base) for base in node.bases]
    inherited = [
        arg for found in above if found for arg in constructor(*found)
    ]
    if _is_widget(where, node):
        own = list(_traits(where, node))
    elif _has_fields(where, node):
        own = list(_fields(where, node))
    else:
        return inherited
    names = {arg[1] for arg in own}
    both = [arg for arg in inherited if arg[1] not in names] + own
    return _starred(where, node, both) if _is_widget(where, node) else both


def _starred(where, node, args):
    """With the star, where a widget's own constructor has one."""
    own = where.items.get(f"{_within(where, node)}.__init__", {"args": []})
    stars = [(star, name) for star, name, *_ in own["args"]]
    if ("*", None) not in stars:
        return args
    _, first = stars[stars.index(("*", None)) + 1]
    place = [name for _, name, *_ in args].index(first)
    return [*args[:place], ("*", "", "", ""), *args[place:]]


def _parent(where, base):
    if not isinstance(base, nodes.Name):
        return None
    found = home(where.name, base.name)
    return found and (found[0], found[0].node.locals[found[1]][0])


def _is_widget(where, node):
    above = (_parent(where, base) for base in node.bases)
    return node.name == "Widget" or any(
        _is_widget(*found) for found in above if found
    )


def _has_fields(where, node):
    marks = node.decorators.nodes if node.decorators else []
    bases = [base.as_string() for base in node.bases]
    made = any("dataclass" in mark.as_string() for mark in marks)
    return made or "NamedTuple" in bases


def _within(where, node):
    return node.qname()[len(where.name) + 1 :]


def _fields(where, node):
    for line in node.body:
        if isinstance(line, nodes.AnnAssign):
            if "ClassVar" in line.annotation.as_string():
                continue
            name = line.target.name
            item = where.items[f"{_within(where, node)}.{name}"]
            value = line.value.as_string() if line.value else ""
            yield "", name, item["annotation"], value


def _traits(where, node):
    for line in node.body:
        if not isinstance(line, nodes.Assign):
            continue
        name, trait = line.targets[0].name, line.value
        # What stands behind, as in .tag(sync=True), is not part of it.
        while isinstance(trait, nodes.Call) and isinstance(
            trait.func, nodes.Attribute
        ):
            if trait.func.expr.as_string() == "traitlets":
                if not name.startswith("_"):
                    yield "", name, *_setting(where, trait)
                break
            trait = trait.func.expr


def _setting(where, trait):
    """The kind of a trait with its bounds, and what it starts from."""
    kind = trait.func.attrname
    options = {word.arg: said(where, word.value) for word in trait.keywords}
    if options.get("min") and options.get("max"):
        kind += f" from {options['min']} to {options['max']}"
    args = [said(where, arg) for arg in trait.args]
    if kind == "Enum" and len(args) == 2 and args[0]:
        kind += f" of {args[0]}"
    inside = kind in ("Instance", "Union", "List", "Dict")
    start = args[-1] if args and not inside else ""
    return kind, options.get("default_value", start)


def _data(name, where, item):
    node = where.value(item["full_name"].rpartition(".")[2])
    return Entry(
        name,
        "data",
        where,
        (node.parent.fromlineno, node.parent.tolineno),
        item["doc"],
        value=held(node),
        remark=where.comment(node.parent.fromlineno),
    )


def held(node: nodes.NodeNG) -> str:
    """A value as code; of a long one, what it holds."""
    code = node.as_string()
    if len(code) <= LONGEST:
        return code
    if isinstance(node, nodes.Call):
        parts = [f"{word.arg}: {_many(word.value)}" for word in node.keywords]
        return f"{node.func.as_string()} with " + ", ".join(parts)
    if isinstance(node, nodes.Dict):
        keys = ", ".join(key.as_string() for key, _ in node.items)
        return f"a dictionary with the keys {keys}"
    return _many(node)


def _many(node):
    if isinstance(node, nodes.Tuple | nodes.List):
        one = node.elts[0]
        kind = "row" if isinstance(one, nodes.Call) else "item"
        count = len(node.elts)
        return f"{count} {kind}{'s' * (count != 1)}"
    made = {call.func.as_string() for call in node.nodes_of_class(nodes.Call)}
    rows = sorted(name for name in made if name.endswith("Row"))
    return f"rows of {rows[0]}" if rows else node.as_string()
