"""The readings of a text, the nearest first: each ambiguity alone, then several together."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from heapq import heappop, heappush
from itertools import count
from string import ascii_letters
from typing import TYPE_CHECKING

from answers import ambiguities
from answers.ambiguities.base import COLLECTIONS, NUMBERS, WORDS, Ambiguity, Reading, Setting
from examgen.ground.plugins import modules_below

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Occurs = Callable[[str], object]
    Readings = Callable[[str, Setting], Iterator[Reading]]

MOST_READINGS = 24
MOST_CHARACTERS = 300
MOST_STEPS = 4
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.(?![0-9]{3}$)[0-9]+)?(?:e[-+]?[0-9]+)?")
_SHAPE = re.compile(r"[0-9x× ]+")
MOST_DOUBTS = 2
_LETTERS = str.maketrans(dict.fromkeys(ascii_letters, "a"))
_ASCII = frozenset(map(chr, range(128)))
# Kinds in which digits alone may be more than one number, or the place of an option.
_BESIDE_DIGITS = COLLECTIONS | WORDS


def other_readings(text: str, setting: Setting, *, settled_only: bool = False) -> Iterator[Reading]:
    """Give the other readings of a text, those that the question settles first.

    Args:
        text: what was written.
        setting: what the question says.
        settled_only: leave out those that a person would have to decide about.
    """
    if len(text) > MOST_CHARACTERS:
        return
    if _is_plain(text, setting):
        return
    start = Reading(text, is_settled=True, how="")
    most = 0 if settled_only else MOST_DOUBTS
    found = _next(start, setting)
    if not found:
        return
    order = count()
    seen = {text}
    waiting: list[tuple[int, int, int, Reading]] = []
    given = doubts = steps = 0
    while True:
        for other in found:
            more = doubts + (not other.is_settled)
            if other.text not in seen and more <= most:
                seen.add(other.text)
                heappush(waiting, (more, steps + 1, next(order), other))
        if not waiting or given == MOST_READINGS:
            return
        doubts, steps, _, reading = heappop(waiting)
        given += 1
        yield reading
        found = _next(reading, setting) if steps < MOST_STEPS else []


def _is_plain(text: str, setting: Setting) -> bool:
    """Return whether a text is a number or a shape that can be read in no other way."""
    if text.isdecimal() and text.isascii():
        return setting.kind not in _BESIDE_DIGITS
    if setting.kind in NUMBERS:
        return _NUMBER.fullmatch(text) is not None
    return setting.kind == "shape" and setting.count > 2 and _SHAPE.fullmatch(text) is not None


def _next(reading: Reading, setting: Setting) -> list[Reading]:
    """Return the readings that are one ambiguity away."""
    text = reading.text
    signs = frozenset(text.translate(_LETTERS)) if text.isascii() else _ASCII
    return [
        _joined(reading, other)
        for occurs, readings in _possible(setting.kind, signs)
        if occurs(text)
        for other in readings(text, setting)
    ]


def _joined(before: Reading, after: Reading) -> Reading:
    if not before.how:
        return after
    how = f"{before.how}, {after.how}"
    is_settled = before.is_settled and after.is_settled
    return Reading(after.text, is_settled, how, before.is_whole and after.is_whole)


@lru_cache(4_096)
def _possible(kind: str, signs: frozenset[str]) -> list[tuple[Occurs, Readings]]:
    """Return how each ambiguity is looked for and read that texts of such signs may have."""
    return [
        (each.occurs.search if each.occurs else _everywhere, each.readings)
        for each in _all()
        if kind in each.kinds and (not each.signs or not signs.isdisjoint(each.signs))
    ]


def _everywhere(text: str) -> bool:  # noqa: ARG001 - called as the search of a pattern is
    return True


@cache
def _all() -> tuple[Ambiguity, ...]:
    """Return all ambiguities of this folder, in the order of their ranks."""
    modules = modules_below(ambiguities)
    found = [module.AMBIGUITY for module in modules if hasattr(module, "AMBIGUITY")]
    return tuple(sorted(found, key=lambda each: (each.rank, each.name)))
