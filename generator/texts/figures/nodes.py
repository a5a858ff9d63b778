"""Nodes as circles with a text, and the arcs between them."""

from __future__ import annotations

import cmath
import re
from dataclasses import dataclass
from math import radians
from typing import TYPE_CHECKING

from generator.texts.figures.drawing import label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RADIUS = 3.25  # millimetres
BORDER = RADIUS + 0.07  # with half the width of its line
CIRCLE = f"circle,draw,inner sep=1.5pt,minimum size={2 * RADIUS}mm,font=\\small"
LOOSENESS = 0.3915  # of TikZ: how far the handles of a curve are from its ends
_FITS = re.compile(r"\$?(?:[A-Za-z]|\d{1,2})\$?")


@dataclass(frozen=True)
class Node:
    """A node, in millimetres.

    Attributes:
        name: in TikZ, for edges to one whose text may need a larger circle.
        text: LaTeX.
    """

    name: str
    text: str
    x: float
    y: float

    @property
    def fits(self) -> bool:
        """Return whether the text surely fits the usual circle."""
        return _FITS.fullmatch(self.text) is not None

    @property
    def place(self) -> complex:
        """Return its middle in the plane."""
        return complex(self.x, self.y)


def draw_nodes(nodes: Iterable[Node], options: str = "") -> Iterator[str]:
    """Yield TikZ of some nodes: the usual circles in one path, and larger ones."""
    usual, filled = [], f"[{options}]" if options else ""
    for node in nodes:
        if node.fits:
            usual.append(node)
        else:
            style = ",".join(filter(None, (CIRCLE, options)))
            yield f"\\node[{style}] ({node.name}) at ({node.x:.2f},{node.y:.2f}) {{{node.text}}};"
    if usual:
        circles = (f"({node.x:.2f},{node.y:.2f}) circle ({RADIUS})" for node in usual)
        yield f"\\draw{filled} {' '.join(circles)};"
    for node in usual:
        yield label("middle", f"{node.x:.2f}", f"{node.y:.2f}", node.text)


@dataclass(frozen=True)
class Arc:
    """An edge from a node's border to another's.

    Attributes:
        bend: to the left, in degrees.
    """

    start: Node
    end: Node
    bend: float

    @property
    def path(self) -> str:
        """Return it as a path of TikZ."""
        if not (self.start.fits and self.end.fits):
            return self._between_names
        points = [f"({point.real:.2f},{point.imag:.2f})" for point in self._points]
        if self.bend:
            return "{} .. controls {} and {} .. {}".format(*points)
        return f"{points[0]} -- {points[3]}"

    @property
    def middle(self) -> tuple[float, float]:
        """Return the place half way."""
        first, second, third, fourth = self._points
        middle = (first + 3 * second + 3 * third + fourth) / 8
        return middle.real, middle.imag

    @property
    def _points(self) -> tuple[complex, complex, complex, complex]:
        """Return its ends, and the handles of its curve between them."""
        way = self.end.place - self.start.place
        size = abs(way) or 1
        turn = cmath.rect(1, radians(self.bend))
        leaves, arrives = way / size * turn, -way / size / turn
        start, end = self.start.place + BORDER * leaves, self.end.place + BORDER * arrives
        far = LOOSENESS * abs(end - start)
        return start, start + far * leaves, end + far * arrives, end

    @property
    def _between_names(self) -> str:
        """Return it as a path whose ends TikZ finds, at circles of any size."""
        start, end = (
            f"({node.name})" if not node.fits else f"({point.real:.2f},{point.imag:.2f})"
            for node, point in zip((self.start, self.end), self._points[::3], strict=True)
        )
        return f"{start} to{f'[bend left={self.bend}]' if self.bend else ''} {end}"
