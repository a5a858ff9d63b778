"""Comparisons of polynomials in one letter with zero, and conditions made of them."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from answers.algebra.univariate import Univariate
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.real_sets.sign_chart import CutLine
    from answers.syntax.nodes import Node

ONE_EVERYWHERE = Univariate((1,))


@record
class Atom:
    """A polynomial compared with zero; where `pole` vanishes nothing holds.

    Attributes:
        exact: whether the coefficients are those written, and not irrational ones to 45 digits.
        source: the expression that it was made of, where it is not exact.
    """

    sign: str
    of: Univariate
    pole: Univariate
    exact: bool = True
    source: Node | None = None

    def truth(self, line: CutLine) -> int:
        """Return the places of a line where the comparison is true."""
        negative, zero, positive = line.signs[self.of]
        if self.pole != ONE_EVERYWHERE:
            under, pole, over = line.signs[self.pole]
            zero &= ~pole
            negative, positive = (
                (negative & over) | (positive & under),
                (positive & over) | (negative & under),
            )
        match self.sign:
            case "<":
                return negative
            case "<=":
                return negative | zero
            case ">":
                return positive
            case ">=":
                return positive | zero
            case "=":
                return zero
            case _:
                return negative | positive


@record
class Condition:
    """Atoms joined by and, or, not."""

    word: str
    parts: tuple[Condition | Atom, ...]

    def truth(self, line: CutLine) -> int:
        """Return the places of a line where the condition is true."""
        truths = [part.truth(line) for part in self.parts]
        if self.word == "and":
            return reduce(and_, truths, line.everywhere)
        found = reduce(or_, truths, 0)
        return found if self.word == "or" else line.everywhere & ~found

    def atoms(self) -> Iterator[Atom]:
        """Yield all atoms."""
        for part in self.parts:
            if isinstance(part, Atom):
                yield part
            else:
                yield from part.atoms()
