"""The answers of a question added up, by numbers counted by hand."""

from __future__ import annotations

from fractions import Fraction

from answers.verdict import Verdict
from grader.results.summary import AnswerSummary, by_question

RIGHT, WAITS = Verdict.CORRECT, Verdict.UNDECIDED


def test_answers_of_a_question_are_added_up() -> None:
    first = AnswerSummary("1a.x", "", Fraction(2), {RIGHT: 3}, {}, Fraction(1), (("sign", 1),))
    second = AnswerSummary(
        "1b.y", "", Fraction(3), {RIGHT: 1, WAITS: 2}, {WAITS: 2}, Fraction(1, 2), (("half", 4),)
    )
    other = AnswerSummary("12.z", "", Fraction(1), {WAITS: 3}, {WAITS: 3}, None, ())
    found = by_question([first, second, other])
    assert [(one.id, one.out_of, one.mean) for one in found] == [
        ("1", Fraction(5), Fraction(3, 2)),
        ("12", Fraction(1), None),
    ]
    assert (found[0].counts, found[0].waiting) == ({RIGHT: 4, WAITS: 2}, {WAITS: 2})
    assert found[0].mistakes == (("1b.y half", 4), ("1a.x sign", 1))
