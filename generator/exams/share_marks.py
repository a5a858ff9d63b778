"""Marks: how those of an exam are shared among its parts and answers, and how they are printed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import ExamgenError
from examgen.ground.wording import marks_text, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

QUARTER = Fraction(1, 4)
FINEST = Fraction(1, 16)


class NoShares(ExamgenError):
    """Marks that cannot be shared such that somebody could give them."""


def share_marks(
    total: Fraction, weights: Sequence[Fraction], counts: Sequence[int] = ()
) -> tuple[Fraction, ...]:
    """Return shares of marks in proportion to weights, by largest remainders: the sum is exact.

    Shares that are quarters of a mark are left as they are; who shares thirds gets thirds. Others
    are rounded to whole marks, or to halves, quarters, ... where a whole one would be more than
    half of the smallest share.

    Args:
        total: what the shares add up to.
        weights: one for each share.
        counts: how often each share is given, for parts of which a paper gets several; else once.

    Raises:
        NoShares: not even sixteenths of a mark would do.

    >>> [float(share) for share in share_marks(Fraction(5), [Fraction(w) for w in (4, 4, 2, 2)])]
    [1.75, 1.75, 0.75, 0.75]
    """
    counts = counts or [1] * len(weights)
    whole = sum((w * count for w, count in zip(weights, counts, strict=True)), Fraction(0))
    exact = tuple(weight * total / whole for weight in weights)
    is_odd = total % FINEST != 0
    if is_odd or total == whole or all(share % QUARTER == 0 for share in exact):
        return exact
    step = Fraction(1)
    while step >= FINEST:
        found = _rounded(total, exact, counts, step) if 2 * step <= min(exact) else None
        if found is not None:
            return found
        step /= 2
    worth = f"{marks_text(total)} {plural(total, 'mark')}"
    raise NoShares(f"{worth} cannot be divided into {sum(counts)} shares by their weights")


def _rounded(
    total: Fraction, exact: Sequence[Fraction], counts: Sequence[int], step: Fraction
) -> tuple[Fraction, ...] | None:
    """Return the shares as multiples of a step; None where these do not add up to the total."""
    found = [share // step * step for share in exact]
    left = total - sum(f * count for f, count in zip(found, counts, strict=True))
    for place in sorted(range(len(exact)), key=lambda at: found[at] - exact[at]):
        if counts[place] * step <= left:
            found[place] += step
            left -= counts[place] * step
    return None if left else tuple(found)
