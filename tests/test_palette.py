"""What the palette promises: readable on its paper, one for all."""

import re

import pytest

from cvnotes import palette

TEXT = ("ink", "soft", "blue", "orange", "green", "purple", "ochre")


def light(colour):
    """Relative luminance, as WCAG 2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4
        for p in parts
    ]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one, other):
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [palette.LIGHT, palette.DARK])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("name", TEXT)
def test_every_text_colour_is_readable(theme, ground, name):
    assert contrast(theme[name], theme[ground]) >= 4.5


def test_both_themes_name_the_same_colours():
    assert palette.LIGHT.keys() == palette.DARK.keys()


def test_no_two_colours_of_a_theme_are_the_same():
    # Else a figure could not be told which variable to follow.
    for theme in (palette.LIGHT, palette.DARK):
        assert len({*theme.values()}) == len(theme)


def test_a_figure_names_variables_and_keeps_its_colours_without_them():
    svg = palette.themed(f'fill="{palette.LIGHT["ink"]}"')
    assert svg == f'fill="var(--cv-ink, {palette.LIGHT["ink"]})"'


def test_the_style_sheet_knows_every_place_that_can_be_dark():
    sheet = palette.css()
    for place in ("data-theme", "jp-theme-light", "theme=", "vscode-dark"):
        assert place in sheet
    assert len(re.findall("--cv-ink:", sheet)) == 2
