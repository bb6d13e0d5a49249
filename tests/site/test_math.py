"""Formulas are MathML, in a font that has their letters."""

import re
import unicodedata

import pytest
from cv_math import mathml
from published import pages
from sample import ROOT, build, write

FONT = ROOT / "book/_static/fonts/stix-two-math.unicodes"
TEX = [
    r"\sum_{c=1}^{C} W_{oc}",
    r"\left\lfloor \theta m \right\rfloor",
    r"\text{MACs}",
    r"\operatorname{softmax}(QK^\top)",
    r"\frac{1}{k^2}",
    r"\begin{cases} x & x > 0 \\ 0 & \text{else} \end{cases}",
    r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}",
    r"\mathbf{x}",
    r"\mathbb{R}^{B \times C}",
    r"\sigma(x) \odot x",
    r"\hat{x}",
]


def letters(text: str) -> set[str]:
    drawn = set(re.sub(r"<[^>]*>|&\w+;|\s", "", text))
    # Format characters and variation selectors have no shape.
    return {c for c in drawn if unicodedata.category(c) not in ("Cf", "Mn")}


def font_letters() -> set[str]:
    listed = re.sub(r"#.*", "", FONT.read_text("utf8"))
    spans = (span.split("-") for span in re.split(r"[,\s]+", listed) if span)
    return {
        chr(code)
        for span in spans
        for code in range(int(span[0], 16), int(span[-1], 16) + 1)
    }


@pytest.mark.parametrize("latex", TEX)
def test_what_chapters_write_becomes_mathml_in_our_font(latex):
    assert letters(mathml(latex, display=True)) <= font_letters()


def test_aligned_lines_meet_at_their_signs():
    found = mathml(r"\begin{aligned} a &= b \\ &= c \end{aligned}", True)
    rows = [
        re.findall(r"text-align: (\w+)", row)
        for row in found.split("<mtr>")[1:]
    ]
    assert rows == [["right", "left"], ["right", "left"]]


def test_sphinx_numbers_an_equation_and_latex_does_not():
    found = mathml(r"\begin{align} a &= b \end{align}", True)
    assert "(1)" not in found


def test_every_formula_of_the_book_is_drawn_in_our_font(built):
    for name in pages(built):
        text = (built / name).read_text("utf8")
        formulas = " ".join(re.findall(r"<math.*?</math>", text, re.DOTALL))
        missing = letters(formulas) - font_letters()
        assert not missing, f"{name}: add {missing} to {FONT.name}"


def test_a_label_leads_to_its_equation(sample):
    text = (sample / "book/notation.html").read_text("utf8")
    assert 'href="#equation-eq-wide"' in text
    assert 'id="equation-eq-wide"' in text


def test_a_wrong_formula_is_a_warning_with_its_line(tmp_path):
    page = "# References\n\nFine.\n\n$$ \\frac{1}{ $$\n"
    done = build(write(tmp_path, references=page))
    assert done.returncode != 0
    assert re.search(
        r"references\.md:5: WARNING: formula .*frac", done.stderr
    )


def test_a_mark_stays_with_its_formula(tmp_path):
    page = "# References\n\nLet $x$, $y$, or ($z$): *all* $w$ of them.\n"
    folder = write(tmp_path, references=page)
    assert build(folder).returncode == 0
    (made,) = folder.rglob("references.html")
    kept = r'nowrap"><span.*?<mi>(\w)</mi></math></span>(\S+?)<'
    found = re.findall(kept, made.read_text("utf8"))
    assert found == [("x", ","), ("y", ","), ("z", "):")]


def test_a_root_of_a_letter_does_not_hang_below_its_line():
    letter, more = (mathml(tex, False) for tex in (r"\sqrt d", r"\sqrt{2d}"))
    assert "√</mo><mi>d</mi></mrow>" in letter and "msqrt" in more
    assert "msqrt" in mathml(r"\sqrt d", display=True)


def test_a_wide_formula_scrolls_in_its_own_box(page, sample):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((sample / "book/notation.html").as_uri())
    box = "document.querySelector('.math-scroll')"
    assert page.evaluate(f"{box}.scrollWidth > {box}.clientWidth")
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    page.focus(".math-scroll")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{box}.scrollLeft > 0")


def test_a_sum_is_drawn_larger_than_its_letters(page, sample):
    # Only a font with a MATH table has the large sign.
    page.goto((sample / "book/index.html").as_uri())
    height = """async (display) => {
      const span = document.createElement("span");
      span.innerHTML = `<math display="${display}"><mo>∑</mo></math>`;
      document.querySelector("article").append(span);
      await document.fonts.load("20px 'STIX Two Math'", "∑");
      return span.querySelector("mo").getBoundingClientRect().height;
    }"""
    inline, block = (page.evaluate(height, d) for d in ("inline", "block"))
    assert block > 1.2 * inline
