"""The members of a question: all of its parameter space, or a sample that covers every pair."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice, product
from math import prod
from typing import TYPE_CHECKING

from generator.questions.draw import choose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.questions.model import QuestionFile

LIMIT = 100_000


@dataclass(frozen=True)
class Space:
    """What a question may draw from.

    Attributes:
        lists: the values of each parameter that is drawn by itself.
        limit: up to how many members all are tried.
    """

    name: str
    lists: Mapping[str, tuple[str, ...]]
    limit: int = LIMIT

    @classmethod
    def of(cls, question: QuestionFile, fixed: Mapping[str, str], limit: int = LIMIT) -> Space:
        """The space of a question, with some parameters fixed."""
        lists = {name: v for name, v in question.vary.items() if isinstance(v, tuple)}
        return cls(question.name, lists | {n: (v,) for n, v in fixed.items()}, limit)

    @property
    def size(self) -> int:
        """The number of combinations, before any condition."""
        return prod(map(len, self.lists.values()))

    @property
    def is_whole(self) -> bool:
        """Whether every member is tried."""
        return self.size <= self.limit

    def members(self) -> Iterator[dict[str, str]]:
        """Every combination, or where there are too many a sample with every pair of values."""
        if self.is_whole:
            names = list(self.lists)
            return (dict(zip(names, row, strict=True)) for row in product(*self.lists.values()))
        return islice(self._covering(), self.limit)

    def _covering(self) -> Iterator[dict[str, str]]:
        """Rows that together hold every pair of values of any two parameters."""
        missing = {
            ((one, a), (other, b))
            for one, other in combinations(self.lists, 2)
            for a in self.lists[one]
            for b in self.lists[other]
        }
        number = 0
        while missing:
            row = dict(min(missing))
            for name, values in self.lists.items():
                row.setdefault(name, choose(values, "covering", self.name, name, str(number)))
            missing -= {((n, row[n]), (m, row[m])) for n, m in combinations(self.lists, 2)}
            number += 1
            yield {name: row[name] for name in self.lists}
