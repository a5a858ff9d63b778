"""Criteria in question files: what is read, what is refused, and how marks are shared."""

from __future__ import annotations

from fractions import Fraction

import pytest

from examgen.ground.errors import InputError
from examgen.yaml_files.located_yaml import Source
from generator.exams.share_criteria import shared_criteria
from generator.questions.answers.answer_entry import RubricEntry

ALL, SOME = "{says: all, marks: 3, one_of: w}", "{says: some, marks: 1, one_of: w}"

FAULTS = [
    ("{says: a}", "a criterion has neither marks nor a cap; write marks: 4, or cap: 4 instead"),
    ("{says: a, marks: 2, cap: 1}", "a criterion has marks and a cap"),
    ("{says: a, marks: 0}", "the marks are missing or no number; write marks: 4, or -1"),
    ("{says: a, marks: many}", "the marks are missing or no number"),
    ("{says: a, marks: -1}", "the criteria earn no marks; give one of them marks above 0"),
    ("{says: a, marks: 2}, {says: b, cap: 2}", "a cap is no less than what the answer is worth"),
    ("{says: a, marks: 2}, {says: b, cap: 1, one_of: w}", "a cap is in a group of criteria"),
    (ALL, "one_of: w has one criterion; give another one the same one_of:"),
    ("{says: a, marks: 2, name: n}, {says: b, marks: 1, name: n}", "two criteria have the name n"),
    ("{says: a, marks: 2, accept: [b: c]}", "accept: holds something else than sentences"),
    ("{says: a, marks: 2, keywords: {b: c}}", "keywords: holds something else than sentences"),
    ("{says: a, marks: 2, reject: [b]}", "a criterion has no 'reject'"),
]


def rubric(criteria: str, more: str = "") -> RubricEntry:
    return Source(f"rubric: [{criteria}]\n{more}", "q.tex").model(RubricEntry)


@pytest.mark.parametrize(("criteria", "said"), FAULTS)
def test_a_criterion_that_cannot_be_marked_by(criteria: str, said: str) -> None:
    with pytest.raises(InputError, match=r"q\.tex:1: ") as caught:
        rubric(criteria)
    assert said in str(caught.value)


def test_an_answer_is_worth_no_more_than_its_criteria() -> None:
    with pytest.raises(InputError, match="at_most: is more than the criteria are worth"):
        rubric(f"{ALL}, {SOME}", "at_most: 4")
    assert rubric("{says: a, marks: 2}, {says: b, marks: 2}", "at_most: 3").at_most == 3


# criteria, the marks of the answer in its file and in the exam, the marks of the criteria there
SHARES = [
    ("{says: a, marks: 2}, {says: b, marks: 1}", 3, 6, "4 2"),
    (f"{ALL}, {SOME}, {{says: slip, marks: -1}}", 3, 3, "3 1 -1"),
    (f"{ALL}, {SOME}, {{says: slip, marks: -1}}", 3, 2, "2 3/4 -3/4"),
    ("{says: a, marks: 2}, {says: b, marks: 2}, {says: c, cap: 1}", 4, 8, "4 4 2"),
]


@pytest.mark.parametrize(("criteria", "own", "total", "wanted"), SHARES)
def test_marks_of_criteria_are_scaled(criteria: str, own: int, total: int, wanted: str) -> None:
    items = [entry.criterion for entry in rubric(criteria).rubric]
    found = shared_criteria(Fraction(total), items, Fraction(own))
    assert " ".join(map(str, found)) == wanted
