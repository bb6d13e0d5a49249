"""The package as it is written: its modules are read, and never imported."""

import ast
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from astroid import nodes
from astroid.builder import AstroidBuilder
from astroid.manager import AstroidManager
from autodoc2.analysis import State, walk_node

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Module:
    """A module's syntax tree, its text, and what autodoc2 says of it."""

    name: str
    path: Path
    node: nodes.Module

    @cached_property
    def items(self) -> dict[str, dict]:
        """What it defines, by its name within the module."""
        found = walk_node(self.node, State(self.name.split(".")[0], [], None))
        return {
            item["full_name"][len(self.name) + 1 :]: item for item in found
        }

    @cached_property
    def lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines()

    @property
    def doc(self) -> str:
        return self.items[""]["doc"]

    @property
    def file(self) -> str:
        """Its path, as the repository has it."""
        return self.path.relative_to(ROOT).as_posix()

    def code(self, first: int, last: int) -> str:
        return "\n".join(self.lines[first - 1 : last])

    def value(self, name: str) -> nodes.NodeNG | None:
        """What a name is set to at the top of the module."""
        for node in self.node.locals.get(name, []):
            if isinstance(node.parent, nodes.Assign | nodes.AnnAssign):
                return node.parent.value
        return None

    def literal(self, name: str):
        """The same as Python's own value; None where it is computed."""
        value = self.value(name)
        try:
            return value and ast.literal_eval(value.as_string())
        except ValueError:
            return None

    def comment(self, line: int) -> str:
        """The remark at the end of a line, or those above it."""
        text = self.lines[line - 1]
        if found := re.search(r"  # (.*)$", text):
            return found[1]
        above = line - 2
        while above >= 0 and self.lines[above].startswith("# "):
            above -= 1
        remarks = self.lines[above + 1 : line - 1]
        return " ".join(remark[2:] for remark in remarks)


class Builder(AstroidBuilder):
    """Reads what is written, and follows nothing into other packages."""

    def delayed_assattr(self, node):
        pass

    def add_from_names_to_locals(self, node):
        super().add_from_names_to_locals(node)
        if not node.modname.startswith("cvnotes"):
            AstroidManager().module_denylist.add(node.modname)


@cache
def module(name: str) -> Module:
    """A module by its full name, read once."""
    path = ROOT.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    tree = Builder(apply_transforms=False).file_build(str(path), name)
    for other in tree.nodes_of_class(nodes.Import):
        for own, _ in other.names:
            AstroidManager().module_denylist.add(own)
    return Module(name, path, tree)


def home(where: str, name: str) -> tuple[Module, str] | None:
    """The module in which a name that stands in ``where`` is defined."""
    here = module(where)
    found = here.node.locals.get(name)
    if not found:
        return None
    first = found[0]
    if not isinstance(first, nodes.ImportFrom):
        return here, name
    if not first.modname.startswith("cvnotes"):
        return None
    return home(first.modname, first.real_name(name))


def public(part: str) -> dict[str, tuple[Module, str]]:
    """The public names of a part, each with its home, in their order there.

    They stand in ``__all__``; or, where names are imported late, in the table
    of their homes; or are all names of a lone module.
    """
    package = module(f"cvnotes.{part}")
    if late := package.literal("_HOMES"):
        homes = {
            name: (module(f"cvnotes.{part}.{stem}"), name)
            for name, stem in late.items()
        }
    else:
        names = package.literal("__all__") or [
            name
            for name in package.items
            if name and "." not in name and not name.startswith("_")
        ]
        homes = {name: home(package.name, name) for name in names}
    lost = [name for name, found in homes.items() if found is None]
    if lost:
        raise LookupError(f"{package.name}: nothing defines {lost}")
    return dict(sorted(homes.items(), key=_place))


def _place(pair):
    _, (where, name) = pair
    return where.name, where.node.locals[name][0].lineno


def experiments() -> list[str]:
    """The names of the mini experiments."""
    return list(module("cvnotes.experiments").literal("NAMES"))
