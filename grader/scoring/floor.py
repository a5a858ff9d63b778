"""The floor under marks: what wrong answers cost is no more than what others beside them earn."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from examgen.folder.key import Floor

LIFTED = "wrong answers cost no more here than the others earn"
_NUMBER = re.compile(r"\d*")


def apply_floor(
    marks: Sequence[tuple[str, Fraction | None]],
    floor: Floor,
    bonus: Collection[str] = (),
) -> list[tuple[str, Fraction | None]]:
    """Return marks by answers, none of whose sums over the floor's unit are below 0.

    Args:
        marks: of each answer, by its id; None while a person has to decide.
        floor: the paper, each question, each part or each answer.
        bonus: parts that are a bonus: each of them has a floor of its own.

    >>> apply_floor([("1a.x", Fraction(1)), ("1b.y", Fraction(-2))], "question")
    [('1a.x', Fraction(1, 1)), ('1b.y', Fraction(-1, 1))]
    """
    if all(own is None or own >= 0 for _, own in marks):
        return list(marks)
    units = [_unit(name, floor, bonus) for name, _ in marks]
    missing: dict[str, Fraction] = {}
    for unit, (_, own) in zip(units, marks, strict=True):
        missing[unit] = missing.get(unit, Fraction(0)) - (own or 0)
    found = []
    for unit, (name, own) in zip(reversed(units), reversed(marks), strict=True):
        lift = min(max(missing[unit], Fraction(0)), -own) if own is not None and own < 0 else 0
        missing[unit] -= lift
        found.append((name, None if own is None else own + lift))
    return found[::-1]


def _unit(name: str, floor: Floor, bonus: Collection[str]) -> str:
    """Return by what answers are added up: 1 for the answer 1a.x of a question."""
    part = name.partition(".")[0]
    found = _NUMBER.match(part)
    question = found[0] if found and found[0] else part
    if part in bonus and floor != "answer":
        return f"bonus {part}"
    return {"paper": "", "question": question, "part": part, "answer": name}[floor]
