r"""Every kind of figure by its command, and the texts that hold figures.

A text comes in with values put in, and figures as `syntax.with_places` left them; it goes out as
LaTeX: `\alt{what it shows}\figuredata{a table of its data}` and the drawing, in the middle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from jinja2 import TemplateSyntaxError
from jinja2.ext import Extension

from generator.texts.figures.frame import plot
from generator.texts.figures.graphs import graph, tree
from generator.texts.figures.images import image
from generator.texts.figures.parts import Parts, Picture
from generator.texts.figures.syntax import BEGIN, Entry, Holds, Misdrawn, figures_in, with_places
from generator.texts.figures.tables import table, tabular

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

VALUE, TEXT, FORMULA = Entry(Holds.VALUE), Entry(Holds.TEXT), Entry(Holds.FORMULA, is_many=True)
VALUES, TEXTS = Entry(Holds.VALUE, is_many=True), Entry(Holds.TEXT, is_many=True)


@dataclass(frozen=True)
class Kind:
    """A kind of figure: its parts, and what draws it."""

    parts: Mapping[str, Entry]
    draw: Callable[[Parts], Picture]


def _words(names: str, entry: Entry) -> dict[str, Entry]:
    return dict.fromkeys(names.split(), entry)


KINDS: Mapping[str, Kind] = MappingProxyType({
    "plot": Kind({
        **_words("kind xlabel ylabel width height grid alt", TEXT), "label": TEXTS,
        **_words("x y data", VALUES), "f": FORMULA,
        **_words("xmin xmax ymin ymax xstep ystep from to samples bins edges names", VALUE),
    }, plot),
    "table": Kind({**_words("columns rows", VALUE), "heads": TEXT}, table),
    "graph": Kind(_words("edges nodes at alt", TEXT), graph),
    "tree": Kind(_words("nodes alt", TEXT), tree),
    "image": Kind(_words("file width height alt", TEXT), image),
})  # fmt: skip
PICTURES = ("plot", "graph", "tree")  # from which values are read, not copied
_ENTRIES = MappingProxyType({name: kind.parts for name, kind in KINDS.items()})
_DRAWN = re.compile(
    r"\\(?:alt|figuredata)\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}"
    r"|\\begin\{(tikzpicture|circuitikz)\}.*?\\end\{\1\}",
    re.DOTALL,
)


class Figures(Extension):
    """Figures in templates: their values become places of the template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template whose figures have places for their values."""
        try:
            return with_places(source, _ENTRIES)
        except Misdrawn as error:
            what, line = error.args
            raise TemplateSyntaxError(what, line, name, filename) from error


def draw_figures(text: str, words: Mapping[str, str]) -> str:
    """Return a text with its figures as LaTeX.

    Args:
        text: with values put in.
        words: the fixed words of the paper's language.

    Raises:
        Misdrawn: a figure cannot be drawn.
    """
    if BEGIN not in text:
        return text
    made, at = [], 0
    for start, end, name, texts in figures_in(text):
        try:
            picture = KINDS[name].draw(Parts(texts, words))
        except Misdrawn as error:
            raise Misdrawn(f"\\{name}: {error}") from error
        made += [text[at:start], _centred(picture, texts.get("alt", ""))]
        at = end
    return "".join([*made, text[at:]])


def without_drawings(latex: str) -> str:
    """Return the text of a part without what its drawings are made of."""
    return _DRAWN.sub("", latex)


def _centred(picture: Picture, alt: str) -> str:
    said = alt or picture.alt
    described = f"\\alt{{{said}}}" if said else ""
    data = f"\\figuredata{{{tabular(picture.rows)}}}" if picture.rows else ""
    return f"\\begin{{center}}{described}{data}{picture.code}\\end{{center}}"
