"""Leases: while somebody works on a thing, for a limited time, nobody else gets it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

SECONDS = 180.0


@dataclass
class Leases:
    """Things, each with the person who has it and until when.

    Attributes:
        seconds: for how long somebody has a thing from when they last did something.
        clock: gives the time in seconds; it never goes back.
    """

    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    _held: dict[Hashable, tuple[str, float]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def take(self, things: Iterable[Hashable], person: str, count: int = 1) -> list[Hashable]:
        """Give a person the first things that nobody else has.

        >>> leases = Leases(clock=lambda: 0.0)
        >>> leases.take(["a", "b", "c"], "Grace", 2), leases.take(["a", "b", "c"], "Alan", 2)
        (['a', 'b'], ['c'])
        """
        until = self.clock() + self.seconds
        taken: list[Hashable] = []
        with self._lock:
            for thing in things:
                if len(taken) < count and self._is_free(thing, person):
                    self._held[thing] = (person, until)
                    taken.append(thing)
        return taken

    def keep(self, person: str) -> None:
        """Let a person who did something have their things for longer."""
        until = self.clock() + self.seconds
        with self._lock:
            mine = [thing for thing, (who, _) in self._held.items() if who == person]
            self._held.update(dict.fromkeys(mine, (person, until)))

    def give_back(self, things: Iterable[Hashable]) -> None:
        """Let others have things."""
        with self._lock:
            for thing in things:
                self._held.pop(thing, None)

    def is_free(self, thing: Hashable, person: str) -> bool:
        """Return whether a person may have a thing: nobody else has it."""
        with self._lock:
            return self._is_free(thing, person)

    def _is_free(self, thing: Hashable, person: str) -> bool:
        who, until = self._held.get(thing, (person, 0.0))
        return who == person or until <= self.clock()
