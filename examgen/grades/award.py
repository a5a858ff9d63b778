"""The grades of a class: each student's mark on the scale, with what is not certain yet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.manifest import find_manifest
from examgen.folder.students import Student
from examgen.ground.errors import ExamgenError
from examgen.ground.wording import first_of
from grader.results.effective_marks import targets
from grader.results.made import current_results
from grader.results.read import read_results
from grader.scoring.marked import maximum_of, total_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from examgen.grades.scale import Scale
    from grader.scoring.marked import MarkedAnswer, MarkedPaper

_NONE = Fraction(0)


class Standing(StrEnum):
    """The state of a student's grade."""

    GRADED = "graded"
    PENDING = "pending"
    ABSENT = "absent"
    OPEN = "open"


@dataclass(frozen=True)
class Sitting:
    """The worth of a student's paper in one exam: marks, and those that wait for a person."""

    person: Student
    answers: tuple[MarkedAnswer, ...]
    handed_in: bool


@dataclass(frozen=True)
class Award:
    """A student's grade.

    Attributes:
        mark: on the scale; None where there is none or a part of it waits.
        grade: the grade; empty where there is none yet.
        passed: whether it passes; None where there is no grade yet.
        least: the mark if everything that waits earns nothing.
        most: the mark if everything that waits earns full marks.
        note: what has to be decided first.
    """

    person: Student
    standing: Standing
    mark: Fraction | None = None
    grade: str = ""
    passed: bool | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """The attainment of a learning outcome by a class.

    Attributes:
        share: of the marks of its answers, on average; None where no student has all of them.
        attained: how many of `students` reached the share that the scale asks for.
    """

    name: str
    answers: tuple[str, ...]
    students: int
    share: Fraction | None
    attained: int


def sittings(folder: Path) -> dict[str, Sitting]:
    """Return the papers of a graded exam folder by student.

    Raises:
        InputError: nothing was graded, or the key was changed since.
        ExamgenError: a student has several papers.
    """
    people = find_manifest(folder).people
    found: dict[str, Sitting] = {}
    for paper in read_results(current_results(folder)):
        own = _sitting(paper, people)
        if own.person.is_walk_in and not own.handed_in:
            continue  # nobody's
        before = found.get(paper.student)
        if before is not None and before.handed_in and own.handed_in:
            what = f"{folder}: {paper.student} has several papers"
            raise ExamgenError(f"{what}; keep the submission of one of them, and grade again")
        if before is None or own.handed_in:
            found[paper.student] = own
    return found


def _sitting(paper: MarkedPaper, people: Mapping[str, Student]) -> Sitting:
    person = people.get(paper.student) or Student(paper.student, paper.name)
    return Sitting(person, paper.answers, paper.handed_in)


def awards(
    first: Mapping[str, Sitting], scale: Scale, second: Mapping[str, Sitting] | None = None
) -> tuple[Award, ...]:
    """Return the grade of each student, in the order of the papers.

    Args:
        first: the exam.
        scale: how marks become grades.
        second: the resit, if there was one.

    Raises:
        ExamgenError: the scale drops what no paper has, or has no rule for the resit.
    """
    _check_names(scale.drop, first, "drop")
    if second is None:
        return tuple(_award(sitting, scale) for sitting in first.values())
    if scale.resit is None:
        raise ExamgenError("a second exam was given, and the scale has no resit: rule for it")
    names = dict.fromkeys((*first, *second))
    return tuple(_combined(first.get(name), second.get(name), scale) for name in names)


def _check_names(names: Iterable[str], sat: Mapping[str, Sitting], key: str) -> None:
    known = {name for own in sat.values() for answer in own.answers for name in targets(answer.id)}
    if unknown := [name for name in names if name not in known]:
        fix = "name answers, parts or questions as they are on the papers: 1a.size, 1a, 1"
        raise ExamgenError(f"{key}: no paper has {first_of(unknown)}; {fix}")


def _award(sitting: Sitting, scale: Scale) -> Award:
    if not sitting.handed_in:
        return Award(sitting.person, Standing.ABSENT, grade=scale.absent)
    counting = [a for a in sitting.answers if not _named(a, scale.drop)]
    out_of, least = maximum_of(counting), total_of(counting)
    most = total_of(counting, with_waiting=True)
    return _graded(
        sitting.person, scale, scale.to_scale(least, out_of), scale.to_scale(most, out_of)
    )


