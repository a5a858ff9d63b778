"""Things on the disk come back as they were, in order, and again."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from hypothesis import given
from hypothesis import strategies as st

from grader.intake.shelved import shelved
from grader.records.shelf import OPEN, Shelf
from grader.records.submissions import Doubt, Given

TEXTS = st.text(max_size=20)
DOUBTS = st.builds(Doubt, TEXTS, st.lists(TEXTS, max_size=3).map(tuple))
ANSWERS = st.dictionaries(TEXTS, TEXTS | DOUBTS, max_size=5)


@given(st.lists(ANSWERS, max_size=3 * OPEN))
def test_things_come_back_in_order_and_more_than_once(items: list[dict[str, Given]]) -> None:
    shelf = Shelf(items)
    assert (len(shelf), list(shelf), list(shelf)) == (len(items), items, items)


def test_things_may_be_put_while_others_are_read() -> None:
    shelf: Shelf[int] = Shelf([1, 2])
    first = iter(shelf)
    assert (next(first), shelf.put(3), list(shelf)) == (1, 2, [1, 2, 3])


@given(ANSWERS)
def test_answers_on_a_shelf_are_the_same_answers(answers: Mapping[str, Given]) -> None:
    held = shelved(answers, Shelf())
    assert held == answers
    assert held is shelved(held, Shelf())
    assert (type(copy(held)), copy(held)) == (dict, answers)  # as it is sent to other processes
