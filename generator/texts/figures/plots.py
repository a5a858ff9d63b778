"""Plots: lines, points, functions, bars, histograms and boxes, with all places computed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import DerivationError
from generator.texts.figures.axes import Axis, axis, millimetres, round_step
from generator.texts.figures.drawing import label
from generator.texts.figures.syntax import Misdrawn
from solvers.graph.derivation import reference
from solvers.graph.formulas.text import formula
from solvers.graph.number import to_decimal
from solvers.graph.term import term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.texts.figures.parts import Parts
    from solvers.graph.term import Term

Series: TypeAlias = "tuple[Sequence[Fraction], Sequence[Fraction]]"
Places: TypeAlias = "Sequence[tuple[str, str]]"
WIDTH, HEIGHT, PER_BOX = Fraction(90), Fraction(52), Fraction(12)
SAMPLES, MOST_SAMPLES = 61, 401
LINES = ("", "dashed", "dotted", "dash dot")
MARKS = (  # how it is drawn, and what at each place
    ("\\fill", "({0},{1}) circle (0.9)"),
    ("\\draw", "({0},{1}) circle (0.9)"),
    ("\\draw", "({0},{1}) +(-0.8,-0.8) rectangle +(0.8,0.8)"),
    ("\\draw", "({0},{1}) +(-0.9,-0.9) -- +(0.9,0.9) +(-0.9,0.9) -- +(0.9,-0.9)"),
)
BAR = "({},{}) rectangle ({},{})"


@dataclass(frozen=True)
class Drawn:
    """The curves, points and bars of a plot.

    Attributes:
        code: TikZ.
        y: None: the upright axis has no numbers.
        rows: the data as a table, its heads first.
        names: words below places of the first axis, in the place of numbers.
        at_left: words beside heights, in millimetres.
    """

    code: Sequence[str]
    x: Axis
    y: Axis | None
    rows: Sequence[Sequence[str]]
    height: Fraction
    names: Sequence[tuple[str, str]] = ()
    at_left: Sequence[tuple[str, str]] = ()


def draw_plot(parts: Parts) -> Drawn:
    """Return what a plot shows.

    Raises:
        Misdrawn: it lacks data, or they do not fit each other.
    """
    kind = parts.text("kind")
    if kind not in KINDS:
        raise Misdrawn(f"there is no kind={kind}; known: {', '.join(KINDS)}")
    return KINDS[kind](parts)


# -- lines, points, functions ---------------------------------------------------------------------


def _lines(parts: Parts) -> Drawn:
    return _curves(parts, _data(parts), _path)


def _scatter(parts: Parts) -> Drawn:
    return _curves(parts, _data(parts), _points)


def _data(parts: Parts) -> dict[str, Series]:
    """Return the series of a plot by their names: `y`, `y2`, ... over `x`, or over `x2`, ...."""
    found: dict[str, Series] = {}
    for name in parts.several("y"):
        own = f"x{name[1:]}"
        x, y = parts.list_of(own if own in parts.texts else "x"), parts.list_of(name)
        if len(x) != len(y):
            raise Misdrawn(f"{len(x)} values of x have {len(y)} of {name}; give as many")
        found[name] = (x, y)
    if not found:
        raise Misdrawn("a plot needs data; write x=X, y=Y with two lists")
    return found


def _path(places: Places, number: int) -> list[str]:
    style = LINES[number % len(LINES)]
    joined = " -- ".join(f"({x},{y})" for x, y in places)
    return [f"\\draw[thick{',' if style else ''}{style}] {joined};"]


def _points(places: Places, number: int) -> list[str]:
    draw, mark = MARKS[number % len(MARKS)]
    return [f"{draw} {' '.join(mark.format(x, y) for x, y in places)};"]


def _curves(
    parts: Parts, series: Mapping[str, Series], draw: Callable[[Places, int], list[str]]
) -> Drawn:
    x, y = _axes(parts, series)
    code = [line for at, one in enumerate(series.values()) for line in draw(_inside(one, x, y), at)]
    rows = [_heads(parts, series), *_rows(parts, series)]
    return Drawn([*code, *_legend(parts, series, x, draw)], x, y, rows, y.length)


def _axes(parts: Parts, series: Mapping[str, Series]) -> tuple[Axis, Axis]:
    width, height = parts.length("width") or WIDTH, parts.length("height") or HEIGHT
    over = [value for x, _ in series.values() for value in x]
    up = [value for _, y in series.values() for value in y]
    return axis("x", over, parts, width), axis("y", up, parts, height)


def _inside(series: Series, x: Axis, y: Axis) -> Places:
    """Return the places of the points that are between the ends of both axes."""
    points = [(a, b) for a, b in zip(*series, strict=True) if x.holds(a) and y.holds(b)]
    if not points:
        raise Misdrawn("no point lies between the ends of the axes; correct xmin, xmax, ymin, ymax")
    return [(x.at(a), y.at(b)) for a, b in points]


def _heads(parts: Parts, series: Mapping[str, Series]) -> list[str]:
    own = [parts.text(f"label{name[1:]}") for name in series]
    usual = parts.text("ylabel") or "$y$"
    return [parts.text("xlabel") or "$x$", *(one or usual for one in own)]


def _rows(parts: Parts, series: Mapping[str, Series]) -> list[list[str]]:
    """Return the points of the first series, with those of others that are over the same places."""
    (x, _), *_ = series.values()
    alike = [y for over, y in series.values() if over == x]
    rows = [[parts.number_latex(value) for value in row] for row in zip(x, *alike, strict=True)]
    width = len(series) + 1
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _legend(
    parts: Parts,
    series: Mapping[str, Series],
    x: Axis,
    draw: Callable[[Places, int], list[str]],
) -> list[str]:
    """Return the names of several series, at the right of the plot."""
    found = []
    for at, name in enumerate(series):
        text = parts.text(f"label{name[1:]}")
        if text:
            left, height = x.length + 3, HEIGHT - 4 - 6 * at
            ends = (left, left + 8) if draw is _path else (left + 4,)
            places = [(millimetres(end), millimetres(height)) for end in ends]
            beside = label("right", millimetres(left + 9), millimetres(height), text)
            found += [*draw(places, at), beside]
    return found


def _functions(parts: Parts) -> Drawn:
    low, high = parts.require_number("from"), parts.require_number("to")
    count = int(parts.number("samples") or SAMPLES)
    if low >= high or not 2 <= count <= MOST_SAMPLES:
        raise Misdrawn(f"from={low} to={high} with {count} samples is no range; correct it")
    places = [low + (high - low) * at / (count - 1) for at in range(count)]
    curves = {name: _values(parts.texts[name], places) for name in parts.several("f")}
    if not curves:
        raise Misdrawn("a plot of a function needs one; write f=x**2, from=0, to=4")
    found = _curves(parts, curves, _path)
    marked = [tick for tick in found.x.ticks if low <= tick <= high]
    table = {name: _values(parts.texts[name], marked) for name in curves}
    return Drawn(
        found.code, found.x, found.y, [_heads(parts, table), *_rows(parts, table)], found.height
    )


def _values(text: str, places: Sequence[Fraction]) -> Series:
    """Return a function over some places, with its values there."""
    try:
        call = formula(text, {"x"})
        if not set(call.call.needs) <= {"x"}:
            raise Misdrawn(f"f={text} has other letters than x and those of values")
        written = call(*(reference(name, Fraction(0)) for name in call.call.needs))
        if isinstance(written, tuple):
            raise Misdrawn(f"f={text} gives a list where a number is needed")
        return places, [_value_at(term(written), place) for place in places]
    except DerivationError as error:
        raise Misdrawn(f"f={text}: {error}") from error


def _value_at(of: Term, place: Fraction) -> Fraction:
    return Fraction(to_decimal(of.evaluate(lambda _: place)))


# -- bars and boxes -------------------------------------------------------------------------------


def _bars(parts: Parts) -> Drawn:
    heights = parts.list_of("y")
    names = parts.names("names") if "names" in parts.texts else []
    if len(names) != len(heights):
        raise Misdrawn(f"{len(heights)} bars have {len(names)} names; write names=[a, b, c]")
    width = parts.length("width") or WIDTH
    x = Axis(Fraction(0), Fraction(len(heights)), Fraction(1), width)
    y = axis("y", [Fraction(0), *heights], parts, parts.length("height") or HEIGHT)
    fifth = Fraction(1, 5)
    floor = y.at(max(y.low, Fraction(0)))
    code = _filled(
        BAR.format(x.at(at + fifth), floor, x.at(at + 1 - fifth), y.at(up))
        for at, up in enumerate(heights)
    )
    below = [(x.at(at + Fraction(1, 2)), name) for at, name in enumerate(names)]
    pairs = zip(names, map(parts.number_latex, heights), strict=True)
    heads = [parts.text("xlabel"), parts.text("ylabel") or "$y$"]
    return Drawn(code, x, y, [heads, *map(list, pairs)], y.length, below)


def _filled(shapes: Iterable[str]) -> list[str]:
    return [f"\\draw[fill=black!18] {' '.join(shapes)};"]


def _histogram(parts: Parts) -> Drawn:
    data = sorted(parts.list_of("data"))
    edges = _edges(parts, data)
    counts = [Fraction(sum(low <= one < high for one in data)) for low, high in pairwise(edges)]
    counts[-1] += data.count(edges[-1])
    if sum(counts) != len(data):
        raise Misdrawn("the edges leave some of the data out; widen them")
    x = axis("x", edges, parts, parts.length("width") or WIDTH)
    y = axis("y", [Fraction(0), *counts], parts, parts.length("height") or HEIGHT)
    bins = [*zip(pairwise(edges), counts, strict=True)]
    code = _filled(BAR.format(x.at(a), y.at(Fraction(0)), x.at(b), y.at(n)) for (a, b), n in bins)
    rows = [
        [f"{parts.number_latex(a)}--{parts.number_latex(b)}", parts.number_latex(n)]
        for (a, b), n in bins
    ]
    return Drawn(code, x, y, [[parts.text("xlabel"), parts.text("ylabel")], *rows], y.length)


def _edges(parts: Parts, data: Sequence[Fraction]) -> list[Fraction]:
    """Return the borders of a histogram's classes: those stated, or round ones."""
    if "edges" in parts.texts:
        edges = parts.list_of("edges")
        if len(edges) < 2 or any(a >= b for a, b in pairwise(edges)):
            raise Misdrawn("edges must be two or more numbers, each above the one before")
        return edges
    bins = int(parts.number("bins") or 6)
    step = round_step((data[-1] - data[0]) / max(bins, 1) or Fraction(1))
    first = data[0] // step
    return [step * at for at in range(first, data[-1] // step + 2)]


def _boxes(parts: Parts) -> Drawn:
    names = parts.several("data")
    data = [sorted(parts.list_of(name)) for name in names]
    if not data:
        raise Misdrawn("a box plot needs data; write data=X")
    height = parts.length("height") or PER_BOX * len(data) + 4
    both = [one for values in data for one in values]
    x = axis("x", both, parts, parts.length("width") or WIDTH)
    middles = [height * (2 * at + 1) / (2 * len(data)) for at in reversed(range(len(data)))]
    fives = [_five(values) for values in data]
    pairs = [*zip(fives, middles, strict=True)]
    code = [line for five, middle in pairs for line in _box(five, middle, x)]
    labels = [parts.text(f"label{name[4:]}") for name in names]
    words = parts.words
    heads = ["", *(words[f"of_box_{at}"] for at in ("least", "lower", "median", "upper", "most"))]
    rows = [
        [name, *map(parts.number_latex, five)] for name, five in zip(labels, fives, strict=True)
    ]
    beside = [(millimetres(at), name) for at, name in zip(middles, labels, strict=True)]
    return Drawn(code, x, None, [heads, *rows], height, at_left=beside)


def _box(five: Sequence[Fraction], middle: Fraction, x: Axis) -> list[str]:
    least, lower, median, upper, most = map(x.at, five)
    y, up, down = (millimetres(middle + by) for by in (0, 3, -3))
    ends = " ".join(f"({end},{down}) -- ({end},{up})" for end in (least, most))
    return [
        *_filled([BAR.format(lower, down, upper, up)]),
        f"\\draw[very thick] ({median},{down}) -- ({median},{up});",
        f"\\draw ({least},{y}) -- ({lower},{y}) ({upper},{y}) -- ({most},{y}) {ends};",
    ]


def _five(data: Sequence[Fraction]) -> list[Fraction]:
    """Return least, quartiles and most of sorted data; quartiles between values, as R's type 7."""

    def quantile(share: Fraction) -> Fraction:
        place = share * (len(data) - 1)
        at = int(place)
        above = data[min(at + 1, len(data) - 1)]
        return data[at] + (place - at) * (above - data[at])

    return [quantile(Fraction(quarter, 4)) for quarter in range(5)]


KINDS: Mapping[str, Callable[[Parts], Drawn]] = MappingProxyType({
    "line": _lines, "scatter": _scatter, "function": _functions, "bar": _bars,
    "histogram": _histogram, "box": _boxes,
})  # fmt: skip
