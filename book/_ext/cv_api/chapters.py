"""Which chapter a public name belongs to: said here, and nowhere else.

A module and a chapter of one stem belong together. Where a name's module has
no such chapter, the chapters that use it are meant; where none does, those of
the rest of its module; then those of the whole part; and last, the page on
notation, which is where the axis letters belong.
"""

import ast
import json
from functools import cache
from pathlib import Path

import yaml

from cv_api.modules import ROOT, experiments, public

FOLDER, LAST = "notebooks/", "book/notation"


def files(root: Path = ROOT) -> list[str]:
    """All pages of the book in reading order, as Sphinx names them."""
    contents = yaml.safe_load((root / "_toc.yml").read_text(encoding="utf-8"))
    return list(_files(contents))


def pages(root: Path = ROOT) -> list[str]:
    """Those that are chapters."""
    return [page for page in files(root) if page.startswith(FOLDER)]


def _files(contents):
    if isinstance(contents, dict):
        if "file" in contents:
            yield contents["file"]
        for inner in contents.values():
            yield from _files(inner)
    elif isinstance(contents, list):
        for inner in contents:
            yield from _files(inner)


def cells(page: str, root: Path = ROOT) -> list[str]:
    """The code of a chapter's cells, without lines for the notebook alone."""
    path = root / f"{page}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    codes = (
        "".join(cell["source"])
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    )
    return [
        "\n".join(
            line
            for line in code.splitlines()
            if not line.lstrip().startswith(("%", "!"))
        )
        for code in codes
    ]


def named(codes: list[str]) -> set[str]:
    """Every dotted name of the package that these cells use.

    >>> sorted(named(["from cvnotes import cost as c", "c.cbam(8)"]))
    ['cvnotes.cost', 'cvnotes.cost.cbam']
    """
    bound, found = {"cvnotes": "cvnotes"}, set()
    nodes = [node for code in codes for node in ast.walk(ast.parse(code))]
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                bound[alias.asname or alias.name] = full
                found.add(full)
    for node in nodes:
        if isinstance(node, ast.Attribute | ast.Name):
            head, *rest = _dotted(node)
            found.add(".".join([bound.get(head, ""), *rest]))
    return {name for name in found if name.startswith("cvnotes.")}


def _dotted(node):
    """The names of a chain such as ``a.b.c``; of others, none to look up."""
    if isinstance(node, ast.Attribute):
        return [*_dotted(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else [""]


@cache
def homes(part: str) -> dict[str, str]:
    """The public names of a part, and each one's module."""
    if part == "experiments":
        return {name: f"cvnotes.experiments.{name}" for name in experiments()}
    return {name: where.name for name, (where, _) in public(part).items()}


def uses(codes: list[str], parts) -> set[tuple[str, str]]:
    """The public names that cells use: (part, name)."""
    said = named(codes)
    return {
        (part, name)
        for part in parts
        for name, where in homes(part).items()
        if f"cvnotes.{part}.{name}" in said or f"{where}.{name}" in said
    }


class Belonging:
    """The chapters of every name, and the names of every chapter."""

    def __init__(self, parts, root: Path = ROOT):
        self.parts = parts
        self.pages = pages(root)
        self.uses = {p: uses(cells(p, root), parts) for p in self.pages}

    def chapters(self, part: str, name: str) -> list[str]:
        """Of one name, in reading order; that of its stem in front."""
        near = homes(part)
        return (
            self.own(part, name)
            or self._using({(part, n) for n in near if near[n] == near[name]})
            or self._using({(part, n) for n in near})
            or [LAST]
        )

    def own(self, part: str, name: str) -> list[str]:
        """Those that use it or have its stem; none, where it is only near."""
        stem = homes(part)[name].rpartition(".")[2]
        own = [page for page in self.pages if page.endswith(f"/{stem}")]
        return list(dict.fromkeys(own + self._using({(part, name)})))

    def modules(self, part: str) -> dict[str, list[str]]:
        """A part's modules with their names, as the chapters come to them."""
        found = {}
        for name, where in homes(part).items():
            found.setdefault(where, []).append(name)
        turns = sorted(found.items(), key=lambda own: self._turn(part, own))
        return dict(turns)

    def _turn(self, part, own):
        where, names = own
        order, stem = [*self.pages, LAST], where.rpartition(".")[2]
        first = min(order.index(self.chapters(part, n)[0]) for n in names)
        return first, not order[first].endswith(f"/{stem}"), where

    def _using(self, names):
        return [page for page in self.pages if self.uses[page] & names]

    def names(self, page: str) -> list[tuple[str, str]]:
        """Of one chapter; without what more than half of all chapters use."""
        stem = page.rpartition("/")[2]
        stems = {
            (part, name)
            for part in self.parts
            for name, where in homes(part).items()
            if where.endswith(f".{stem}") and part in page.split("/")
        }
        mostly = [
            pair
            for pair in self.uses.get(page, set()) | stems
            if 2 * len(self._using({pair})) <= len(self.pages)
        ]
        return sorted(mostly, key=lambda own: (self.parts.index(own[0]), own))
