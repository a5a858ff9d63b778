"""Random whole numbers that depend on names alone: SHA-256 of the names, block by block."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from solvers.graph.number import CONTEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_Item = TypeVar("_Item")
_WORDS = 1 << 64


class Stream:
    """Random numbers by names; the same names give the same numbers on every machine."""

    def __init__(self, *names: str) -> None:
        self._words = _words("\x1f".join(names))

    def below(self, limit: int) -> int:
        """Return a whole number from 0 up to a limit, which is not among them.

        >>> [Stream("42", "s1").below(6) for _ in range(3)]
        [3, 3, 3]
        """
        fair = _WORDS - _WORDS % limit
        return next(word for word in self._words if word < fair) % limit

    def between(self, low: int, high: int) -> int:
        """Return a whole number from one to another, both among them."""
        return low + self.below(high - low + 1)

    def share(self) -> Decimal:
        """Return a number between 0 and 1, neither among them."""
        return CONTEXT.divide(Decimal(2 * next(self._words) + 1), Decimal(2 * _WORDS))

    def one_of(self, items: Sequence[_Item]) -> _Item:
        """Return one of some items, each as likely as the others."""
        return items[self.below(len(items))]

    def order(self, items: Sequence[_Item]) -> list[_Item]:
        """Return items in an order of which each is as likely."""
        return self.some(items, len(items))

    def some(self, items: Sequence[_Item], count: int) -> list[_Item]:
        """Return so many of some items, none twice, in the order in which they are drawn."""
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(count)]


def _words(label: str) -> Iterator[int]:
    """Yield whole numbers of 64 bits."""
    block = 0
    while True:
        digest = hashlib.sha256(f"{label}\x1f{block}".encode()).digest()
        for start in range(0, 32, 8):
            yield int.from_bytes(digest[start : start + 8], "big")
        block += 1
