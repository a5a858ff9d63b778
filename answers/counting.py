"""Numbers with what they count: one paper, two papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def counted(count: int, one: str, several: str = "") -> str:
    """A number with what it counts.

    Args:
        count: how many.
        one: what it says of one.
        several: what it says of none or several; the same with an s if empty.

    >>> counted(1, "paper"), counted(5000, "paper"), counted(2, "answer waits", "answers wait")
    ('1 paper', '5,000 papers', '2 answers wait')
    """
    return f"{count:,} {plural(count, one, several)}"


def plural(count: int | Fraction, one: str, several: str = "") -> str:
    """The words alone, for numbers that are written in another way: half a mark, `0.5 marks`.

    >>> plural(1, "mark"), plural(0, "mark")
    ('mark', 'marks')
    """
    return one if count == 1 else several or f"{one}s"
