"""Processes that mark: an answer that they die of costs that answer and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import starmap
from typing import TYPE_CHECKING

import pytest

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey
from examgen.ground.errors import ExamgenError
from grader.processes.pool import TRIES, Workers
from grader.processes.worker import Limits, Task
from grader.records.submissions import Submission, Submissions
from grader.scoring.mark_paper import mark_paper
from tests.answers.test_hostile import HOSTILE
from tests.grader.exams import class_of
from tests.grader.in_memory import mark_class
from tests.grader.poison import fail_at_once, mark_poisoned

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KEYS = class_of(12)
RIGHT = [
    Submission(
        key.paper,
        key.student,
        {a.id: a.expected for a in key.answers if isinstance(a, AnswerKey)},
    )
    for key in KEYS
]


def tasks(given: Iterable[Submission | None]) -> list[Task]:
    pairs = zip(KEYS, given, strict=False)
    return [Task(n, key.to_json().encode(), item) for n, (key, item) in enumerate(pairs)]


def with_text(text: str, answer: str = "1a.parameters") -> Submission:
    return replace(RIGHT[0], answers={**RIGHT[0].answers, answer: text})


FAILED = "the program that marks failed on this answer"
# what the text does, what it may take, why the answer waits
POISON = [
    ("spin", Limits(seconds=1), "took more than 1 s"),
    ("sleep", Limits(seconds=1, waiting=1), "took more than 1 s"),
    ("exit", Limits(), FAILED),
    ("segfault", Limits(), FAILED),
    ("memory", Limits(seconds=60), "an error happened while this was marked"),
]


@pytest.mark.parametrize(("text", "limits", "why"), POISON, ids=[item[0] for item in POISON])
def test_a_poisoned_answer_costs_only_itself(text: str, limits: Limits, why: str) -> None:
    given = [with_text(text), *RIGHT[1:]]
    with Workers(2, mark_poisoned, limits) as workers:
        found = {task.place: paper for task, paper in workers.mark_all(tasks(given))}
    poisoned = {a.id: a for a in found[0].answers}
    assert poisoned["1a.parameters"].verdict is Verdict.UNDECIDED
    assert why in poisoned["1a.parameters"].why
    assert (poisoned["1a.parameters"].text, poisoned["1a.parameters"].marks) == (text, None)
    clean = list(starmap(mark_paper, zip(KEYS, RIGHT, strict=True)))
    assert [found[place] for place in range(1, len(KEYS))] == clean[1:]
    for mine, theirs in zip(found[0].answers, clean[0].answers, strict=True):
        assert mine == theirs or mine.id == "1a.parameters"


def test_several_poisoned_answers_of_a_paper() -> None:
    given = with_text("exit")
    given = replace(given, answers={**given.answers, "1a.size": "spin", "2a.name": "segfault"})
    with Workers(1, mark_poisoned, Limits(seconds=1)) as workers:
        [(_, paper)] = workers.mark_all(tasks([given]))
    waiting = {a.id for a in paper.answers if a.verdict is Verdict.UNDECIDED}
    assert waiting == {"1a.size", "1a.parameters", "2a.name"}


def test_what_a_process_died_of_is_not_tried_again_where_it_is_the_same(tmp_path: Path) -> None:
    """Three papers with the same numbers and texts: the first one costs a process, no other."""
    same = with_text(f"note {tmp_path / 'tries'}, exit")
    other = replace(same, answers={**same.answers, "1a.size": "12"})  # may be marked differently
    line = KEYS[0].to_json().encode()
    with Workers(1, mark_poisoned, Limits(seconds=1)) as workers:
        given = [same, same, same, other]
        marked = list(workers.mark_all(Task(n, line, item) for n, item in enumerate(given)))
    tries = (tmp_path / "tries").read_text()
    assert len(tries) == 2 * TRIES
    assert {next(a.why for a in p.answers if a.id == "1a.parameters") for _, p in marked} == {
        "the program that marks failed on this answer"
    }


def test_hostile_texts_in_every_answer() -> None:
    given = [
        replace(item, answers=dict.fromkeys(item.answers, text))
        for item, text in zip([RIGHT[0]] * len(HOSTILE), HOSTILE, strict=True)
    ]
    line = KEYS[0].to_json().encode()
    with Workers(2) as workers:
        found = [p for _, p in workers.mark_all(Task(n, line, s) for n, s in enumerate(given))]
    assert len(found) == len(HOSTILE)
    assert all(answer.fault == "" for paper in found for answer in paper.answers)


def test_a_process_that_cannot_run_is_said_once() -> None:
    with (
        Workers(1, fail_at_once) as workers,
        pytest.raises(ExamgenError, match="a marking process cannot run: exit status 7"),
    ):
        list(workers.mark_all(tasks(RIGHT)))


def test_the_marks_are_the_same_with_any_number_of_processes() -> None:
    taken = Submissions(tuple(RIGHT[::2]))
    alone = mark_class(KEYS, taken)
    assert mark_class(KEYS, taken, jobs=2) == mark_class(KEYS, taken, jobs=3) == alone
