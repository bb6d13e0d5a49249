"""One palette for the page, the widgets and the figures, light and dark.

The hues keep apart for readers who see red and green alike (after Okabe and
Ito), and each is dark or light enough on its paper to carry text: 4.5 to 1,
which a test computes.

>>> LIGHT["blue"]
'#0f66a8'
>>> print(css().splitlines()[0])
:root {
"""

LIGHT = {
    "paper": "#fdfcf9",
    "panel": "#f5f2ea",
    "line": "#d9d3c5",
    "ink": "#1d2433",
    "soft": "#5b6271",
    "blue": "#0f66a8",
    "orange": "#b34a00",
    "green": "#08745c",
    "purple": "#863d8f",
    "ochre": "#80620a",
    "deep": "#174a73",
    "bright": "#9cc9ea",
    "stone": "#b9b2a2",
}
DARK = {
    "paper": "#14171d",
    "panel": "#1c2129",
    "line": "#3a4250",
    "ink": "#e9e6df",
    "soft": "#a3abb9",
    "blue": "#6db8f2",
    "orange": "#ff9c57",
    "green": "#4ccbaa",
    "purple": "#d99be0",
    "ochre": "#dcb94f",
    "deep": "#2d6594",
    "bright": "#a5d5f7",
    "stone": "#4b5361",
}

# Where each host says that it is dark: the book, JupyterLab, Colab, VS Code.
_DARK_PLACES = (
    'html[data-theme="dark"]',
    'body[data-jp-theme-light="false"]',
    'html[theme="dark"]',
    "body.vscode-dark",
)


def css() -> str:
    """The palette as CSS variables: ``--cv-ink``, ``--cv-blue`` and so on."""
    places = ",\n".join(_DARK_PLACES)
    # Paper is white, whatever the screen is.
    screen = f"@media not print {{\n{_rule(places, DARK)}\n}}"
    return f"{_rule(':root', LIGHT)}\n{screen}\n"


def themed(svg: str) -> str:
    """A figure drawn in the light palette, made to follow the page's theme.

    >>> themed('<path style="fill: #0f66a8"/>')
    '<path style="fill: var(--cv-blue, #0f66a8)"/>'
    """
    for name, colour in LIGHT.items():
        svg = svg.replace(colour, f"var(--cv-{name}, {colour})")
    return svg


def _rule(selector, colours):
    lines = (f"  --cv-{name}: {value};" for name, value in colours.items())
    return "\n".join([f"{selector} {{", *lines, "}"])
