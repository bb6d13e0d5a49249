"""Whether code has changed: a digest of what it says, not of how it looks.

Of a source only the syntax tree counts, so a comment changes nothing. The
records of the experiments and the book's notebooks are held to it.
"""

import ast
import hashlib
from pathlib import Path

_ROOT = Path(__file__).parents[1]
# A record holds what was measured; its figure is drawn anew each time.
_DRAWS = "cvnotes.plots"


def file_of(module: str) -> Path:
    """The file of a module of the package."""
    path = _ROOT.joinpath(*module.split("."))
    package = path / "__init__.py"
    return package if package.exists() else path.with_suffix(".py")


def tree(code: str) -> str:
    """What a source says: the same text on every Python.

    >>> tree("x = 1  # one") == tree("x=1"), tree("x = 1") == tree("x = 2")
    (True, False)
    """
    return repr(_tree(ast.parse(code)))


def reached(module: str) -> list[str]:
    """A module and all modules of the package that it imports, sorted.

    Those that only draw are left out, and what they alone import.
    """
    found, waiting = set(), [module]
    while waiting:
        name = waiting.pop()
        if name in found or f"{name}.".startswith(f"{_DRAWS}."):
            continue
        found.add(name)
        waiting += _imports(file_of(name).read_text(encoding="utf-8"))
    return sorted(found)


def digest(module: str) -> str:
    """One short text for a module and everything that it runs on."""
    total = hashlib.sha256()
    for name in reached(module):
        code = file_of(name).read_text(encoding="utf-8")
        total.update(f"{name}{tree(code)}".encode())
    return total.hexdigest()[:16]


def _imports(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
            names += [f"{node.module}.{a.name}" for a in node.names]
        else:
            continue
        for name in names:
            if name.startswith("cvnotes.") and file_of(name).exists():
                yield name


def _tree(node):
    # Not ast.dump: what it prints differs from one Python to the next.
    if isinstance(node, list):
        return [_tree(item) for item in node]
    if not isinstance(node, ast.AST):
        return node
    fields = ((n, v) for n, v in ast.iter_fields(node) if v not in (None, []))
    if isinstance(node, ast.JoinedStr):
        # Python 3.12 ends a format such as {x:>{w}} with an empty text.
        kept = [v for v in node.values if getattr(v, "value", None) != ""]
        fields = [("values", kept)]
    return [type(node).__name__, *((name, _tree(v)) for name, v in fields)]