def _graded(person: Student, scale: Scale, least: Fraction, most: Fraction) -> Award:
    if least != most:
        low, high = scale.grade(least), scale.grade(most)
        note = f"marks wait; {low} to {high}" if low != high else f"marks wait; {low} in any case"
        return Award(person, Standing.PENDING, least=least, most=most, note=note)
    grade = scale.grade(least)
    return Award(person, Standing.GRADED, least, grade, scale.passes(grade), least, most)


def _named(answer: MarkedAnswer, names: Iterable[str]) -> bool:
    return not set(targets(answer.id)).isdisjoint(names)


def _combined(first: Sitting | None, second: Sitting | None, scale: Scale) -> Award:
    """Return the grade of a student after a resit; what was not sat counts as no mark."""
    found = [_award(sat, scale) for sat in (first, second) if sat is not None]
    sat = [one for one in found if one.standing is not Standing.ABSENT]
    if not sat or scale.resit is None:
        return found[0]
    if second is None or found[-1].standing is Standing.ABSENT:
        return sat[0]
    again = replace(found[-1], person=found[0].person)
    if len(sat) == 1:
        return _alone(again, scale)
    least, most = (
        _by_rule(getattr(sat[0], end) or _NONE, getattr(again, end) or _NONE, scale)
        for end in ("least", "most")
    )
    return _graded(again.person, scale, least, most)


def _alone(again: Award, scale: Scale) -> Award:
    """Return the grade of a student who sat the resit only."""
    assert scale.resit is not None  # noqa: S101 - asked for by the caller
    if scale.resit.rule == "weighted":
        note = "sat the second exam only; weighted marks need both"
        return Award(again.person, Standing.OPEN, least=again.least, most=again.most, note=note)
    ends = [again.least or _NONE, again.most or _NONE]
    if scale.resit.cap is not None:
        ends = [min(end, scale.resit.cap) for end in ends]
    return _graded(again.person, scale, ends[0], ends[1])


def _by_rule(first: Fraction, second: Fraction, scale: Scale) -> Fraction:
    rule = scale.resit
    assert rule is not None  # noqa: S101 - asked for by the caller
    match rule.rule:
        case "latest":
            return second
        case "capped":
            return max(first, min(second, rule.cap or second))
        case "weighted":
            weight = rule.weight or _NONE
            return scale.to_scale(first * (1 - weight) + second * weight, scale.out_of)
        case _:
            return max(first, second)


def counts(found: Sequence[Award], scale: Scale) -> dict[str, int]:
    """Return how many students have each grade, the best first, then those without one."""
    given = Counter(one.grade for one in found if one.standing is Standing.GRADED)
    rest = Counter(one.standing.value for one in found if one.standing is not Standing.GRADED)
    return {**{name: given[name] for name in scale.bands}, **rest}


def close_calls(found: Sequence[Award], scale: Scale) -> dict[str, int]:
    """Return for each grade how many students miss it by less than two steps of the scale."""
    marks = [one.mark for one in found if one.mark is not None]
    return {
        name: sum(lowest - 2 * scale.step < mark < lowest for mark in marks)
        for name, lowest in scale.bands.items()
        if lowest
    }


def outcomes(sat: Mapping[str, Sitting], scale: Scale) -> tuple[Outcome, ...]:
    """Return how far the class attained each outcome, of students with all its marks certain.

    Raises:
        ExamgenError: an outcome names what no paper has.
    """
    return tuple(_outcome(name, names, sat, scale) for name, names in scale.outcomes.items())


def _outcome(name: str, names: Sequence[str], sat: Mapping[str, Sitting], scale: Scale) -> Outcome:
    _check_names(names, sat, f"outcomes: {name}")
    shares = [
        share
        for sitting in sat.values()
        if sitting.handed_in and (share := _share(sitting, names)) is not None
    ]
    mean = sum(shares, _NONE) / len(shares) if shares else None
    reached = sum(share >= scale.attained for share in shares)
    return Outcome(name, tuple(names), len(shares), mean, reached)


def _share(sitting: Sitting, names: Sequence[str]) -> Fraction | None:
    """Return the share of the marks that a paper earned; None where some wait or there are none.

    A bonus tests no outcome.
    """
    named = [answer for answer in sitting.answers if _named(answer, names)]
    tested = [answer for answer in named if answer.bonus is None]
    out_of = maximum_of(tested)
    marks = [answer.marks for answer in tested]
    if not out_of or any(mark is None for mark in marks):
        return None
    return total_of(tested) / out_of
