"""Answers typed as plain text, a line each: `1a.size: 112x112x64`, as in Moodle's online text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from grader.intake.names import Names
from grader.intake.pairs import Pairs
from grader.intake.platforms.base import fold_header
from grader.intake.records import answers_of
from grader.records.register import Owner, Person

if TYPE_CHECKING:
    from grader.intake.reading import Reading
    from grader.records.register import Register

_SIGNS = " *`_•·+#>-"
"""What a list or an editor's emphasis puts around a name."""
_LINE = re.compile(r"\s*([\w.() \[\]*`•·+#>-]{1,80}?)\s*([:=])(?!=)\s?(.*)")
_TAG = re.compile(r"(<[^<>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
_NEW_LINE = {"br", "p", "div", "li", "tr", "h1", "h2", "h3", "pre"}
_UNSEEN = {"script", "style", "head"}
_RAISED = {"sup": "^{", "sub": "_{"}


def plain(markup: str) -> str:
    """Return the text of an HTML page, roughly as a reader sees it.

    The standard library's parser takes quadratic time on pages made for that, and raises on others.

    >>> plain("<p>1a.size: 3&lt;4</p>").strip(), plain("10<sup>3</sup>")
    ('1a.size: 3<4', '10^{3}')
    """
    pieces, unseen = [], ""
    for place, piece in enumerate(_TAG.split(markup)):
        if place % 2 == 0:
            pieces.append("" if unseen else html.unescape(piece))
            continue
        match = _NAME.match(piece)
        name = match[1].lower() if match else ""
        if unseen or name in _UNSEEN:
            is_end = piece.startswith("</") and name in {unseen, ""}
            unseen = "" if is_end else unseen or name
        elif name in _NEW_LINE:
            pieces.append("\n")
        elif name in _RAISED:
            pieces.append("}" if piece.startswith("</") else _RAISED[name])
    return "".join(pieces)


def holds_lines(text: str, register: Register) -> bool:
    """Return whether a line of a text names an answer."""
    return any(name in register.answers for _, name, _ in _lines(text, register))


def _lines(text: str, register: Register) -> list[tuple[int, str, str]]:
    """Return each line with its number.

    With `student`, `paper` or the answer that it names, or nearly.
    """
    names, found = Names(register.answers), []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.fullmatch(line)
        name = _named(match[1].strip(_SIGNS), names, sign=match[2]) if match else ""
        found.append((number, name, match[3] if match and name else line))
    return found


def _named(text: str, names: Names, *, sign: str) -> str:
    """Return what a line names; a name that only resembles an answer's stays as it is written.

    `2a: 5` may answer part 2a, but `2a = 5` is an equation.
    """
    if fold_header(text) in {"student", "paper"}:
        return fold_header(text)
    return names.find(text, by_part=sign == ":") or (text if names.near(text) else "")


def read_lines(text: str, reading: Reading) -> None:
    """Take in the answers of a text; a line that names none belongs to the answer before it."""
    first, pairs = 1, list[tuple[str, list[str]]]()
    for number, name, rest in _lines(text, reading.register):
        if name:
            first = first if pairs else number
            pairs.append((name, [rest]))
        elif pairs:
            pairs[-1][1].append(rest)
    given = Pairs((name, "\n".join(lines).strip()) for name, lines in pairs)
    named = (Person(str(given.get("student") or "")), str(given.get("paper") or ""))
    answers = Pairs(pair for pair in given if pair[0] not in {"student", "paper"})
    owner = reading.owner(*named)
    if isinstance(owner, Owner):
        reading.take(first, owner, answers_of(first, owner, answers, reading))
    else:
        texts = tuple((name, str(value)) for name, value in answers)
        reading.stranger(first, owner, named, texts)
