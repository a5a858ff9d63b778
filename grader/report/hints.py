"""Hints that papers were swapped, or answers copied. They name what agrees; they prove nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from grader.statistics.coincidence import NONE, coincidences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from grader.report.gather import Gathered, Person
    from grader.statistics.coincidence import Codes, Coincidences, Whole
    from grader.statistics.numbers import Array

Kind: TypeAlias = Literal["swapped", "other_variant", "same_wrong"]
KINDS: Mapping[Kind, str] = {
    "swapped": "fits the other paper better than its own: perhaps swapped",
    "other_variant": "wrong answers are right ones of the other paper",
    "same_wrong": "the same unusual wrong answers",
}
VARIANT, SAME = "other_variant", "same_wrong"


@dataclass(frozen=True)
class Party:
    """A paper in a hint; who handed it in stays empty where names are hidden."""

    paper: str
    student: str = ""
    name: str = ""


@dataclass(frozen=True)
class Hint:
    """Two papers that agree more than chance explains.

    Attributes:
        kind: `swapped`: the answers fit the other paper better than the own one; `other_variant`:
            wrong answers are the right ones of the other paper; `same_wrong`: both have the same
            wrong answers, which no known mistake explains.
        parts: in which parts.
        by_chance: how many pairs of such a class would agree so well by chance.
        own_parts: the number of parts with an answer that is right in the own variant, and would
            not be in the other one.
        more: how many other papers agree no less: they have the same variants.
    """

    kind: Kind
    paper: Party
    other: Party
    parts: tuple[str, ...]
    by_chance: float
    own_parts: int = 0
    more: int = 0


def hints(gathered: Gathered, *, names: bool = False) -> tuple[Mapping[str, int], tuple[Hint, ...]]:
    """Compare all papers; gives how many pairs were compared, and the hints."""
    wrong, right, unexplained = map(gathered.codes, ("wrong", "right", "unexplained"))
    variants, same = pairs_of_answers(wrong, right, unexplained, gathered.blocks)
    found = (
        *_variants(gathered, variants, right, names=names),
        *_same(gathered, same, names=names),
    )
    return {VARIANT: variants.pairs, SAME: same.pairs}, found


def pairs_of_answers(
    wrong: Codes, right: Codes, unexplained: Codes, parts: Whole
) -> tuple[Coincidences, Coincidences]:
    """Return who wrote what is right for others, and who wrote the same wrong answers as others.

    The latter are surprising from both sides.
    """
    same = coincidences(unexplained, unexplained, parts, _weights(parts, unexplained))
    pairs = {(item.one, item.other) for item in same.found}
    mutual = tuple(item for item in same.found if (item.other, item.one) in pairs)
    return coincidences(wrong, right, parts), replace(same, found=mutual)


def _weights(parts: Whole, codes: Codes) -> Array:
    """Return how many more parts than average a student has wrong: who errs more agrees more."""
    wrong = [np.unique(parts[row != NONE]).size for row in codes]
    average = max(float(np.mean(wrong)) if wrong else 0.0, 1e-9)
    return np.maximum(np.array(wrong) / average, 1.0)


def _variants(
    gathered: Gathered, compared: Coincidences, right: Codes, *, names: bool
) -> Iterator[Hint]:
    best: dict[int, list[Hint]] = {}
    for item in compared.found:
        own = _own_parts(gathered, right, item.one, item.other)
        kind: Kind = "swapped" if len(item.parts) > own else "other_variant"
        one, other = (_party(gathered, row, names=names) for row in (item.one, item.other))
        hint = Hint(kind, one, other, _parts(gathered, item.parts), item.by_chance, own)
        best.setdefault(item.one, []).append(hint)
    for several in best.values():
        yield replace(several[0], more=len(several) - 1)


def _own_parts(gathered: Gathered, right: Codes, one: int, other: int) -> int:
    """Return in how many parts a full mark was earned that the other variant does not give."""
    full = gathered.scores.marks[one] == gathered.scores.out_of
    return int(np.unique(gathered.blocks[full & (right[one] != right[other])]).size)


def _same(gathered: Gathered, compared: Coincidences, *, names: bool) -> Iterator[Hint]:
    """Yield pairs, each once, with the likelier of its two sides."""
    pairs = {(item.one, item.other): item for item in compared.found}
    for (one, other), item in pairs.items():
        if one < other:
            chance = max(item.by_chance, pairs[other, one].by_chance)
            first, second = (_party(gathered, row, names=names) for row in (one, other))
            yield Hint("same_wrong", first, second, _parts(gathered, item.parts), chance)


def _parts(gathered: Gathered, parts: tuple[int, ...]) -> tuple[str, ...]:
    slots = list(gathered.drawn)
    return tuple(slots[part].part for part in parts)


def _party(gathered: Gathered, row: int, *, names: bool) -> Party:
    person: Person = gathered.people[row]
    return Party(person.paper, person.student, person.name) if names else Party(person.paper)
