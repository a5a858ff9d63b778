"""Grading again: who moves, by how much and why; nothing that was decided before is lost."""

from __future__ import annotations

import csv
import json
import sqlite3
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from examgen.folder.key import AnswerKey
from examgen.ground.errors import ExamgenError, InputError
from grader.grade import grade
from grader.intake import EXCEPTIONS
from grader.regrade import regrade
from grader.results.read import read_results
from tests.grader.exams import class_of, hand_in, write_exam
from tests.in_process import run

if TYPE_CHECKING:
    from pathlib import Path

    from examgen.folder.key import PaperKey

KEYS = class_of(6)


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """A graded class: five right papers, of which one has 7 parameters, and one absent."""
    rows = {
        key.student: {a.id: a.expected for a in key.answers if isinstance(a, AnswerKey)}
        for key in KEYS[:5]
    }
    rows["s0002"]["1a.parameters"] = "7"
    folder = write_exam(tmp_path / "exam", KEYS)
    grade(folder, [hand_in(tmp_path / "a.csv", rows)])
    return folder


def change(key: PaperKey, answer: str, expected: str) -> PaperKey:
    """A key with another right answer."""
    parts = tuple(
        replace(
            part,
            answers=tuple(
                replace(a, expected=expected, mistakes=())
                if isinstance(a, AnswerKey) and a.id == answer
                else a
                for a in part.answers
            ),
        )
        for part in key.parts
    )
    return replace(key, parts=parts)


def totals(exam: Path) -> list[Fraction]:
    return [paper.total for paper in read_results(exam / "grades")]


# marks of a right paper: 12 of the convolution, 5 of the own formulas, 11 literal ones
FULL, SEVEN, ONE, NONE = map(Fraction, (28, 24, 1, 0))


def test_the_same_key_moves_nobody(exam: Path) -> None:
    before = totals(exam)
    assert before == [FULL, SEVEN, FULL, FULL, FULL, 0]
    assert not regrade(exam).moves
    assert totals(exam) == before


def test_a_key_changed_for_one_variant_moves_exactly_the_students_concerned(exam: Path) -> None:
    write_exam(exam, [KEYS[0], change(KEYS[1], "1a.parameters", "7"), *KEYS[2:]])
    [move] = regrade(exam).moves
    assert (move.student, move.before, move.after) == ("s0002", SEVEN, FULL)
    [changed] = move.changes
    assert (changed.answer, changed.before, changed.after) == ("1a.parameters", NONE, 4 * ONE)
    assert changed.why.startswith("the right answer is 7, not ")
    assert changed.why.endswith("wrong became correct")
    assert totals(exam) == [FULL, FULL, FULL, FULL, FULL, 0]


def test_both_results_are_kept(exam: Path) -> None:
    write_exam(exam, [KEYS[0], change(KEYS[1], "1a.parameters", "7"), *KEYS[2:]])
    regrade(exam)
    query = (
        "SELECT run, verdict.verdict, paper.key FROM verdict JOIN paper USING (run)"
        " WHERE paper_place = paper.place AND paper = 'p002' AND answer = '1a.parameters'"
    )
    with sqlite3.connect(exam / "gradebook.sqlite") as store:
        rows = store.execute(query).fetchall()
    assert [row[:2] for row in rows] == [(1, "wrong"), (2, "correct")]
    assert rows[0][2] != rows[1][2]


def test_never_lower_keeps_what_would_fall(exam: Path) -> None:
    keys = [change(KEYS[0], "2a.name", "something else"), change(KEYS[1], "1a.parameters", "7")]
    write_exam(exam, [*keys, *KEYS[2:]])
    [move] = regrade(exam, never_lower=True).moves
    assert move.student == "s0002"
    assert totals(exam)[:2] == [FULL, FULL]
    assert not regrade(exam).moves  # what was kept stays


def test_what_was_kept_can_be_lowered_and_kept_again(exam: Path, tmp_path: Path) -> None:
    write_exam(exam, [change(KEYS[0], "2a.name", "something else"), *KEYS[1:]])
    assert not regrade(exam, never_lower=True).moves
    grade(exam, [tmp_path / "a.csv"])
    assert totals(exam)[0] == FULL  # kept, whoever grades again without a word
    [move] = regrade(exam, never_lower=False).moves
    assert (move.before, move.after) == (FULL, FULL - 1)
    assert move.changes[0].why == "it counts as it was marked"
    assert not regrade(exam).moves
    assert totals(exam)[0] == FULL - 1
    write_exam(exam, [change(KEYS[0], "1b.area", "1"), *KEYS[1:]])
    [move] = regrade(exam, never_lower=True).moves
    assert (move.before, move.after) == (FULL - 1, FULL)  # of 2a.name; 1b.area is kept
    assert not regrade(exam).moves


def test_marks_fall_where_nobody_says_otherwise(exam: Path) -> None:
    write_exam(exam, [change(KEYS[0], "2a.name", "something else"), *KEYS[1:]])
    [move] = regrade(exam).moves
    assert (move.before, move.after) == (FULL, FULL - 1)


# what is dropped, what a right paper then has, out of what
DROPS = [("2a.name", 27, 30), ("1a", 16, 19), ("2", 17, 17)]


