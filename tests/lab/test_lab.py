"""In JupyterLab, with a kernel: hand and Python move the same widget."""

import sys
from functools import partial

import pytest
from lab.asked import NEEDS, STILL, variable
from lab.hand import label, movable, move
from lab.picture import Picture
from lab.traits import ALL, TRIED, follows, other, trait_of

from cvnotes import widgets

every_widget = pytest.mark.parametrize("name", widgets.__all__)
moving = pytest.mark.parametrize(
    "name", [name for name in widgets.__all__ if name not in STILL]
)


def test_the_kernel_is_that_of_this_environment(notebook):
    assert notebook.value("__import__('sys').prefix") == sys.prefix


@every_widget
def test_running_all_shows_the_widget(view, name):
    assert view(name, "page").is_visible()


@moving
def test_a_control_that_is_moved_moves_its_trait(notebook, view, name):
    settings = ALL.format(variable(name, "page"))
    controls = view(name, "page").locator("[data-setting]").all()
    if not controls:
        pytest.fail(
            f"{name} has no control that names its setting; give it one, or "
            "name it in STILL in tests/lab/asked.py and test it by itself"
        )
    for control in filter(movable, controls):
        before, shown = notebook.value(settings), move(control)
        trait = trait_of(label(control), before)
        had = {"before": before, "trait": trait, "shown": shown}
        late = f"the kernel does not have {shown!r} from {label(control)}"
        notebook.until(settings, partial(follows, **had), late)


@moving
def test_a_trait_that_is_set_moves_the_picture(notebook, view, name):
    made = variable(name, "kernel")
    picture = Picture(view(name, "kernel"))
    tried = notebook.value(TRIED.format(made))
    assert tried, f"{name} has no setting with bounds: nothing to set"
    for trait, bound in tried.items():
        for needed, value in NEEDS.get((name, trait), {}).items():
            still = picture.now()
            notebook.ask(f"{made}.{needed} = {value!r}")
            assert picture.becomes(still, same=False), needed
        before, still = notebook.value(f"{made}.{trait}"), picture.now()
        kind = f"type({made}.{trait})"
        for value in (other(before, bound), before):
            notebook.ask(f"{made}.{trait} = {kind}({value!r})")
            if not picture.becomes(still, same=value == before):
                pytest.fail(f"the picture does not follow {trait}={value!r}")
