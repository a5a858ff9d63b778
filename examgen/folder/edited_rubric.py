"""Criteria that were edited after people marked by them: what changed, and which marks still hold.

Nothing is guessed. A mark is taken over where it says the same under both; where it does not, it is
said why, and a person looks again.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.rubric import criterion_worth

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examgen.folder.key import Criterion


class LookAgain(ValueError):
    """A mark that does not say what it would be under the new criteria."""


def pairs_of(
    old: Sequence[Criterion], new: Sequence[Criterion]
) -> Sequence[tuple[Criterion, int | None]]:
    """Return each new criterion with the place of the old one that it is, by its name or words."""
    left = dict(enumerate(old))
    found: list[tuple[Criterion, int | None]] = []
    for item in new:
        at = next((place for place, was in left.items() if _is_same(was, item)), None)
        if at is not None:
            del left[at]
        found.append((item, at))
    return found


def _is_same(was: Criterion, now: Criterion) -> bool:
    if was.name and now.name:
        return was.name == now.name
    return was.says.split() == now.says.split()


def taken_over(
    old: Sequence[Criterion], new: Sequence[Criterion], given: Sequence[Fraction]
) -> tuple[Fraction, ...]:
    """Return what a person would have given for each new criterion.

    Args:
        old: the criteria by which was marked.
        new: those that hold now.
        given: the marks for each old one; none where the answer was marked as a whole.

    Raises:
        LookAgain: why that cannot be known.

    >>> from examgen.folder.key import Criterion
    >>> was, now = [Criterion("a", Fraction(2))], [Criterion("a", Fraction(3))]
    >>> taken_over(was, now, [Fraction(2)])
    (Fraction(3, 1),)
    """
    if len(given) != len(old):
        raise LookAgain("it was marked as a whole")
    return tuple(
        _one(item, None if at is None else (old[at], given[at])) for item, at in pairs_of(old, new)
    )


def _one(now: Criterion, before: tuple[Criterion, Fraction] | None) -> Fraction:
    if before is None:
        raise LookAgain(f"nobody looked for {now.says!r}")
    was, got = before
    is_met, is_missed = got == was.full, not got
    wider = {*now.accept} - {*was.accept} or {*was.not_enough} - {*now.not_enough}
    narrower = {*was.accept} - {*now.accept} or {*now.not_enough} - {*was.not_enough}
    if wider and not is_met:
        raise LookAgain(f"{now.says!r} accepts more, and was not met")
    if narrower and not is_missed:
        raise LookAgain(f"{now.says!r} accepts less, and was met")
    if is_missed:
        return Fraction(0)
    if (was.cap is None) == (now.cap is None):
        if was.full == now.full:
            return got
        if is_met and was.full * now.full > 0:
            return now.full
    both = f"{criterion_worth(now)}, not {criterion_worth(was)}"
    raise LookAgain(f"{now.says!r} is worth {both}, and was met in part")


def changes(old: Sequence[Criterion], new: Sequence[Criterion]) -> Iterator[str]:
    """Yield what changed, a few words for each criterion.

    >>> from examgen.folder.key import Criterion
    >>> list(changes([Criterion("a", Fraction(2))], [Criterion("b", Fraction(2))]))
    ["'b' is new", "'a' is gone"]
    """
    pairs = pairs_of(old, new)
    for item, at in pairs:
        yield from [f"{item.says!r} is new"] if at is None else _changes(old[at], item)
    kept = {at for _, at in pairs}
    yield from (f"{was.says!r} is gone" for at, was in enumerate(old) if at not in kept)


def _changes(was: Criterion, now: Criterion) -> Iterator[str]:
    if was.says.split() != now.says.split():
        yield f"{was.says!r} now says {now.says!r}"
    if criterion_worth(was) != criterion_worth(now):
        yield f"{now.says!r} is worth {criterion_worth(now)}, not {criterion_worth(was)}"
    if set(was.accept) != set(now.accept):
        yield f"{now.says!r} accepts other answers"
    if set(was.not_enough) != set(now.not_enough):
        yield f"{now.says!r} is not met by other answers"
