"""Working as it is written: lines, the statements in each, and the sides of a statement.

A statement is `label: side = side = side`. What is crossed out is none, and neither is a sentence
without a number or a formula.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.chains import sides_of
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES = 60
LONGEST_LINE = 400
MOST_STATEMENTS = 120
_STRUCK = re.compile(r"~~.*?~~|\\(?:sout|x?cancel|bcancel)\{[^{}]*\}")
_CASES = re.compile(r"\\begin\{cases\}.*?\\end\{cases\}")  # a step on the way to its value
_TAKEN_BACK = re.compile(
    r"[(\[]\s*(?:wrong|crossed|struck|ignore|scrap|no[,!)\]]|nope|falsch|yanl[ıi][sş])[^()\[\]]*[)\]]",
    re.IGNORECASE,
)
_APART = re.compile(
    r";(?=[^;]*[=:])|;(?=\s*\\?[^\W\d_])|\$\$|=>|⇒|→|->|\\\\|&"
    r"|,\s+(?=[^,=]{1,40}[=≈](?!=))|,\s*(?=(?:\\?[^\W\d_][\w{}^\\ ]{0,30})\s*[=:≈](?!=))"
    r"|,?\s+(?:and|so|then|thus|hence|therefore|because|since|also|daher|dann|yani)\s+(?:that\s+)?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*([^:=≈]{1,60}?)\s*:(?![=:])\s*")
_LETTER = re.compile(r"[^\W\d_]")
_MATHEMATICS = re.compile(r"\d|[=≈]|[*^+]|[^\W\d_]\s*\(")
_CONTROL = re.compile(r"[\t\r\v\f\u2028\u2029\x85]")


@record
class Statement:
    """Something that a line states.

    Attributes:
        line: the place of the line, from 0.
        label: the words before a colon; may be empty.
        sides: what is joined by `=`, in order; at least one.
    """

    line: int
    label: str
    sides: tuple[str, ...]

    @property
    def text(self) -> str:
        """Return the statement without its label."""
        return " = ".join(self.sides)

    @property
    def last(self) -> str:
        """Return the side at which the statement arrives."""
        return self.sides[-1]


@record
class Working:
    """An answer of several lines.

    Attributes:
        lines: as written, without empty ones.
        statements: in order.
        struck: the places of lines that were crossed out.
        is_whole: nothing was too long to be looked at.
    """

    lines: tuple[str, ...]
    statements: tuple[Statement, ...]
    struck: frozenset[int]
    is_whole: bool = True


def read_working(text: str) -> Working:
    """Return a text as lines with their statements; what is beyond the bounds is left out."""
    written = [line.strip() for line in _CONTROL.sub(" ", text.replace("\r\n", "\n")).split("\n")]
    lines = [line for line in written if line]
    kept = [line for line in lines[:MOST_LINES] if len(line) <= LONGEST_LINE]
    bare = [_STRUCK.sub(" ", _CASES.sub(" ", line)).strip() for line in kept]
    struck = {at for at, line in enumerate(bare) if not line or _TAKEN_BACK.search(line)}
    found = [one for at, line in enumerate(bare) if at not in struck for one in _stated(at, line)]
    is_whole = len(kept) == len(lines) and len(found) <= MOST_STATEMENTS
    return Working(tuple(kept), tuple(found[:MOST_STATEMENTS]), frozenset(struck), is_whole)


def is_several(text: str) -> bool:
    """Return whether a text states more than one thing: lines, statements, or sides."""
    found = read_working(text)
    return (
        len(found.lines) > 1
        or len(found.statements) > 1
        or any(len(one.sides) > 1 for one in found.statements)
    )


def _stated(at: int, line: str) -> Iterator[Statement]:
    """Yield the statements of a line.

    >>> [one.sides for one in _stated(0, "H = W = 112, so 112x112x64")]
    [('H', 'W', '112'), ('112x112x64',)]
    """
    for piece in _pieces(line):
        label = _LABEL.match(piece)
        is_label = label is not None and _LETTER.search(label[1]) is not None
        rest = piece[label.end() :] if label is not None and is_label else piece
        sides = sides_of(rest.strip().rstrip(",").strip(" $"))
        if sides and _MATHEMATICS.search(rest):
            yield Statement(at, label[1] if label is not None and is_label else "", tuple(sides))


def _pieces(line: str) -> list[str]:
    """Return the parts of a line between commas and words that join, outside of brackets."""
    pieces, start = [], 0
    for found in _APART.finditer(line):
        before = line[: found.start()]
        if all(before.count(one) == before.count(other) for one, other in ("()", "[]", "{}")):
            pieces.append(line[start : found.start()])
            start = found.end()
    return [piece for piece in (*pieces, line[start:]) if piece.strip()]
