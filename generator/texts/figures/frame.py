"""The frame around a plot: axes with their numbers and labels, and the words that describe it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from pylatex import NoEscape, TikZ

from generator.texts.figures.axes import millimetres
from generator.texts.figures.parts import Picture
from generator.texts.figures.plots import draw_plot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.texts.figures.parts import Parts
    from generator.texts.figures.plots import Drawn

PER_LETTER = Fraction(19, 10)  # millimetres
MOST_SAID = 40  # points of a plot that its description lists


def plot(parts: Parts) -> Picture:
    """Return a plot with its axes."""
    drawn = draw_plot(parts)
    code = [*_grid(parts, drawn), *drawn.code, *_frame(drawn), *_labels(parts, drawn)]
    return Picture(tikz(code), _described(parts, drawn), drawn.rows)


def tikz(code: Sequence[str], options: str = "x=1mm,y=1mm") -> str:
    """Return a drawing; without comments, which would keep its paper from a common run of TeX."""
    made = TikZ(options=NoEscape(options))
    made.extend(map(NoEscape, code))
    return " ".join(str(made.dumps()).replace("%\n", "\n").split("\n"))


def _grid(parts: Parts, drawn: Drawn) -> Iterator[str]:
    if not parts.is_on("grid"):
        return
    width, height = millimetres(drawn.x.length), millimetres(drawn.height)
    if not drawn.names:
        for at in map(drawn.x.at, drawn.x.ticks):
            yield f"\\draw[black!22] ({at},0) -- ({at},{height});"
    if drawn.y is not None:
        for at in map(drawn.y.at, drawn.y.ticks):
            yield f"\\draw[black!22] (0,{at}) -- ({width},{at});"


def _frame(drawn: Drawn) -> Iterator[str]:
    width, height = millimetres(drawn.x.length), millimetres(drawn.height)
    yield f"\\draw (0,{height}) -- (0,0) -- ({width},0);"
    for axis, is_first in ((drawn.x, True), (drawn.y, False)):
        if axis is not None and axis.holds(Fraction(0)) and axis.at(Fraction(0)) != "0":
            zero = axis.at(Fraction(0))
            ends = (zero, "0", zero, height) if is_first else ("0", zero, width, zero)
            yield "\\draw[black!55] ({},{}) -- ({},{});".format(*ends)


def _labels(parts: Parts, drawn: Drawn) -> Iterator[str]:
    small, height = "font=\\small", drawn.height
    below = drawn.names or [(drawn.x.at(tick), parts.number_latex(tick)) for tick in drawn.x.ticks]
    for at, text in below:
        mark = "" if drawn.names else f"\\draw ({at},0) -- ({at},-1.2); "
        yield f"{mark}\\node[below,{small}] at ({at},-1) {{{text}}};"
    marked = (
        [] if drawn.y is None else [(drawn.y.at(t), parts.number_latex(t)) for t in drawn.y.ticks]
    )
    for at, text in marked:
        yield f"\\draw (0,{at}) -- (-1.2,{at}); \\node[left,{small}] at (-1,{at}) {{{text}}};"
    for at, text in drawn.at_left:
        yield f"\\node[left,{small}] at (-1,{at}) {{{text}}};"
    if parts.text("xlabel"):
        middle = millimetres(drawn.x.length / 2)
        yield f"\\node[below,{small}] at ({middle},-5.5) {{{parts.text('xlabel')}}};"
    if parts.text("ylabel"):
        letters = max((len(text.strip("$").replace("{,}", ",")) for _, text in marked), default=0)
        left, middle = millimetres(-3 - PER_LETTER * letters), millimetres(height / 2)
        yield f"\\node[above,rotate=90,{small}] at ({left},{middle}) {{{parts.text('ylabel')}}};"


def _described(parts: Parts, drawn: Drawn) -> str:
    """Return what a plot shows in a sentence: its kind, what its axes are, and its points."""
    what = parts.words[f"plot_{parts.text('kind')}"]
    heads, *rows = drawn.rows
    axes = "; ".join(filter(None, heads))
    points = ", ".join(f"({'; '.join(filter(None, row))})" for row in rows[:MOST_SAID])
    return f"{what}. {axes}: {points}{', ...' if len(rows) > MOST_SAID else ''}"
