"""Packed answers are the same answers."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from hypothesis import given
from hypothesis import strategies as st

from grader.intake.packed import pack
from grader.records.submissions import Doubt, Given

TEXTS = st.text(max_size=20)
DOUBTS = st.builds(Doubt, TEXTS, st.lists(TEXTS, max_size=3).map(tuple))
ANSWERS = st.dictionaries(TEXTS, TEXTS | DOUBTS, max_size=5)


@given(ANSWERS)
def test_packed_answers_are_the_same_answers(answers: Mapping[str, Given]) -> None:
    held = pack(answers)
    assert held == answers
    assert (list(held), len(held)) == (list(answers), len(answers))
    assert held is pack(held)
    assert (type(copy(held)), copy(held)) == (dict, answers)  # as it is sent to other processes
