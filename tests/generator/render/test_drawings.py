"""Which drawings are the same, so that a document draws them once."""

import re

import pytest

from generator.pdf.svg_pages import svg_pages
from generator.render.drawings import draw_once

LINE = r"\begin{tikzpicture}\draw (0,0) -- (1,0);\end{tikzpicture}"
CIRCUIT = r"\begin{circuitikz}\draw (0,0) to[R] (3,0);\end{circuitikz}"


def _name(text: str) -> str:
    found = re.findall(r"\\onepicture\{(\w+)\}", draw_once(text))
    return str(found[-1]) if found else ""


PASSING = [
    ("values", r"Take $R_1 = \qty{4}{\ohm}$.\begin{center}"),
    ("bold", r"\textbf{Take} \emph{this}, \texttt{f(x)}, \[ x^2 \] \begin{center}"),
    ("another drawing", rf"\alt{{a}}{CIRCUIT}"),
    ("small and over", r"{\begin{tabular}{l}a\end{tabular}}"),
]


@pytest.mark.parametrize("drawing", [LINE, CIRCUIT])
@pytest.mark.parametrize("before", [p[1] for p in PASSING], ids=[p[0] for p in PASSING])
def test_what_passes_does_not_make_another_drawing(drawing: str, before: str) -> None:
    assert _name(before + drawing) == _name(drawing) != ""


LASTING = [
    ("size", r"\small "),
    ("open size", r"\begin{small}"),
    ("open bold", r"\textbf{"),
    ("colour", r"\color{red}"),
    ("definition", r"\newcommand{\side}{3}"),
    ("setting", r"\tikzset{every node/.style={red}}"),
    ("setting of a package", r"\ctikzset{bipoles/length=1cm}"),
    ("open formula", r"$x_{\text{a}$"),
    ("open dollar", r"$\scriptstyle "),
    ("open table", r"\begin{tabular}{l}"),
    ("hidden", "^^5csmall "),
]


@pytest.mark.parametrize("before", [p[1] for p in LASTING], ids=[p[0] for p in LASTING])
def test_what_lasts_makes_another_drawing(before: str) -> None:
    assert _name(before + LINE) != _name(LINE)


def test_a_drawing_of_its_place_is_drawn_in_it() -> None:
    wide = LINE.replace("(1,0)", r"(\linewidth,0)")
    assert _name(LINE.replace("draw", r"node{\thepage}; \draw")) == ""
    assert _name(f"$a$ {wide}") != _name(wide) != ""


SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
GLYPHS = (
    '<g><symbol id="glyph{0}-1"><path d="M 1"/></symbol><symbol id="glyph{0}-2"/></g>'
    '<clipPath id="clip{0}"><path d="M 2"/></clipPath>'
)
PAGE = '<g id="surface{0}"><g clip-path="url(#clip{0})"><use xlink:href="#glyph{0}-1"/></g></g>'


def _svg(*pages: int) -> bytes:
    """SVG as pdftocairo writes it: of one page, or with pages."""
    defs = "".join(map(GLYPHS.format, pages))
    made = [PAGE.format(page) for page in pages]
    body = made[0] if len(made) == 1 else "".join(f"<page>{one}</page>" for one in made)
    inside = body if len(made) == 1 else f"<pageSet>{body}</pageSet>"
    return f'<svg {SPACES} width="9pt" height="9pt"><defs>{defs}</defs>{inside}</svg>'.encode()


def test_each_page_of_an_svg_is_the_file_that_it_is_by_itself() -> None:
    sizes = [("9", "9.5"), ("7", "8")]
    first, second = svg_pages(_svg(3, 5), sizes)
    assert [first] == svg_pages(_svg(1), sizes[:1])
    assert [second] == svg_pages(_svg(2), sizes[1:])
    assert b'viewBox="0 0 7 8"' in second
    assert second.count(b"glyph") == second.count(b"surface") == 0
    assert second.count(b"<symbol") == second.count(b"<clipPath") == 1
    assert svg_pages(_svg(3, 5), sizes[:1]) == []
