"""What a function or class refuses: read off its ``raise`` statements.

A check that stands in a function of its own is followed there. So is a call
that passes an argument on, for what is said of that argument.
"""

import re
from functools import cache

from astroid import nodes

from cv_api.modules import Module, home

HOLE = "…"
NAMES = "\0"  # where a check of **counts puts the names that it is given


def refusals(where: Module, node) -> list[tuple[str, str]]:
    """Each error's type and sentence, in the order of the checks.

    What is said in the same words of several arguments is said once.
    """
    found = {}
    for kind, said in _raised(where, node):
        about, rest = _about(said)
        found.setdefault((kind, rest), []).extend(about)
    return [
        (kind, _listed([*dict.fromkeys(about)]) + rest if about else rest)
        for (kind, rest), about in found.items()
    ]


@cache
def _raised(where, node, depth=4):
    found = []
    for inner in node.nodes_of_class((nodes.Raise, nodes.Call)):
        if isinstance(inner, nodes.Call):
            if depth and (called := _called(where, inner)):
                found += _passed_on(inner, called, depth)
        elif isinstance(inner.exc, nodes.Call):
            kind = inner.exc.func.as_string().split(".")[-1]
            found.append((kind, sentence(inner.exc)))
    return found


def _passed_on(call, called, depth):
    """What a called check says, or what is said of an argument of ours."""
    names = _spread(call)
    ours = _arguments(call.frame())
    given = [*call.args, *(word.value for word in call.keywords)]
    passed = ours & {node.name for node in given if type(node) is nodes.Name}
    for kind, said in _raised(*called, depth - 1):
        said = said.replace(NAMES, names)
        about, rest = _about(said)
        if _is_check(called[1]):
            theirs = _arguments(called[1])
            kept = [n for n in about if n in ours or n not in theirs]
        else:
            kept = [name for name in about if name in passed]
        if kept:
            yield kind, _listed(kept) + rest
        elif not about and _is_check(called[1]):
            yield kind, said


def _about(said):
    """The arguments that a sentence begins with, and how it goes on."""
    found = re.match(rf"([\w, {HOLE}\[\]]+)(?==)", said)
    if not found:
        return [], said.replace(f"{NAMES}={HOLE}", HOLE).replace(NAMES, HOLE)
    return re.split(", | or ", found[1]), said[found.end() :]


def _called(where, call):
    """The function or class of the package that a call means."""
    if isinstance(call.func, nodes.Name):
        if found := home(where.name, call.func.name):
            module, name = found
            node = module.node.locals[name][0]
            if isinstance(node, nodes.ClassDef):
                node = node.locals.get("__init__", [None])[0]
            if isinstance(node, nodes.FunctionDef):
                return module, node
    elif isinstance(call.func, nodes.Attribute):
        around = call.scope()
        while around and not isinstance(around, nodes.ClassDef):
            around = around.parent and around.parent.scope()
        if around and call.func.expr.as_string() == "self":
            method = around.locals.get(call.func.attrname, [None])[0]
            if isinstance(method, nodes.FunctionDef):
                return where, method
    return None


def _is_check(node):
    doc = node.doc_node.value if node.doc_node else ""
    return doc.startswith("Refuse") or node.name.startswith(
        ("refuse", "_refuse")
    )


def _arguments(frame):
    if not isinstance(frame, nodes.FunctionDef):
        return set()
    given = frame.args
    both = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return {arg.name for arg in both}


def _spread(call):
    """The names of the values that a call gives to ``**counts``."""
    names = []
    for word in call.keywords:
        if word.arg:
            names.append(word.arg)
        elif isinstance(word.value, nodes.DictComp):
            names.append(_text(word.value.key))
        elif isinstance(word.value, nodes.Name):
            names.append(NAMES)  # our own **counts, handed on
    return _listed(names or [NAMES])


def _listed(names):
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def sentence(call) -> str:
    """What the error says, with a gap where it names a value."""
    return _text(call.args[0]) if call.args else ""


def _text(said):
    if isinstance(said, nodes.Const):
        return str(said.value)
    if not isinstance(said, nodes.JoinedStr):
        return ""
    parts = []
    for part in said.values:
        if isinstance(part, nodes.Const):
            parts.append(str(part.value))
        else:
            inner = part.value.as_string()
            spread = inner == "name" and said.scope().args.kwarg
            parts.append(NAMES if spread else _joined(part.value) or HOLE)
    return "".join(parts)


def _joined(said):
    """What ``" or ".join(NAMES)`` says, where NAMES stands in a module."""
    func = getattr(said, "func", None)
    if getattr(func, "attrname", "") != "join":
        return ""
    inside = {name.name for name in said.args[0].nodes_of_class(nodes.Name)}
    for name in sorted(inside):
        found = home(said.root().name, name)
        if words := found and found[0].literal(found[1]):
            shown = map(repr, words) if "repr" in inside else words
            return func.expr.value.join(shown)
    return ""
