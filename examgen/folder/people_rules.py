"""The rules of an exam for people: how two marks become one, and when students may appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias

Within: TypeAlias = Literal["first", "mean", "higher"]
Beyond: TypeAlias = Literal["agreed", "third", "mean"]


@dataclass(frozen=True)
class MarkingRule:
    """A rule by which the marks of two people for an answer become one.

    Attributes:
        tolerance: by how much they may differ: marks, or a share of the answer's, `10%`.
        within: what counts where they differ by no more than that.
        beyond: what counts where they differ by more: a mark that both agree on, the mark of a
            third person, or their mean. Until somebody settled it, the answer waits.
    """

    tolerance: str = "0"
    within: Within = "mean"
    beyond: Beyond = "agreed"

    def __post_init__(self) -> None:
        """Refuse a tolerance that is none."""
        self.is_within(Fraction(0), Fraction(0), Fraction(1))

    def is_within(self, first: Fraction, second: Fraction, out_of: Fraction) -> bool:
        """Return whether two marks differ by no more than the tolerance.

        >>> MarkingRule("25%").is_within(Fraction(2), Fraction(1), Fraction(4))
        True
        """
        share = self.tolerance.endswith("%")
        bound = Fraction(self.tolerance.rstrip("%").strip())
        return abs(first - second) <= (bound * out_of / 100 if share else bound)


@dataclass(frozen=True)
class AppealRule:
    """A rule by which students may ask that somebody looks at an answer again.

    Attributes:
        opens: the first day, as 2026-12-01; empty for any.
        closes: the last day.
        limit: how many answers each student may ask about; 0 for any number.
    """

    opens: str = ""
    closes: str = ""
    limit: int = 0

    def __post_init__(self) -> None:
        """Refuse days that are none."""
        for day in filter(None, (self.opens, self.closes)):
            date.fromisoformat(day)

    def refusal(self, day: date, before: int) -> str:
        """Return why an appeal is not taken; empty where it is.

        Args:
            day: on which it was received.
            before: how many of this student's were taken before it.

        >>> AppealRule(closes="2026-12-15").refusal(date(2026, 12, 16), 0)
        'it came on 2026-12-16, after the last day, 2026-12-15'
        """
        if self.opens and day < date.fromisoformat(self.opens):
            return f"it came on {day}, before the first day, {self.opens}"
        if self.closes and day > date.fromisoformat(self.closes):
            return f"it came on {day}, after the last day, {self.closes}"
        if self.limit and before >= self.limit:
            return f"each student may ask about {self.limit}, and asked about {before} before"
        return ""
