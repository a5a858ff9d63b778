"""What a platform makes of answers in a cell: nothing given, and several answers in one cell."""

from __future__ import annotations

import re
from itertools import pairwise

from grader.intake.headers import Layout

_MOODLE_PART = re.compile(r"(?:^|; )([^\W\d]+) (\d+)\s?:(?: |(?=;)|$)")
_CANVAS_COMMA = re.compile(r"(?<!\\),")


def is_nothing(text: str, layout: Layout) -> bool:
    """Whether a cell says that nothing was given; in Moodle a dash is never an answer.

    A table that needs `--columns` may be Moodle's, in a language that is not known.
    """
    is_platform = layout in {Layout.MOODLE, Layout.MAPPED}
    return not text.strip() or (is_platform and text.strip() == "-")


def split(text: str, count: int, layout: Layout) -> tuple[str, ...] | None:
    r"""The answers of a cell that holds several; None where they cannot be told apart.

    >>> split("part 1: 3; 4; part 2: 5", 2, Layout.MOODLE)
    ('3; 4', '5')
    >>> split(r"3\,5,2", 2, Layout.CANVAS)
    ('3,5', '2')
    """
    if is_nothing(text, layout):
        return ("",) * count
    texts = _canvas(text) if layout is Layout.CANVAS else _moodle(text)
    return texts if len(texts) == count else None


def _moodle(text: str) -> tuple[str, ...]:
    """Sub-responses by their labels, since a value may hold the separator too."""
    marks: list[re.Match[str]] = []
    for mark in _MOODLE_PART.finditer(text):
        word = marks[0][1] if marks else mark[1]
        if mark[1] == word and int(mark[2][:9]) == len(marks) + 1:
            marks.append(mark)
    if not marks or marks[0].start():
        return ()
    ends = [after.start() for _, after in pairwise(marks)] + [len(text)]
    return tuple(text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))


def _canvas(text: str) -> tuple[str, ...]:
    return tuple(piece.replace("\\,", ",") for piece in _CANVAS_COMMA.split(text))
