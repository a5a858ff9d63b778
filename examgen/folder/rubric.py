"""The criteria by which a person marks an answer: what they add up to, and how they are written."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from examgen.folder.key import Criterion, RubricKey
from examgen.ground.translator import ENGLISH, Translator
from examgen.ground.wording import format_count, marks_counted, marks_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.folder.key import AnswerKey
NOTHING = Fraction(0)
_CRITERIA = TypeAdapter(tuple[Criterion, ...])


def criteria_of(answer: AnswerKey | RubricKey) -> tuple[Criterion, ...]:
    """Return the criteria of an answer; none for one that is judged."""
    return answer.criteria if isinstance(answer, RubricKey) else ()


def most(criteria: Sequence[Criterion]) -> Fraction:
    """Return the most that criteria earn: of those that exclude each other, the best one.

    >>> from examgen.folder.key import Criterion
    >>> both = [Criterion("all", Fraction(3), one_of="a"), Criterion("a part", 1, one_of="a")]
    >>> most([*both, Criterion("a slip", Fraction(-1)), Criterion("drawn", Fraction(1))])
    Fraction(4, 1)
    """
    best: dict[str, Fraction] = {}
    for number, item in enumerate(criteria):
        group = item.one_of or str(number)
        best[group] = max(best.get(group, NOTHING), item.marks)
    return sum(best.values(), NOTHING)


def bounds(item: Criterion) -> tuple[Fraction, Fraction]:
    """Return the least and the most that a person may give for a criterion."""
    return min(item.full, NOTHING), max(item.full, NOTHING)


def sum_criteria(
    criteria: Sequence[Criterion], given: Sequence[Fraction], out_of: Fraction
) -> Fraction:
    """Return the marks of an answer: the sum of its criteria within the caps, and at least 0.

    Args:
        criteria: of the answer.
        given: what a person gave for each; for a cap, 1 where it holds.
        out_of: the most that the answer can earn.

    Raises:
        ValueError: what is wrong, and what to do.
    """
    if given and not criteria:
        raise ValueError("this answer has no criteria; give its marks as a whole")
    if len(criteria) != len(given):
        marked = format_count(len(given), "criterion is", "criteria are")
        raise ValueError(f"{marked} marked, of {len(criteria)}; mark each or none")
    pairs = list(zip(criteria, given, strict=True))
    for number, (item, got) in enumerate(pairs, start=1):
        _check(number, item, got)
    for group in {item.one_of for item in criteria} - {""}:
        found = [n for n, (item, got) in enumerate(pairs, 1) if got and item.one_of == group]
        if len(found) > 1:
            what = f"criteria {' and '.join(map(str, found))} exclude each other"
            raise ValueError(f"{what}; give marks for one of them")
    total = sum((got for item, got in pairs if item.cap is None), NOTHING)
    caps = [item.cap for item, got in pairs if item.cap is not None and got]
    return max(NOTHING, min(total, out_of, *caps))


def _check(number: int, item: Criterion, got: Fraction) -> None:
    if item.cap is not None:
        if got not in {0, 1}:
            what = f"criterion {number} is a cap and has {marks_text(got)}"
            raise ValueError(f"{what}; write 1 where it holds, else 0")
        return
    low, high = bounds(item)
    if not low <= got <= high:
        has = f"criterion {number} has {marks_text(got)} of {marks_counted(item.marks)}"
        bound = f"at most {marks_text(high)}" if got > high else f"at least {marks_text(low)}"
        raise ValueError(f"{has}; give {bound}")


def rubric_digest(criteria: Sequence[Criterion]) -> str:
    """Return what names criteria; words that are only highlighted make no other ones."""
    if not criteria:
        return ""
    return hashlib.sha256(criteria_json(criteria)).hexdigest()[:32]


def criteria_json(criteria: Sequence[Criterion]) -> bytes:
    """Return criteria, all that bears on marks, as JSON; `criteria_from` reads it."""
    return _CRITERIA.dump_json(tuple(replace(item, keywords=()) for item in criteria))


def criteria_from(text: str) -> tuple[Criterion, ...]:
    """Return criteria that were written as JSON."""
    return _CRITERIA.validate_json(text)


def criterion_worth(item: Criterion) -> str:
    """Return what a criterion is worth, in a word or a few.

    >>> from examgen.folder.key import Criterion
    >>> criterion_worth(Criterion("", Fraction(-1), one_of="a"))
    '-1, at most one of a'
    >>> criterion_worth(Criterion("", cap=Fraction(3)))
    'at most 3 in all'
    """
    if item.cap is not None:
        return f"at most {marks_text(item.cap)} in all"
    group = f", at most one of {item.one_of}" if item.one_of else ""
    return f"{marks_text(item.marks)}{group}"


def worth_in(item: Criterion, say: Translator) -> str:
    """Return the same in a language.

    >>> from examgen.folder.key import Criterion
    >>> worth_in(Criterion("", cap=Fraction(5, 2)), Translator("tr"))
    'toplam en çok 2,5'
    """
    return say.number(say.translate(criterion_worth(item)))


def look_for(criteria: Sequence[Criterion], say: Translator = ENGLISH) -> str:
    """Return criteria in one line of plain text, for a cell of a table.

    >>> from examgen.folder.key import Criterion
    >>> look_for([Criterion("it shrinks", Fraction(2), ("it vanishes",), ("it is small",))])
    'it shrinks (2; also acceptable: it vanishes; not enough: it is small)'
    """
    return "; ".join(f"{item.says} ({'; '.join(_about(item, say))})" for item in criteria)


def _about(item: Criterion, say: Translator) -> list[str]:
    lists = (("also acceptable", item.accept), ("not enough", item.not_enough))
    return [
        worth_in(item, say),
        *(f"{say(name)}: {', '.join(texts)}" for name, texts in lists if texts),
    ]


def given_text(item: Criterion, got: Fraction) -> str:
    """Return what a person gave for a criterion, for the student.

    >>> from examgen.folder.key import Criterion
    >>> given_text(Criterion("", Fraction(2)), Fraction(1)), given_text(
    ...     Criterion("", cap=Fraction(3)), Fraction(0)
    ... )
    ('1 of 2', 'at most 3 in all: does not apply')
    """
    if item.cap is not None:
        return f"{criterion_worth(item)}: {'applies' if got else 'does not apply'}"
    if item.marks < 0:
        return f"{marks_text(got)}, at worst {marks_text(item.marks)}"
    return f"{marks_text(got)} of {marks_text(item.marks)}"
