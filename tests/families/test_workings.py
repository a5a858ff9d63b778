"""Workings as tired students write them, line by line, with what a fair examiner gives.

A line of `working/workings.jsonl` has the question and its parameters, the text, what it earns (the
least and the most share of the marks), whether it may wait for a person, and a letter for each
line: r right, f follows from an own wrong value, w wrong or crossed out, g no step, u not readable.
They were written before the code that marks them, each step counting the same; the right
calculation with another value is half of its step.
"""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypedDict

import pytest

from examgen.folder.key import SCHEMA, AnswerKey, PaperKey
from examgen.folder.working import shares_of, steps_of
from examgen.proof.files import exam_of, read
from examgen.proof.working import working_faults
from generator.questions.draw import member_of
from generator.variants.assemble import part_of
from generator.variants.paper import Part
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from grader.scoring.marked import MarkedAnswer

BANK = sorted(Path("templates/questions").rglob("*.tex"))
FAIR, LINES = Fraction(97, 100), Fraction(97, 100)
LETTERS = {
    "right": "r", "follows": "f", "slip": "w", "wrong": "w", "formula": "r", "part": "r",
    "note": "g", "struck": "w", "unclear": "u",
}  # fmt: skip


class Row(TypedDict, total=False):
    """A line of the table."""

    question: str
    name: str
    given: dict[str, str]
    working: str
    lines: str
    earns: tuple[str, str]
    may_wait: bool


TABLE = Path(__file__).with_name("working") / "workings.jsonl"
ROWS: list[Row] = [json.loads(line) for line in TABLE.read_text("utf-8").splitlines()]
TOLD = [f"{row['question']}.{row['name']}: {row['working']!r}" for row in ROWS]


@cache
def part(question: str, given: str) -> Part:
    """Return a part with these parameters."""
    asked = read(Path(f"templates/questions/{question}.tex"))
    one = member_of(asked, json.loads(given))
    (printed,) = exam_of(asked).parts
    return part_of(printed, one.model, one.solution)


def with_working(found: Part, name: str) -> AnswerKey:
    """Return an answer of a part whose steps count alike."""
    before: list[AnswerKey] = []
    for answer in found.key.answers:
        if isinstance(answer, AnswerKey):
            if answer.id == f"1a.{name}":
                steps = steps_of(answer, before, found.solved)
                return replace(answer, working=shares_of(steps, {}))
            before.append(answer)
    raise KeyError(name)


@cache
def marked(place: int) -> MarkedAnswer:
    """Return the working of a row, marked on a paper that asks nothing else."""
    row = ROWS[place]
    found = part(row["question"], json.dumps(row["given"]))
    answer = with_working(found, row["name"])
    paper = PaperKey(SCHEMA, "1", "1", "", (replace(found.key, answers=(answer,)),))
    (done,) = mark_paper(paper, Submission("1", "1", {answer.id: row["working"]})).answers
    return replace(done, out_of=answer.marks)


def is_fair(place: int) -> bool:
    """Return whether a working gets what a fair examiner gives."""
    row, found = ROWS[place], marked(place)
    least, most = map(Fraction, row["earns"])
    if found.marks is None:
        return row.get("may_wait", False)
    return least <= found.marks / found.out_of <= most


def agreeing(place: int) -> tuple[int, int]:
    """Return the number of lines with the verdict of the table, and of all lines."""
    want = ROWS[place]["lines"]
    got = "".join(LETTERS[verdict] for _, verdict, _ in marked(place).lines)
    pairs = list(zip(want, got, strict=False)) if got else []
    same = sum(x == y or {x, y} <= {"r", "g"} or (x, y) == ("g", "u") for x, y in pairs)
    return same, len(pairs)


def test_workings_are_marked_fairly() -> None:
    unfair = [TOLD[place] for place in range(len(ROWS)) if not is_fair(place)]
    assert len(ROWS) >= 200
    assert len(unfair) <= (1 - FAIR) * len(ROWS), unfair


def test_no_right_step_earns_nothing_in_silence() -> None:
    asked = [place for place in range(len(ROWS)) if Fraction(ROWS[place]["earns"][0])]
    assert not [TOLD[place] for place in asked if marked(place).marks == 0]


def test_lines_get_their_verdicts() -> None:
    pairs = [agreeing(place) for place in range(len(ROWS))]
    assert sum(same for same, _ in pairs) >= LINES * sum(count for _, count in pairs)


@pytest.mark.parametrize("path", BANK, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_own_solution_earns_every_step(path: Path) -> None:
    """Mark the solution of each derived answer; each mistake carried on loses its own step."""
    question = read(path)
    if not question.examples:
        pytest.skip("no example")
    found = part(question.name, json.dumps(dict(question.examples[0].given)))
    for answer in found.key.answers:
        if not isinstance(answer, AnswerKey) or found.solved is None or not answer.reads:
            continue
        alike = with_working(found, answer.id.partition(".")[2])
        assert not list(working_faults(alike, found.solved))
