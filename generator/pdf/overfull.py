r"""Find what runs over a page's margins, or leaves half of it empty, in TeX's log."""

from __future__ import annotations

import re
from dataclasses import dataclass

LEAST = 2  # points; what nobody sees on paper is left out
HALF = 0.5
_OVERFULL = re.compile(
    r"^Overfull \\(?P<box>[hv])box \((?P<points>\d+(?:\.\d+)?)pt too (?:wide|high)\)"
    r"(?:.*? at lines? (?P<first>\d+)(?:--(?P<last>\d+))?)?",
    re.MULTILINE,
)
_FILLED = re.compile(
    r"^examgen-filled: (?P<points>[\d.]+)pt of (?P<whole>[\d.]+)pt (?P<state>\w*)", re.MULTILINE
)


@dataclass(frozen=True)
class Short:
    """A page that is less than half full, though its question goes on after it.

    Attributes:
        page: its number from 1.
        share: how full it is, from 0 to 1.
    """

    page: int
    share: float


@dataclass(frozen=True)
class Overfull:
    """Something that is too large for its page.

    Attributes:
        margin: which one it runs over: `right` or `bottom`.
        points: by how much, in TeX's points of 0.35 mm.
        first: the line of TeX's source at which its paragraph begins; so `last`. 0: not known.
    """

    margin: str
    points: float
    first: int = 0
    last: int = 0


def overfull(log: str) -> tuple[Overfull, ...]:
    r"""Return what a log of TeX says of too large boxes, but those of less than 2 pt.

    >>> overfull(r"Overfull \hbox (33.25pt too wide) in paragraph at lines 193--197")
    (Overfull(margin='right', points=33.25, first=193, last=197),)
    """
    found = (_read(line) for line in _OVERFULL.finditer(log))
    return tuple(one for one in found if one.points >= LEAST)


def _read(line: re.Match[str]) -> Overfull:
    first = int(line["first"] or 0)
    margin = "right" if line["box"] == "h" else "bottom"
    return Overfull(margin, float(line["points"]), first, int(line["last"] or first))


def short(log: str) -> tuple[Short, ...]:
    """Return the pages that are less than half full in the middle of a question.

    >>> short("examgen-filled: 200.0pt of 700.0pt inside")
    (Short(page=1, share=0.29),)
    """
    pages = enumerate(_FILLED.finditer(log), 1)
    shares = ((page, float(of["points"]) / float(of["whole"]), of["state"]) for page, of in pages)
    return tuple(
        Short(page, round(share, 2))
        for page, share, state in shares
        if state == "inside" and share < HALF
    )
