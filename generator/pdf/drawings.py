"""Drawings for HTML papers: TikZ and the like, drawn by TeX and kept as SVG by their source."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING

from examgen.ground.errors import ToolError
from examgen.ground.html.latex_to_html import Prose
from examgen.ground.html.set_aside import DRAWINGS
from generator.pdf.converters import PDF_TO_SVG, pages_to_svg
from generator.pdf.pdflatex import engine, typeset
from generator.pdf.printed_images import for_tex, images_of
from generator.render.images import picture_html
from generator.render.latex import document, without_preamble

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.render.latex import Setup
    from generator.variants.paper import Part

TOGETHER, KEPT = 200, 200
_ORIGIN = "\\pdfhorigin=0pt \\pdfvorigin=0pt \\hoffset=0pt \\voffset=0pt\n"
_PAGE = (
    "{{{before}\\setbox0\\hbox{{{code}}}\\pdfpagewidth=\\wd0 "
    "\\pdfpageheight=\\dimexpr\\ht0+\\dp0\\relax \\shipout\\box0 }}\n"
)
_SETTING = re.compile(r"\\(?:usetikzlibrary|tikzset|ctikzset|pgfplotsset)\{(?:[^{}]|\{[^{}]*\})*\}")
_SIZE = re.compile(rb'<svg[^>]*?\bwidth="([\d.]+)(?:pt)?"[^>]*?\bheight="([\d.]+)(?:pt)?"')
_IS_DRAWN = re.compile(rf"\\begin\{{(?:{'|'.join(sorted(DRAWINGS))})\}}|\.pdf\}}")


def can_draw() -> bool:
    """Return whether drawings can be made for pages: by TeX, and a program that makes SVG."""
    return engine() is not None and PDF_TO_SVG.path is not None


@lru_cache(maxsize=4)
def drawings_of(setup: Setup, form: Path | None) -> Drawings:
    """Return the drawings of a setup, which one process keeps for all papers that it makes."""
    return Drawings(setup, form)


class Drawings:
    """The drawings of papers.

    Attributes:
        setup: of the papers.
        form: a format that has read the preamble; None: it is read each time.
    """

    def __init__(self, setup: Setup, form: Path | None = None) -> None:
        self.setup, self.form = setup, form
        self._svgs: dict[str, bytes | None] = {}

    def prepare(self, parts: Iterable[Part]) -> None:
        """Draw what some parts show, many drawings in a run of TeX, and keep some of the others."""
        if not can_draw():
            return
        alike = {id(part): part for part in parts if _IS_DRAWN.search(part.body)}.values()
        codes = dict.fromkeys(code for part in alike for code in _codes(part))
        self._svgs = self._kept(codes)
        new, images = [code for code in codes if code not in self._svgs], images_of(alike)
        for at in range(0, len(new), TOGETHER):
            self._draw(new[at : at + TOGETHER], images)

    def _kept(self, codes: Collection[str]) -> dict[str, bytes | None]:
        """Return what is there of some drawings, and the last of the others."""
        drawn = {code: svg for code, svg in self._svgs.items() if svg is not None}
        others = [code for code in drawn if code not in codes][-KEPT:]
        return {code: drawn[code] for code in (*others, *codes) if code in drawn}

    def html(self, part: Part, source: str, alt: str) -> str | None:
        """Return a drawing of a part as an image of a page; None where it cannot be drawn."""
        if not can_draw():
            return None
        code = _code(part, source)
        if code not in self._svgs:
            self._draw([code], part.images)
        svg = self._svgs[code]
        size = _SIZE.search(svg) if svg is not None else None
        if svg is None or size is None:
            return None
        width, height = (float(side) * 4 / 3 for side in size.groups())
        return picture_html("svg+xml", svg, alt, (width, height), "drawing")

    def _draw(self, codes: Sequence[str], images: Mapping[str, bytes]) -> None:
        """Draw all by one run of TeX; where that fails, each by itself."""
        try:
            self._svgs |= zip(codes, self._drawn(codes, images), strict=True)
        except ToolError:
            for code in codes:
                self._svgs[code] = None
                with suppress(ToolError):
                    (self._svgs[code],) = self._drawn([code], images)

    def _drawn(self, codes: Sequence[str], images: Mapping[str, bytes]) -> list[bytes]:
        body, files = for_tex(_ORIGIN + "".join(codes), images)
        source = without_preamble([body]) if self.form is not None else document(self.setup, [body])
        pdf = typeset(source, "the drawings", self.form, files=files).pdf
        return pages_to_svg(pdf, len(codes))


def _codes(part: Part) -> Iterator[str]:
    """Yield what TeX gets for each drawing of a part."""
    found: list[str] = []

    def collect(source: str, _alt: str) -> str:
        found.append(source)
        return ""

    Prose(str, draw=collect).html(part.body)
    return (_code(part, source) for source in found if _IS_DRAWN.search(source))


def _code(part: Part, source: str) -> str:
    before = "".join(_SETTING.findall(part.body.partition(source)[0]))
    is_text = source.startswith("\\begin{algorithmic}")
    code = f"\\begin{{minipage}}{{150mm}}{source}\\end{{minipage}}" if is_text else source
    return _PAGE.format(before=before, code=code)
