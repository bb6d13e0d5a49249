"""What is shown on the page is what was tested."""

import inspect

import pytest

from cvnotes import cost, page
from cvnotes.cost import channels


def test_a_function_is_shown_as_it_stands_in_its_file():
    shown = page.source(cost.connections)
    assert shown.code == inspect.getsource(cost.connections)
    assert repr(shown).startswith("# cvnotes/cost/channels.py\n")
    assert shown._repr_markdown_().startswith("```python\n")


def test_a_module_is_shown_whole():
    shown = page.source(channels)
    assert shown.name == "cvnotes/cost/channels.py"
    assert shown.code.startswith('"""How wide')


def test_what_was_shown_is_remembered_so_that_its_every_letter_counts():
    page.SHOWN.discard("cvnotes.cost.channels")
    page.source(cost.compressed)
    assert "cvnotes.cost.channels" in page.SHOWN


def test_what_has_no_source_is_refused_by_name():
    with pytest.raises(TypeError, match="32 has no source"):
        page.source(32)
