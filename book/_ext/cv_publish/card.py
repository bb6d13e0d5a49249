"""The picture of a link: title, first sentence, and the page's own widget."""

import sys
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from cvnotes.palette import LIGHT as COLOUR  # noqa: E402

WIDTH, HEIGHT = 1200, 630  # what those who show links ask for
FONTS = ROOT / "book" / "_static" / "fonts"
CREDIT = "From cvnotes; the page that it is of credits its photographs."
EDGE, COLUMN = 64, 560  # pixels: margin, and width of the words
# The logo's bars, in its own units of 32: left, top, right, bottom, colour.
BARS = [
    (2, 24, 30, 30, "stone"),
    (8, 17, 30, 23, "deep"),
    (15, 10, 30, 16, "blue"),
    (22, 3, 30, 9, "orange"),
]


@cache
def font(family: str, script: str, size: int, weight: int):
    path = FONTS / f"{family}-{script}-wght-normal.woff2"
    made = ImageFont.truetype(str(path), size)
    made.set_variation_by_axes([weight])
    return made


class Pen:
    """Writes in one family, size and weight, Greek letters too."""

    def __init__(self, canvas, family, size, weight, colour):
        self.canvas, self.colour, self.size = canvas, COLOUR[colour], size
        self.kind = family, size, weight

    def runs(self, text: str):
        family, size, weight = self.kind
        for greek, letters in groupby(text, lambda c: "Ͱ" <= c <= "Ͽ"):
            script = "greek" if greek else "latin"
            yield font(family, script, size, weight), "".join(letters)

    def length(self, text: str) -> float:
        return sum(font.getlength(part) for font, part in self.runs(text))

    def lines(self, text: str, width: int) -> list[str]:
        made = [""]
        for word in text.split():
            longer = f"{made[-1]} {word}".strip()
            if self.length(longer) <= width:
                made[-1] = longer
            else:
                made.append(word)
        return made

    def write(self, x: float, y: float, text: str):
        for font, part in self.runs(text):
            self.canvas.text((x, y), part, self.colour, font, anchor="ls")
            x += font.getlength(part)


def draw(path: Path, part: str, title: str, sentence: str, still=None):
    """Draw a card into a file; its folder is made where it is missing."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), COLOUR["paper"])
    canvas = ImageDraw.Draw(picture)
    logo(canvas, EDGE, 52, 46)
    name = Pen(canvas, "inter", 25, 600, "soft")
    name.write(EDGE + 62, 86, part)
    y = words(canvas, 176, "inter", range(60, 35, -4), 720, "ink", title, 4)
    words(
        canvas, y + 34, "source-serif-4", range(31, 22, -2), 400, "soft",
        sentence, (HEIGHT - y - 60) // 40,
    )  # fmt: skip
    if still:
        paste(picture, still)
    else:
        logo(canvas, 730, 130, 390)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, quality=88, optimize=True, comment=CREDIT)


def words(canvas, top, family, sizes, weight, colour, text, most) -> int:
    """Write in the largest size that needs few enough lines; say where to."""
    for size in sizes:
        pen = Pen(canvas, family, size, weight, colour)
        lines = pen.lines(text, COLUMN)
        if len(lines) <= most:
            break
    for number, line in enumerate(lines):
        pen.write(EDGE, top + number * size * 1.24, line)
    return round(top + (len(lines) - 1) * size * 1.24 + size * 0.5)


def logo(canvas, x: float, y: float, side: float):
    for left, top, right, bottom, name in BARS:
        unit = side / 32
        box = [x + left * unit, y + top * unit,
               x + right * unit - 1, y + bottom * unit - 1]  # fmt: skip
        canvas.rectangle(box, COLOUR[name])


def paste(picture, still: Path):
    """The widget on the right; where it is longer, it goes on below."""
    with Image.open(still) as taken:
        width = WIDTH - COLUMN - 2 * EDGE - 24
        height = round(taken.height * width / taken.width)
        drawn = taken.convert("RGB").resize((width, height), Image.LANCZOS)
    top = max(40, (HEIGHT - height) // 2)
    picture.paste(drawn, (WIDTH - width - 32, top))
