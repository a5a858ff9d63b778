"""The mark that counts where several people marked an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.folder.people_rules import MarkingRule
    from grader.store.marks import PersonMark


@dataclass(frozen=True)
class Difference:
    """Two marks that differ by more than the tolerance, and wait for somebody to settle them."""

    first: PersonMark
    second: PersonMark


def counting_mark(
    marks: Sequence[PersonMark], out_of: Fraction, rule: MarkingRule | None
) -> PersonMark | Difference | None:
    """Return the mark that counts, the two that must be settled, or None where nobody marked.

    What was given on appeal counts before all. Without a rule the newest first mark counts. A
    settled mark holds until one of the two changes.

    Args:
        marks: of people for the same text by the same criteria, the newest at the end.
        out_of: what the answer is worth.
        rule: of the exam.
    """
    appeal = _newest(marks, "appeal")
    if appeal is not None:
        return appeal
    first, second, settled = (_newest(marks, o) for o in ("first", "second", "settled"))
    if first is None:
        return None
    if rule is None or second is None:
        return first
    if settled is not None and _is_newest(settled, marks):
        return settled
    if rule.is_within(first.marks, second.marks, out_of):
        if rule.within == "higher":
            return max(first, second, key=lambda mark: mark.marks)
        return first if rule.within == "first" else mean_mark(first, second)
    return mean_mark(first, second) if rule.beyond == "mean" else Difference(first, second)


def _newest(marks: Sequence[PersonMark], opinion: str) -> PersonMark | None:
    return next((mark for mark in reversed(marks) if mark.opinion == opinion), None)


def _is_newest(settled: PersonMark, marks: Sequence[PersonMark]) -> bool:
    return max(place for place, mark in enumerate(marks) if mark == settled) == len(marks) - 1


def mean_mark(first: PersonMark, second: PersonMark) -> PersonMark:
    """Return the mean of two marks, of each criterion too where both marked by criteria."""
    both = zip(first.criteria, second.criteria, strict=False)
    is_alike = len(first.criteria) == len(second.criteria)
    remarks = dict.fromkeys(filter(None, (first.remark, second.remark)))
    return replace(
        first,
        marks=(first.marks + second.marks) / 2,
        marker=f"{first.marker} and {second.marker}",
        criteria=tuple(str((Fraction(a) + Fraction(b)) / 2) for a, b in both) if is_alike else (),
        remark="\n".join(remarks),
    )
