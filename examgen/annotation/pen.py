"""Drawing on pages: text in any letters that a font has, and the signs for verdicts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from examgen.annotation.stamps import Sign
from generator.render.names import FOLDERS, FONTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

BUNDLED = "Vera.ttf"  # of reportlab: Latin letters, with those of Turkish
TEXT, LINE = 2.3, 2.8  # millimetres: the size of letters, and from line to line
SIGN = 4.2  # millimetres that a sign takes
RED, GREEN, AMBER, GREY, BLUE = (
    (0.78, 0.05, 0.1), (0.0, 0.45, 0.2), (0.75, 0.4, 0.0), (0.4, 0.4, 0.4), (0.05, 0.15, 0.6)
)  # fmt: skip
COLOURS = {
    Sign.RIGHT: GREEN, Sign.PART: AMBER, Sign.WRONG: RED, Sign.WAITS: AMBER, Sign.NONE: GREY
}  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """The map from points and axes of a page to the PDF.

    Attributes:
        right: of a millimetre to the right; `up` of one upwards.
    """

    origin: tuple[float, float]
    right: tuple[float, float]
    up: tuple[float, float]


@cache
def _fonts() -> tuple[Callable[[], str | None], ...]:
    """Return what registers each font when it is needed, and gives its name."""
    found = {path.name: path for root in FOLDERS for path in sorted(Path(root).rglob("*.tt[fc]"))}
    files = [BUNDLED, *(str(found[name]) for name in FONTS if name in found)]
    return tuple(cache(lambda file=file: _register(file)) for file in files)


def _register(file: str) -> str | None:
    try:
        pdfmetrics.registerFont(TTFont(file, file))
    except TTFError:  # a font with outlines of another kind
        return None
    return file


@cache
def _font_for(letter: str) -> str | None:
    """Return the first font that has a letter."""
    names = (load() for load in _fonts())
    return next((name for name in names if name and ord(letter) in _letters(name)), None)


def _letters(font: str) -> Mapping[int, int]:
    known = pdfmetrics.getFont(font)
    return known.face.charToGlyph if isinstance(known, TTFont) else {}


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of a text with their fonts; a letter that no font has is a question mark."""
    letters = [
        (letter if _font_for(letter) else "?", _font_for(letter) or BUNDLED) for letter in text
    ]
    for font, group in groupby(letters, key=lambda one: one[1]):
        yield "".join(letter for letter, _ in group), font


def width_of(text: str, size: float = TEXT) -> float:
    """Return how wide a text is."""
    return sum(pdfmetrics.stringWidth(piece, font, size) for piece, font in _runs(text))


def wrap(text: str, width: float, size: float = TEXT) -> list[str]:
    """Return the lines of a text within a width; a word that is wider is cut."""
    lines = [""]
    for word in (piece for long in text.split() for piece in _cut(long, width, size)):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines if lines[0] else lines[1:]


def _cut(word: str, width: float, size: float) -> Iterator[str]:
    while len(word) > 1 and width_of(word, size) > width:
        fits = next(
            n for n in range(len(word) - 1, 0, -1) if n == 1 or width_of(word[:n], size) <= width
        )
        yield word[:fits]
        word = word[fits:]
    yield word


class Pen:
    """A stack of transparent sheets to draw on, each as large as the page that it is laid on."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, invariant=1, pageCompression=1)

    def begin(self, width: float, height: float) -> None:
        """Begin a sheet; its size is in points."""
        self._canvas.setPageSize((width, height))

    def end(self) -> None:
        """End a sheet."""
        self._canvas.showPage()

    def pdf(self) -> bytes:
        """Return the sheets as a PDF."""
        self._canvas.save()
        return self._file.getvalue()

    def lines(
        self, at: Frame, lines: Sequence[str], colour: tuple[float, ...] = RED, size: float = TEXT
    ) -> None:
        """Write lines below a point of a page."""
        with _Moved(self._canvas, at) as canvas:
            canvas.setFillColorRGB(*colour)
            for number, line in enumerate(lines):
                x, y = 0.0, -size * (0.85 + number * LINE / TEXT)
                for piece, font in _runs(line):
                    canvas.setFont(font, size)
                    canvas.drawString(x, y, piece)
                    x += pdfmetrics.stringWidth(piece, font, size)

    def sign(self, at: Frame, sign: Sign) -> None:
        """Draw a sign below a point of a page."""
        with _Moved(self._canvas, at) as canvas:
            canvas.setStrokeColorRGB(*COLOURS[sign])
            canvas.setLineWidth(0.45)
            canvas.setLineCap(1)
            for line in _STROKES[sign]:
                for (x, y), (u, v) in pairwise(line):
                    canvas.line(x, y - 4, u, v - 4)
            if sign is Sign.WAITS:
                canvas.circle(2, -2, 1.6)

    def tick(self, at: Frame, width: float, height: float) -> None:
        """Draw a cross from corner to corner of a box, whose upper left one is the point."""
        with _Moved(self._canvas, at) as canvas:
            canvas.setStrokeColorRGB(*BLUE)
            canvas.setLineWidth(0.5)
            canvas.line(0.4, -0.4, width - 0.4, 0.4 - height)
            canvas.line(0.4, 0.4 - height, width - 0.4, -0.4)


_STROKES: dict[Sign, tuple[tuple[tuple[float, float], ...], ...]] = {
    Sign.RIGHT: (((0.4, 1.9), (1.5, 0.7), (3.7, 3.5)),),
    Sign.PART: (((0.4, 1.9), (1.5, 0.7), (3.7, 3.5)), ((1.9, 3.2), (3.6, 1.2))),
    Sign.WRONG: (((0.7, 0.7), (3.3, 3.3)), ((0.7, 3.3), (3.3, 0.7))),
    Sign.WAITS: (((2, 3), (2, 2), (2.8, 2)),),
    Sign.NONE: (((0.7, 2), (3.3, 2)),),
}  # in millimetres, of a square of 4; a hand of a clock for what waits


class _Moved:
    """A canvas whose millimetres are those of a page at one of its points."""

    def __init__(self, canvas: Canvas, at: Frame) -> None:
        self._canvas, self._at = canvas, at

    def __enter__(self) -> Canvas:
        self._canvas.saveState()
        self._canvas.transform(*self._at.right, *self._at.up, *self._at.origin)
        return self._canvas

    def __exit__(self, *_: object) -> None:
        self._canvas.restoreState()