@pytest.mark.parametrize(("target", "marks", "most"), DROPS, ids=[d[0] for d in DROPS])
def test_what_is_dropped_does_not_count(target: str, marks: int, most: int, exam: Path) -> None:
    regrade(exam, drop=[target])
    papers = list(read_results(exam / "grades"))
    assert (papers[0].total, papers[0].out_of, papers[5].out_of) == (
        marks * ONE,
        most * ONE,
        most * ONE,
    )
    page = (exam / "grades" / "feedback" / "s0001.html").read_text()
    assert '<p class="marks">dropped</p>' in page
    assert "This was dropped: it does not count." in page
    assert "0 of 0" not in page
    with (exam / "grades" / "gradebook.csv").open() as file:
        assert all("dropped" in row.values() for row in csv.DictReader(file))
    moves = regrade(exam, restore=[target]).moves
    assert {move.after for move in moves} <= {FULL, SEVEN, Fraction(0)}
    assert totals(exam) == [FULL, SEVEN, FULL, FULL, FULL, 0]


def test_full_marks_for_those_who_handed_in(exam: Path) -> None:
    [move] = regrade(exam, full_marks=["1a.parameters"]).moves
    assert (move.student, move.changes[0].why) == (
        "s0002",
        "Everybody gets full marks for this",
    )
    assert totals(exam) == [FULL, FULL, FULL, FULL, FULL, 0]


def test_a_ruling_outlives_the_next_grading(exam: Path, tmp_path: Path) -> None:
    regrade(exam, drop=["1a"])
    grade(exam, [tmp_path / "a.csv"])
    assert totals(exam)[0] == 16


def test_what_is_not_in_the_key_cannot_be_ruled_about(exam: Path) -> None:
    with pytest.raises(InputError) as caught:
        regrade(exam, drop=["1a.sise"], full_marks=["9"])
    assert [fault.fix for fault in caught.value.faults] == [
        "did you mean 1a.size?",
        "name an answer, a part or a question",
    ]


def test_nothing_was_graded_yet(tmp_path: Path) -> None:
    with pytest.raises(ExamgenError, match="nothing was graded yet"):
        regrade(write_exam(tmp_path / "e", KEYS))


def test_the_command_prints_who_moves(exam: Path) -> None:
    write_exam(exam, [KEYS[0], change(KEYS[1], "1a.parameters", "7"), *KEYS[2:]])
    done = run("regrade", str(exam), "--json")
    [move] = json.loads(done.stdout)["moves"]
    assert (move["student"], move["before"], move["after"]) == ("s0002", 24.0, 28.0)
    write_exam(exam, [change(KEYS[0], "2a.name", "something else"), *KEYS[1:]])
    done = run("regrade", str(exam), "--never-lower")
    assert "s0001" not in done.stdout
    done = run("regrade", str(exam), "--lower")
    assert "2a.name: 1 to 0 " in done.stdout
    assert "it counts as it was marked" in done.stdout
    done = run("regrade", str(exam), "--drop", "2b")
    assert "5 of 6 papers move" in done.stdout
    assert "does not count" in done.stdout
    assert "2b.why: waits to dropped" in done.stdout
    done = run("regrade", str(exam), "--restore", "2b", "--drop", "2a.name")
    assert "28 of 28  27 of 30  -1" in done.stdout
    assert "it counts again" in done.stdout


def rename(key: PaperKey, answer: str, name: str) -> PaperKey:
    """A key with an answer under another name, as a changed question file gives it."""
    parts = tuple(
        replace(
            part,
            answers=tuple(replace(a, id=name) if a.id == answer else a for a in part.answers),
        )
        for part in key.parts
    )
    return replace(key, parts=parts)


@pytest.mark.parametrize("asked", [(), ("--dry-run",)])
def test_answers_that_have_another_name_are_refused(exam: Path, asked: tuple[str, ...]) -> None:
    before = totals(exam)
    write_exam(exam, [rename(key, "2a.name", "2a.title") for key in KEYS])
    done = run("regrade", str(exam), *asked)
    assert done.returncode == 1
    assert "2a.name was handed in and is not in the key" in done.stderr
    assert "2a.title is in the key and was not asked" in done.stderr
    assert totals(exam) == before
    write_exam(exam, KEYS)
    assert not regrade(exam).moves


def test_a_dry_run_shows_who_would_move_and_writes_nothing(exam: Path) -> None:
    before = {path: path.read_bytes() for path in exam.rglob("*") if path.is_file()}
    done = run("regrade", str(exam), "--drop", "1a.parameters", "--dry-run")
    assert "5 of 6 papers would move. Nothing was written." in done.stdout
    after = {path: path.read_bytes() for path in exam.rglob("*") if path.is_file()}
    assert after == before
    assert not regrade(exam).moves
    assert run("regrade", str(exam), "--dry-run", "--out", "x").returncode == 1


def test_rows_that_wait_to_be_settled_are_kept(exam: Path) -> None:
    exceptions = exam / "grades" / EXCEPTIONS
    before = exceptions.read_bytes() + b"one more row\n"
    exceptions.write_bytes(before)
    regrade(exam)
    assert exceptions.read_bytes() == before
