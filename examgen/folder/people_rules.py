"""The rules of an exam for people who mark: how two marks become one."""

from __future__ import annotations

from dataclasses import dataclass
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

    def is_within(self, first: Fraction, second: Fraction, out_of: Fraction) -> bool:
        """Return whether two marks differ by no more than the tolerance.

        >>> MarkingRule("25%").is_within(Fraction(2), Fraction(1), Fraction(4))
        True
        """
        share = self.tolerance.endswith("%")
        bound = Fraction(self.tolerance.rstrip("%").strip())
        return abs(first - second) <= (bound * out_of / 100 if share else bound)
