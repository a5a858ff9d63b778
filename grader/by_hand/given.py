"""A number of marks as a person writes it: with a decimal point or comma, or as a fraction."""

from __future__ import annotations

import re
from fractions import Fraction

from examgen.ground.wording import marks_text
from grader.records.submissions import excerpt

MAX_REMARK = 2_000
_MARKS = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?|\d{1,6}/\d{1,6}")
_MINUS = frozenset("-−")
_NONE = Fraction(0)
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


def signed_number(text: str) -> Fraction:
    """Return marks for a criterion, which may be below 0.

    >>> signed_number("-0,5")
    Fraction(-1, 2)

    Raises:
        ValueError: as `number`.
    """
    is_below = text[:1] in _MINUS and text[1:2].isdigit()
    return -number(text[1:]) if is_below else number(text)


def number_up_to(text: str, most: Fraction, least: Fraction = _NONE) -> Fraction:
    """Return a number of marks of those that can be earned, or taken off.

    Raises:
        ValueError: as `number`, or it is more.
    """
    given = signed_number(text) if least else number(text)
    if given < least:
        limit = marks_text(least)
        raise ValueError(f"{marks_text(given)} of {limit} marks are given; give at least {limit}")
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
