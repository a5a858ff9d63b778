r"""What runs over the margins of a page: the lines of TeX's log that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass

LEAST = 2  # points; what nobody sees on paper is left out
_OVERFULL = re.compile(
    r"^Overfull \\(?P<box>[hv])box \((?P<points>\d+(?:\.\d+)?)pt too (?:wide|high)\)"
    r"(?:.*? at lines? (?P<first>\d+)(?:--(?P<last>\d+))?)?",
    re.MULTILINE,
)


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
