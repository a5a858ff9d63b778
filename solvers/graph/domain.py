"""Domains: the values that an input may take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.number import value_text

if TYPE_CHECKING:
    from solvers.graph.number import Exact, Value

MAX_LENGTH = 512


@dataclass(frozen=True)
class Domain:
    """A range of numbers, or of lists of such numbers (`depth` 1) or matrices (`depth` 2)."""

    whole: bool = False
    low: Fraction | None = None
    high: Fraction | None = None
    depth: int = 0

    def fault(self, value: Value) -> str | None:
        """Return why a value does not belong to this domain; None if it does."""
        return self._fault(value, self.depth)

    def _fault(self, value: Value, depth: int) -> str | None:
        if isinstance(value, tuple) != (depth > 0):
            return "must be a list in brackets" if depth else "must be one number, not a list"
        if isinstance(value, tuple):
            if not 1 <= len(value) <= MAX_LENGTH:
                return f"must have 1 to {MAX_LENGTH} elements"
            return next(filter(None, (self._fault(item, depth - 1) for item in value)), None)
        return self._number_fault(value)

    def _number_fault(self, value: Exact) -> str | None:
        if self.whole and (not isinstance(value, Fraction) or value.denominator != 1):
            return "must be a whole number"
        if self.low is not None and value < self.low:
            return f"must be at least {value_text(self.low)}"
        if self.high is not None and value > self.high:
            return f"must be at most {value_text(self.high)}"
        return None


def whole(low: int, high: int) -> Domain:
    """Return whole numbers from `low` to `high`."""
    return Domain(whole=True, low=Fraction(low), high=Fraction(high))


def real(low: str | None = None, high: str | None = None) -> Domain:
    """Return exact numbers between two bounds (written as decimals), each optional."""
    return Domain(low=Fraction(low) if low else None, high=Fraction(high) if high else None)


def vector(of: Domain) -> Domain:
    """Return lists of numbers of a domain."""
    return replace(of, depth=1)


def matrix(of: Domain) -> Domain:
    """Return matrices (lists of rows) of numbers of a domain."""
    return replace(of, depth=2)


COUNT = whole(1, 10**12)
FLAG = whole(0, 1)
REAL = real()
UNIT = real("0", "1")
