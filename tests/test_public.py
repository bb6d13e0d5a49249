"""The reference says of every public name what Python says of it."""

import inspect
import re
from dataclasses import fields, is_dataclass
from importlib import import_module

import pytest
import torch
from cv_api import chapters, parts
from cv_api.entries import constructor, entry, shape
from cv_api.modules import experiments, module, public

import cvnotes
from book._press.chapters import ROOT
from cvnotes import attention, cost, densenet, pointwise, widgets

PARTS = parts(ROOT)
WITH_NAMES = [p for p in PARTS if p != "experiments"]
PUBLIC = [(part, name) for part in WITH_NAMES for name in public(part)]
BELONGING = chapters.Belonging(PARTS)
every_name = pytest.mark.parametrize(
    "part, name", PUBLIC, ids=[".".join(pair) for pair in PUBLIC]
)


def told(part, name):
    return entry(name, *public(part)[name])


def thing(part, name):
    return getattr(import_module(f"cvnotes.{part}"), name)


def is_widget(value):
    return isinstance(value, type) and issubclass(value, widgets.kit.Widget)


def test_every_part_of_the_package_has_a_page():
    assert {*PARTS} == {*cvnotes._PARTS, "shapes"}
    assert {p.stem for p in ROOT.glob("book/api/*.md")} == {*PARTS, "index"}


@pytest.mark.parametrize("part", WITH_NAMES)
def test_what_is_read_is_what_python_exports(part):
    exported = getattr(import_module(f"cvnotes.{part}"), "__all__", None)
    if exported is not None:
        assert {*public(part)} == {*exported}
    page = (ROOT / f"book/api/{part}.md").read_text(encoding="utf-8")
    assert f"```{{api}} {part}\n" in page


def test_every_experiment_is_told():
    assert tuple(experiments()) == import_module("cvnotes.experiments").NAMES


@every_name
def test_a_name_says_what_it_is_for(part, name):
    said = told(part, name)
    if said.kind == "data":
        assert said.value
    else:
        assert len(said.doc.split()) >= 2
        wanted = inspect.getdoc(thing(part, name)).split("\n")[0]
        assert said.doc.startswith(wanted)


@every_name
def test_a_signature_is_pythons(part, name):
    said, value = told(part, name), thing(part, name)
    if said.args is None:
        return
    names = [star + own for star, own, *_ in said.args if own]
    if is_widget(value):
        assert {*names} == {*value.settings()}
    elif is_dataclass(value):
        assert names == [field.name for field in fields(value)]
    elif isinstance(value, type) and issubclass(value, BaseException):
        assert not said.args
    elif not isinstance(value, type) or said.args:
        given = inspect.signature(value).parameters.values()
        stars = {2: "*", 4: "**"}
        kinds = [stars.get(int(p.kind), "") + p.name for p in given]
        assert names == kinds
    else:  # no argument of its own
        needed = [
            p
            for p in inspect.signature(value).parameters.values()
            if p.default is p.empty and p.kind not in (2, 4)
        ]
        assert not needed


@every_name
def test_a_name_has_its_source_and_a_chapter(part, name):
    said = told(part, name)
    code = said.where.code(*said.lines)
    own = public(part)[name][1]
    assert re.search(rf"^(class |def )?{own}\b", code, re.MULTILINE)
    value = thing(part, name)
    if said.kind in ("class", "function"):
        assert code.strip() == inspect.getsource(value).strip()
    found = BELONGING.chapters(part, name)
    assert found
    for page in found:
        written = page.replace("notebooks/", "book/")
        assert (ROOT / f"{written}.md").exists()


@pytest.mark.parametrize("name", experiments())
def test_an_experiment_has_its_claim_settings_and_chapter(name):
    where = module(f"cvnotes.experiments.{name}")
    ran = import_module(where.name)
    assert where.literal("CLAIM") == ran.CLAIM
    node = where.node.locals["Settings"][0]
    told_names = [own for _, own, *_ in constructor(where, node)]
    assert {*told_names} == {field.name for field in fields(ran.Settings)}
    assert BELONGING.chapters("experiments", name)


@pytest.mark.parametrize("chapter", BELONGING.pages)
def test_a_chapter_says_which_names_it_uses(chapter):
    assert len(BELONGING.names(chapter)) >= 3


def test_a_module_and_a_chapter_of_one_stem_belong_together():
    first = BELONGING.chapters("cost", "cbam")[0]
    assert first == "notebooks/attention/cbam"
    # No chapter is called counting, and none uses batches of sizes alone.
    assert BELONGING.chapters("densenet", "densenet264")
    assert BELONGING.chapters("shapes", "Maps") == ["book/notation"]


def test_the_shapes_are_those_that_the_tests_enforce():
    from cvnotes import shapes

    for name in public("shapes"):
        assert shape(name) == getattr(shapes, name).dim_str


@pytest.mark.parametrize(
    "part, name, call",
    [
        ("attention", "CBAM", lambda: attention.CBAM(8, 16)),
        ("attention", "CBAM", lambda: attention.CBAM(8, 8, kernel_size=4)),
        ("attention", "CGNL", lambda: attention.CGNL(1)),
        ("attention", "CGNL", lambda: attention.CGNL(8, groups=3)),
        ("attention", "NonLocal", lambda: attention.NonLocal(0)),
        (
            "attention",
            "CrossLayerNonLocal",
            lambda: attention.CrossLayerNonLocal(4, [8])(
                torch.zeros(1, 4, 2, 2), [torch.zeros(1, 9, 2, 2)]
            ),
        ),
        ("pointwise", "MLPConv", lambda: pointwise.MLPConv(3, (), 5)),
        ("pointwise", "NIN", lambda: pointwise.NIN(head="max")),
        ("densenet", "DenseNet", lambda: densenet.DenseNet(growth_rate=0)),
        ("cost", "cbam", lambda: cost.cbam(8, size=(4, 4))),
        ("cost", "conv2d", lambda: cost.conv2d(4, 6, 3, (9, 9), groups=4)),
        ("cost", "dense_block", lambda: cost.dense_block(0, 1, 1, (4, 4))),
        ("widgets", "GrowthExplorer", lambda: grown(blocks=())),
    ],
)
def test_what_is_refused_is_told_beforehand(part, name, call):
    with pytest.raises(Exception) as raised:
        call()
    said = [
        (kind, gaps(sentence)) for kind, sentence in told(part, name).refused
    ]
    assert any(
        kind == raised.type.__name__ and re.fullmatch(text, str(raised.value))
        for kind, text in said
    ), f"{raised.value!r} is none of {said}"


def grown(**settings):
    return widgets.GrowthExplorer(**settings)


def gaps(sentence):
    """A sentence as a pattern; several names stand for any one of them."""
    names, equals, rest = sentence.partition("=")
    one = "|".join(map(re.escape, re.split(r", | or ", names)))
    text = (
        f"(?:{one}){equals}{re.escape(rest)}" if equals else re.escape(names)
    )
    return text.replace("…", ".*")


@pytest.mark.parametrize("part", ["pointwise", "attention", "densenet"])
def test_every_idea_names_its_paper(part):
    import cv_papers

    found = cv_papers.pattern(tuple(cv_papers.spellings(cv_papers.read())))
    for where, _ in public(part).values():
        assert found.search(where.doc), where.name


def test_a_cell_tells_which_names_it_uses():
    codes = ["from cvnotes import cost as c, plots", "plots.cbam(c.Cost())"]
    assert chapters.uses(codes, PARTS) == {
        ("plots", "cbam"),
        ("cost", "Cost"),
    }
    assert not chapters.uses(["cbam = 3"], PARTS)
