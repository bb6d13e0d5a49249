"""Who may import whom: the design's table, held to the source."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cvnotes"

TORCH = {"torch", "jaxtyping"}
FRONT = {"anywidget", "traitlets", "numpy"}
FLOOR = {"cost", "shapes"}
LEARNING = {"train", "data", "baselines"}
IDEAS = ["pointwise", "attention", "densenet"]  # in reading order

# part: (packages from outside, parts of cvnotes); itself is allowed.
MAY_IMPORT = {
    "__init__": (set(), set()),
    "cost": (set(), set()),
    "papers": (set(), set()),
    "shapes": (TORCH, set()),
    "pictures": ({"numpy"}, set()),
    "palette": (set(), set()),
    "plots": ({"matplotlib", "numpy"}, {"palette", "pictures", "cost"}),
    "digest": (set(), set()),
    "page": ({"IPython"}, set()),
    "widgets": (FRONT, {"cost", "papers", "pictures", "palette"}),
    "data": (
        TORCH | {"numpy", "torchvision", "sklearn", "PIL"},
        {*FLOOR, "pictures"},
    ),
    "baselines": (TORCH, FLOOR),
    "train": (TORCH | {"numpy", "accelerate", "tqdm"}, {*FLOOR, "data"}),
    "experiments": (
        TORCH | {"numpy", "matplotlib", "scipy"},
        {*IDEAS, *FLOOR, *LEARNING, "papers", "palette", "plots", "digest"},
    ),
    "named": (set(), {"cost", "papers"}),
    "__main__": (set(), {"named", "experiments"}),
}
for place, idea in enumerate(IDEAS):
    MAY_IMPORT[idea] = (TORCH, FLOOR | set(IDEAS[:place]))


def imported(source, package):
    """Every module that a source names, also inside functions.

    ``package`` is where the source stands, for relative imports.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")
            base = above[: len(above) - node.level + 1] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield module
            if module == "cvnotes":
                yield from (f"cvnotes.{alias.name}" for alias in node.names)


def breaches(part, source, package="cvnotes"):
    """What a source of this part names and may not."""
    outside, inside = MAY_IMPORT[part]
    for module in imported(source, package):
        top, *rest = module.split(".")
        if top != "cvnotes":
            if top not in sys.stdlib_module_names | outside:
                yield module
        elif rest and rest[0] not in inside | {part}:
            yield module


def modules():
    return sorted(PACKAGE.rglob("*.py"))


def name(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_module_imports_only_what_its_part_may(path):
    part, *_ = path.relative_to(PACKAGE).with_suffix("").parts
    assert part in MAY_IMPORT, f"say in MAY_IMPORT what {part} may import"
    package = ".".join(path.relative_to(ROOT).parent.parts)
    assert list(breaches(part, path.read_text("utf8"), package)) == []


@pytest.mark.parametrize(
    "part, source",
    [
        ("widgets", "import torch"),
        ("widgets", "def late():\n    from torch import nn"),
        ("widgets", "from cvnotes import densenet"),
        ("widgets", "from ..densenet import DenseNet"),
        ("cost", "import numpy as np"),
        ("papers", "from cvnotes.cost import densenet"),
        ("pointwise", "import cvnotes.densenet.network"),
        ("train", "from cvnotes.attention.cbam import CBAM"),
        ("__init__", "from cvnotes import densenet"),
    ],
)
def test_a_forbidden_import_is_found(part, source):
    assert list(breaches(part, source, package=f"cvnotes.{part}"))


@pytest.mark.parametrize(
    "part, source",
    [
        ("densenet", "from cvnotes.attention.cbam import CBAM"),
        ("widgets", "from cvnotes import cost"),
        ("widgets", "from .kit import Widget"),
        ("cost", "import math"),
    ],
)
def test_an_allowed_import_is_let_through(part, source):
    assert not list(breaches(part, source, package=f"cvnotes.{part}"))


@pytest.mark.parametrize(
    "statement",
    [
        "import cvnotes",
        "import cvnotes; dir(cvnotes)",
        "from cvnotes import cost, papers",
    ],
)
def test_what_needs_no_torch_loads_none(statement):
    heavy = "{'torch', 'matplotlib', 'numpy', 'anywidget'}"
    run = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; {statement}; print({heavy} & set(sys.modules))",
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert run.stdout == "set()\n", run.stderr


@pytest.mark.parametrize("part", IDEAS)
def test_a_part_is_there_as_soon_as_it_is_named(part):
    # In a process of its own: here another test may have imported it.
    run = subprocess.run(
        [sys.executable, "-c", f"import cvnotes; print(cvnotes.{part})"],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert f"cvnotes.{part}" in run.stdout, run.stderr


def test_every_folder_of_the_package_is_a_part():
    import cvnotes

    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders | {"page"} == {*cvnotes._PARTS}


def test_a_part_that_does_not_exist_is_named_with_those_that_do():
    import cvnotes

    with pytest.raises(AttributeError, match=r"'resnet'.*densenet"):
        cvnotes.resnet  # noqa: B018
