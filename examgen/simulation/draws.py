"""Draws of a made-up class: each from a SHA-256 stream of its own, so that none moves another."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from generator.questions.draw import choose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_T = TypeVar("_T")
EASE = 1.0


@dataclass(frozen=True)
class Draws:
    """The draws about one thing; a thing is named by a stream: seed, student, answer.

    >>> Draws(("1", "s1")).pick("abc", "letter"), Draws(("1", "s1", "1a")).chance(500, "right")
    ('a', True)
    """

    stream: tuple[str, ...]

    def of(self, *names: str) -> Draws:
        """Return the draws about something smaller."""
        return Draws((*self.stream, *names))

    def pick(self, options: Sequence[_T], name: str) -> _T:
        """Return one of some options, each as likely as the others."""
        return choose(options, *self.stream, name)

    def choose_weighted(self, options: Mapping[_T, int], name: str) -> _T:
        """Return one of some options, each as likely as its weight says."""
        return self.pick([one for one, weight in options.items() for _ in range(weight)], name)

    def chance(self, of_thousand: int, name: str) -> bool:
        """Return whether something happens that happens so many times in a thousand."""
        return self.pick(range(1_000), name) < of_thousand

    def normal(self, name: str) -> float:
        """Return a number of mean 0 and standard deviation 1.

        The sum of the 32 bytes of a digest: normal as far as a class can tell, and the same on
        every machine, as no logarithm is taken.
        """
        total = sum(hashlib.sha256("\x1f".join((*self.stream, name)).encode()).digest())
        return round((total - 32 * 127.5) / math.sqrt(32 * (256**2 - 1) / 12), 3)


def ability(seed: str, student: str) -> float:
    """Return how able a student is: 0 is the middle of the class, 1 a standard deviation above."""
    return Draws((seed, "ability")).normal(student)


def difficulty(seed: str, answer: str) -> float:
    """Return how hard it is to get an answer right, on the scale of ability."""
    return Draws((seed, "difficulty")).normal(answer)


def right_of_thousand(ability: float, difficulty: float) -> int:
    """Return how often in a thousand times a student knows an answer (a logistic model).

    >>> right_of_thousand(0, 0), right_of_thousand(2, -1), right_of_thousand(-2, 1)
    (731, 982, 119)
    """
    return round(1_000 / (1 + math.exp(difficulty - ability - EASE)))
