"""The marks of a class as a matrix, and which of them a total can be made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from grader.statistics.numbers import Array, Mask

MOST_WAITING = 0.05


@dataclass(frozen=True, eq=False)
class Scores:
    """The marks of those who handed in: a row for each student, a column for each item.

    Attributes:
        marks: not a number where the student did not have the item, or its marks wait.
        had: whether the student's paper has the item.
        omitted: whether the student had it and wrote nothing.
        out_of: the most that each item gives.
        bonus: which items are added to the total and not to the maximum; None: none is.
        cap: by how much these may lift a total above the maximum.
    """

    marks: Array
    had: Mask
    omitted: Mask
    out_of: Array
    bonus: Mask | None = None
    cap: float = 0.0

    @cached_property
    def certain(self) -> Mask:
        """Return which marks are there and do not wait."""
        return np.asarray(self.had & ~np.isnan(self.marks), dtype=bool)

    @cached_property
    def items(self) -> Mask:
        """Return items that count towards totals: of no more than 5 % of their students marks wait.

        What was dropped gives no marks, and does not count.
        """
        had, certain = self.had.sum(axis=0), self.certain.sum(axis=0)
        is_certain = (certain > 0) & (had - certain <= MOST_WAITING * had)
        return np.asarray(is_certain & (self.out_of > 0), dtype=bool)

    @cached_property
    def students(self) -> Mask:
        """Return students with a total: they have marks in these items, and none waits."""
        waits = (self.had & ~self.certain)[:, self.items].any(axis=1)
        return ~waits & (self._possible > 0)

    @cached_property
    def _possible(self) -> Array:
        return np.asarray(self.had[:, self.regular] @ self.out_of[self.regular], dtype=float)

    @cached_property
    def regular(self) -> Mask:
        """Return the counted items that are no bonus."""
        return self.items if self.bonus is None else self.items & ~self.bonus

    @cached_property
    def _marks_of_all(self) -> Array:
        earned = np.where(self.certain, self.marks, 0.0)[:, self.items]
        return np.asarray(earned.sum(axis=1), dtype=float)

    @cached_property
    def _earned(self) -> Array:
        if self.bonus is None:
            return self._marks_of_all
        return np.minimum(self._marks_of_all, self._possible + self.cap)

    @cached_property
    def most(self) -> float:
        """Return the marks of the largest paper, in the items that count."""
        return float(self._possible[self.students].max(initial=0.0))

    @cached_property
    def totals(self) -> Array:
        """Return the totals of the students who have one.

        Where papers differ in what they give, each total is scaled to the largest paper.
        """
        return self._earned[self.students] / self._possible[self.students] * self.most

    def column(self, item: int) -> tuple[Array, Array, Array]:
        """Return an item's marks, its students' totals, and their marks on the rest of the test.

        The rest is a share of what the rest gives, for students who have a total and a rest.
        """
        rest = self._possible - (self.out_of[item] if self.regular[item] else 0)
        chosen = self.students & self.certain[:, item] & (rest > 0)
        marks = self.marks[chosen, item]
        totals = self._earned[chosen] / self._possible[chosen] * self.most
        return marks, totals, (self._marks_of_all[chosen] - marks) / rest[chosen]

    @cached_property
    def block(self) -> Array:
        """Return the complete block: students with a total by regular items that all had."""
        return self.marks[np.ix_(self.students, self.common)]

    @cached_property
    def common(self) -> Mask:
        """Return the counted items that every student with a total had; a bonus is none of them."""
        return self.regular & self.had[self.students].all(axis=0)
