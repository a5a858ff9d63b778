"""A class of 200: every verdict is the expected one."""

from __future__ import annotations

from collections import Counter

from benchmarks.simulate_class import ROLES, simulate, submissions, surprises
from grader.grade import mark_class
from tests.grader.exams import class_of


def test_every_verdict_of_a_class_of_200_is_the_expected_one() -> None:
    keys = class_of(200)
    students = simulate(keys)
    assert set(Counter(student.role for student in students)) == set(ROLES)
    papers = mark_class(keys, submissions(students))
    assert surprises(students, papers) == []
