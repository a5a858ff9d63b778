"""The frame around a plot: axes with their numbers and labels, and the words that describe it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from generator.texts.figures.axes import millimetres
from generator.texts.figures.drawing import label, tikz
from generator.texts.figures.parts import Picture
from generator.texts.figures.plots import draw_plot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.texts.figures.axes import Axis
    from generator.texts.figures.parts import Parts
    from generator.texts.figures.plots import Drawn

PER_LETTER = Fraction(19, 10)  # millimetres
MOST_SAID = 40  # points of a plot that its description lists


def plot(parts: Parts) -> Picture:
    """Return a plot with its axes."""
    drawn = draw_plot(parts)
    code = [*_grid(parts, drawn), *drawn.code, *_frame(drawn), *_labels(parts, drawn)]
    return Picture(tikz(code), _described(parts, drawn), drawn.rows)


def _grid(parts: Parts, drawn: Drawn) -> Iterator[str]:
    if not parts.is_on("grid"):
        return
    width, height = millimetres(drawn.x.length), millimetres(drawn.height)
    upright = [] if drawn.names else map(drawn.x.at, drawn.x.ticks)
    level = [] if drawn.y is None else map(drawn.y.at, drawn.y.ticks)
    lines = [f"({at},0) -- ({at},{height})" for at in upright]
    lines += [f"(0,{at}) -- ({width},{at})" for at in level]
    yield f"\\draw[black!22] {' '.join(lines)};"


def _frame(drawn: Drawn) -> Iterator[str]:
    width, height = millimetres(drawn.x.length), millimetres(drawn.height)
    ticks = [f"({at},0) -- ({at},-1.2)" for at, _ in _numbers(drawn.x) if not drawn.names]
    ticks += [f"(0,{at}) -- (-1.2,{at})" for at, _ in _numbers(drawn.y)]
    yield f"\\draw {' '.join([f'(0,{height}) -- (0,0) -- ({width},0)', *ticks])};"
    for axis, is_first in ((drawn.x, True), (drawn.y, False)):
        if axis is not None and axis.holds(Fraction(0)) and axis.at(Fraction(0)) != "0":
            zero = axis.at(Fraction(0))
            ends = (zero, "0", zero, height) if is_first else ("0", zero, width, zero)
            yield "\\draw[black!55] ({},{}) -- ({},{});".format(*ends)


def _numbers(axis: Axis | None) -> Iterator[tuple[str, Fraction]]:
    """Yield the places of the numbers that are marked on an axis, and the numbers."""
    if axis is not None:
        yield from ((axis.at(tick), tick) for tick in axis.ticks)


def _labels(parts: Parts, drawn: Drawn) -> Iterator[str]:
    below = drawn.names or [(at, parts.number_latex(tick)) for at, tick in _numbers(drawn.x)]
    marked = [(at, parts.number_latex(tick)) for at, tick in _numbers(drawn.y)]
    yield from (label("below", at, "-1", text) for at, text in below)
    yield from (label("left", "-1", at, text) for at, text in (*marked, *drawn.at_left))
    if parts.text("xlabel"):
        yield label("below", millimetres(drawn.x.length / 2), "-5.5", parts.text("xlabel"))
    if parts.text("ylabel"):
        letters = max((len(text.strip("$").replace("{,}", ",")) for _, text in marked), default=0)
        left, middle = millimetres(-3 - PER_LETTER * letters), millimetres(drawn.height / 2)
        yield label("upright", left, middle, parts.text("ylabel"))


def _described(parts: Parts, drawn: Drawn) -> str:
    """Return what a plot shows in a sentence: its kind, what its axes are, and its points."""
    what = parts.words[f"plot_{parts.text('kind')}"]
    heads, *rows = drawn.rows
    axes = "; ".join(filter(None, heads))
    points = ", ".join(f"({'; '.join(filter(None, row))})" for row in rows[:MOST_SAID])
    return f"{what}. {axes}: {points}{', ...' if len(rows) > MOST_SAID else ''}"
