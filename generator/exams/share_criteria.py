"""The marks of criteria where an exam gives their answer other marks than its question file."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from generator.exams.share_marks import QUARTER, share_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.folder.key import Criterion


def shared_criteria(
    total: Fraction, criteria: Sequence[Criterion], own: Fraction
) -> tuple[Fraction, ...]:
    """Return what each criterion is worth where the answer is worth some marks in all.

    Criteria that simply add up share the marks. Others (below 0, excluding each other, capped) are
    scaled to quarters of a mark, upwards, so that all marks can be reached.

    Args:
        total: the marks of the answer.
        criteria: as the question file has them.
        own: the marks of the answer in the question file.

    Raises:
        NoShares: the marks cannot be divided.
    """
    values = [item.value for item in criteria]
    is_plain = all(item.marks > 0 and not item.one_of for item in criteria)
    if values and is_plain and sum(values, Fraction(0)) == own:
        return share_marks(total, values)
    return tuple(_scaled(value, total / own) for value in values)


def _scaled(value: Fraction, factor: Fraction) -> Fraction:
    """Return a value at another scale, in quarters of a mark away from 0.

    >>> _scaled(Fraction(2), Fraction(2, 3)), _scaled(Fraction(-1), Fraction(1))
    (Fraction(3, 2), Fraction(-1, 1))
    """
    exact = value * factor
    if factor == 1:
        return exact
    steps = -(-abs(exact) // QUARTER)
    return steps * QUARTER * (1 if exact > 0 else -1)
