"""A number of marks as a person writes it: with a decimal point or comma, or as a fraction."""

from __future__ import annotations

import re
from fractions import Fraction

from examgen.ground.wording import marks_text
from grader.records.submissions import excerpt

MAX_REMARK = 2_000
_MARKS = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?|\d{1,6}/\d{1,6}")
_FORMULA = ("=", "+", "@")


def number(text: str) -> Fraction:
    """Return a number of marks.

    >>> number("2"), number("0,5"), number("1/3")
    (Fraction(2, 1), Fraction(1, 2), Fraction(1, 3))

    Raises:
        ValueError: it is none; what is wrong, and what to do.
    """
    try:
        if _MARKS.fullmatch(text):
            return Fraction(text.replace(",", "."))
    except ZeroDivisionError:
        pass
    what = "looks like a formula" if text.startswith(_FORMULA) else "is no number of marks"
    raise ValueError(f"{excerpt(text)!r} {what}; write 2 or 0.5")


def number_up_to(text: str, most: Fraction) -> Fraction:
    """Return a number of marks of those that can be earned.

    Raises:
        ValueError: as `number`, or it is more.
    """
    given = number(text)
    if given > most:
        limit = marks_text(most)
        raise ValueError(f"{marks_text(given)} of {limit} marks are given; give at most {limit}")
    return given


def check_remark(text: str) -> None:
    """Check the length of a remark.

    Raises:
        ValueError: it is too long.
    """
    if len(text) > MAX_REMARK:
        raise ValueError(f"the remark has more than {MAX_REMARK} characters; shorten it")
