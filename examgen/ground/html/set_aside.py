r"""Set aside what differs between papers and is no text, so that the text is parsed once.

Drawings, and what `\alt{...}` and `\figuredata{...}` say of them, hold values, and a thousand
coordinates take a parser of LaTeX longer than all the rest of a question.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pylatexenc.latex2text import LatexNodes2Text

from examgen.ground.html.package_macros import without_packages

DRAWINGS = frozenset({"tikzpicture", "circuitikz", "algorithmic"})
ALT, DATA, DRAWING = "alt", "figuredata", "drawing"
PLACE = re.compile("\ue002(\\d+)\ue003")
_FOUND = re.compile(
    r"\\begin\{(?P<raw>verbatim)\}.*?\\end\{verbatim\}"
    rf"|\\begin\{{(?P<drawing>{'|'.join(sorted(DRAWINGS))})\}}.*?\\end\{{(?P=drawing)\}}"
    r"|\\(?P<said>alt|figuredata)(?=\{)",
    re.DOTALL,
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def set_aside(latex: str) -> tuple[str, list[tuple[str, str]]]:
    r"""Return a text with places for its drawings, and what was there: a kind, and its LaTeX.

    >>> set_aside(r"\alt{a {b}}\begin{tikzpicture}\draw;\end{tikzpicture}.")[1]
    [('alt', 'a {b}'), ('drawing', '\\begin{tikzpicture}\\draw;\\end{tikzpicture}')]
    """
    made: list[str] = []
    aside: list[tuple[str, str]] = []
    at = 0
    for found in _FOUND.finditer(latex):
        end = found.end() if found["said"] is None else _end(latex, found.end())
        if found["raw"] or found.start() < at or end is None:
            continue
        made += [latex[at : found.start()], f"\ue002{len(aside)}\ue003"]
        said = latex[found.end() + 1 : end - 1]
        aside.append((found["said"], said) if found["said"] else (DRAWING, found[0]))
        at = end
    return "".join([*made, latex[at:]]), aside


def _end(latex: str, start: int) -> int | None:
    """Return where the group that begins at a place has ended; None if it does not."""
    depth = 0
    for found in _BRACE.finditer(latex, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0:
            return found.end()
    return None


@lru_cache(maxsize=4_096)
def plain_text(latex: str) -> str:
    """Return LaTeX as text without markup, for those who hear it."""
    latex = re.sub(r"(?<=\d)\{,\}(?=\d)", ",", without_packages(latex))
    try:
        return str(LatexNodes2Text().latex_to_text(latex)).strip()
    except (IndexError, AttributeError, TypeError, KeyError, ValueError):
        return latex
