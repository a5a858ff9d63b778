"""The members of a question: all of its parameter space, or a sample that covers every pair."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, islice, product
from math import prod
from typing import TYPE_CHECKING

from generator.questions.draw import choose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.questions.model import QuestionFile

LIMIT = 100_000
LONGEST = 1_000  # a list of more values, as of samples, is not held whole
SAMPLE = 1_000


@dataclass(frozen=True)
class Space:
    """All draws of a question.

    Attributes:
        lists: the values of each parameter that is drawn by itself.
        limit: up to how many members all are tried.
    """

    name: str
    lists: Mapping[str, Sequence[str]]
    limit: int = LIMIT

    @classmethod
    def of(cls, question: QuestionFile, fixed: Mapping[str, str], limit: int = LIMIT) -> Space:
        """Return the space of a question, with some parameters fixed."""
        lists = {name: v for name, v in question.vary.items() if not isinstance(v, str)}
        return cls(question.name, lists | {n: (v,) for n, v in fixed.items()}, limit)

    @property
    def size(self) -> int:
        """Return the number of combinations, before any condition."""
        return prod(map(len, self.lists.values()))

    @property
    def is_whole(self) -> bool:
        """Return whether every member is tried."""
        return self.size <= self.limit

    def describe_sample(self, tried: int) -> str:
        """Return a sentence on what is proven where not every member is tried."""
        paired = [name for name, values in self.lists.items() if len(values) <= LONGEST]
        pairs = f", with every pair of values of {', '.join(paired)}" if len(paired) > 1 else ""
        return (
            f"too many members to try all: {tried:,} were drawn{pairs}; "
            "every paper that is made is proven again"
        )

    def members(self) -> Iterator[dict[str, str]]:
        """Return all combinations, or of too many a sample with every pair of values."""
        if self.is_whole:
            names = list(self.lists)
            return (dict(zip(names, row, strict=True)) for row in product(*self.lists.values()))
        return islice(self._covering(), self.limit)

    def _covering(self) -> Iterator[dict[str, str]]:
        """Yield rows that hold every pair of listed values, and many samples and graphs."""
        short = {name: values for name, values in self.lists.items() if len(values) <= LONGEST}
        missing = {
            ((one, a), (other, b))
            for one, other in combinations(short, 2)
            for a in short[one]
            for b in short[other]
        }
        least = SAMPLE if len(short) < len(self.lists) else 0
        number = 0
        while missing or number < least:
            row = dict(min(missing, default=()))
            for name, values in self.lists.items():
                row.setdefault(name, choose(values, "covering", self.name, name, str(number)))
            missing -= {((n, row[n]), (m, row[m])) for n, m in combinations(short, 2)}
            number += 1
            yield {name: row[name] for name in self.lists}
