"""Compare the minutes of an exam's questions with the time that its cover allows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.wording import format_count

if TYPE_CHECKING:
    from generator.exams.model import Exam

_MINUTES = {
    60: r"h|hrs?|hours?|std|stunden?|sa|saat",
    1: r"min|mins|minutes?|minuten?|dk|dakika",
}
_AMOUNT = r"(\d+(?:[.,]\d+)?)(?:\s+(\d)/(\d))?\s*-?\s*(?:{})(?![^\W\d_])"


@dataclass(frozen=True)
class Duration:
    """The minutes of an exam.

    Attributes:
        minutes: of all parts of a paper; of a pool, those that take longest.
        parts: how many parts a paper has.
        allowed: what the cover allows; None where it says nothing that can be read.
    """

    minutes: int
    parts: int
    allowed: Fraction | None

    @property
    def is_over(self) -> bool:
        """Return whether the parts take longer than the cover allows."""
        return self.allowed is not None and self.minutes > self.allowed

    def __str__(self) -> str:
        """Return the sentence that `check` prints."""
        said = f"{format_count(self.minutes, 'minute')} for {format_count(self.parts, 'part')}"
        if self.allowed is None:
            return f"{said}; the cover does not say how many minutes or hours are allowed"
        allowed = f"{said}; the cover allows {float(self.allowed):g}"
        if not self.is_over:
            return allowed
        return f"{allowed}: leave out parts, allow more time, or correct minutes: of the questions"


def duration(exam: Exam) -> Duration:
    """Add up the minutes of an exam's parts."""
    slots = [slot for question in exam.questions for slot in question.slots]
    minutes = sum(
        sum(sorted((part.question.minutes for part in slot.candidates), reverse=True)[: slot.pick])
        for slot in slots
    )
    return Duration(minutes, sum(slot.pick for slot in slots), minutes_in(exam.cover.time_allowed))


def minutes_in(text: str) -> Fraction | None:
    """Return the minutes that a cover allows; None where none are found.

    >>> minutes_in("Time allowed: 1 hour 30 minutes"), minutes_in("2.5 h"), minutes_in("long")
    (Fraction(90, 1), Fraction(150, 1), None)
    """
    clock = re.search(r"\b(\d{1,2}):([0-5]\d)(?=\s*(?:h\b|hours?\b|$))", text.strip())
    if clock is not None:
        return Fraction(60 * int(clock[1]) + int(clock[2]))
    found = [
        factor * _amount(match)
        for factor, words in _MINUTES.items()
        for match in re.finditer(_AMOUNT.format(words), text, re.IGNORECASE)
    ]
    return sum(found, Fraction(0)) if found else None


def _amount(match: re.Match[str]) -> Fraction:
    whole = Fraction(match[1].replace(",", "."))
    return whole + Fraction(int(match[2]), int(match[3]) or 1) if match[2] else whole
