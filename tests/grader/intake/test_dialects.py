"""Marking day: a class of 300 hands in through 20 dialects at once, with over 60 faults."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from answers.verdict import Verdict
from grader.results.read import read_results
from grader.scoring.marked import MarkedAnswer, MarkedPaper
from tests.grader.dialect_faults import FAULTS, SPILL, Fate, Fault, fits, line_of
from tests.grader.dialects import (
    FORMS,
    TABLES,
    HandIn,
    earned,
    file_of,
    hand_in,
    has_prose,
    metadata,
    write_class,
    write_files,
)
from tests.in_process import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CLASS = 300
ABSENT = 5
SEED = 403


@dataclass
class Case:
    """One student on marking day: what was written, where, and what went wrong."""

    one: HandIn
    dialect: str
    file: str = ""
    fault: Fault | None = None
    other: HandIn | None = None
    rows: list[HandIn] = field(default_factory=list)
    is_hit: bool = False  # somebody else handed in something for this student

    @property
    def fate(self) -> Fate:
        return Fate.WAITS if self.is_hit else self.fault.fate if self.fault else Fate.TAKEN

    @property
    def written(self) -> dict[str, str]:
        """The texts that are in the file."""
        texts = {name: text for name, text in self.rows[0].answers.items() if text.strip()}
        if not has_prose(self.dialect, self.one.owner):
            texts.pop("2b.why", None)
        return texts


def cases(seed: int) -> list[Case]:
    """Who hands in how, and whom which fault befalls: all of it drawn from the seed."""
    draw = Random(seed)  # noqa: S311 - it is to come again
    numbers = list(range(1, CLASS + 1))
    draw.shuffle(numbers)
    dialects = [*TABLES, *FORMS]
    weights = [
        3 if name in {"own", "excel", "pdf", "json", "assignment"} else 1 for name in dialects
    ]
    ways = [*dialects, *draw.choices(dialects, weights, k=CLASS - ABSENT - len(dialects))]
    found = [Case(hand_in(n, draw), way) for n, way in zip(numbers, ways, strict=False)]
    for fault in sorted(FAULTS, key=lambda one: len(one.dialects)):
        free = [
            case for case in found if not case.fault and fits(fault, case.dialect, case.one.owner)
        ]
        draw.choice(free).fault = fault
    whole = [case for case in found if not case.fault]
    for case in found:
        other = whole.pop(draw.randrange(len(whole))) if case.fault else case
        other.is_hit |= bool(case.fault and case.fault.collides)
        case.other = other.one
        case.rows = case.fault.rows(case.one, case.other) if case.fault else [case.one]
    return found


def files_of(class_: Sequence[Case]) -> dict[str, bytes]:
    """Everything that is handed in, by the names of the files."""
    files: dict[str, bytes] = {}
    tables: dict[str, list[HandIn]] = defaultdict(list)
    for case in class_:
        if case.dialect in TABLES:
            case.file = TABLES[case.dialect][0]
            tables[case.dialect] += case.rows
            continue
        case.file = file_of(case.dialect, case.one)
        for row in case.rows:
            raw = FORMS[case.dialect][1](row)
            own = case.fault.raw(case.file, raw, row) if case.fault else {case.file: raw}
            case.file = next(iter(own))
            files |= own
    files |= {TABLES[way][0]: TABLES[way][1](rows) for way, rows in tables.items()}
    files["own.csv"] = files["own.csv"].replace(SPILL.encode(), b",")
    scoped = [case.one.owner for case in class_ if case.dialect == "gradescope"]
    files["gradescope.zip/export/submission_metadata.yml"] = metadata(scoped).encode()
    return files


@dataclass
class Day:
    """What came out."""

    cases: list[Case]
    codes: list[int]
    said: list[list[str]]
    outputs: list[dict[str, bytes]]
    papers: dict[int, MarkedPaper]
    exceptions: list[dict[str, str]]


RESULTS = ("gradebook.csv", "verdicts.jsonl", "verdicts.csv", "for_human.csv", "exceptions.csv")


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    here = tmp_path_factory.mktemp("day")
    class_ = cases(SEED)
    write_class(here / "exam", CLASS)
    names = [path.name for path in write_files(here / "in", files_of(class_))]
    words = ["grade", str(here / "exam"), "--latest", *(str(here / "in" / name) for name in names)]
    ran, outputs = [], []
    for _ in range(2):
        ran.append(run(*words))
        outputs.append({name: (here / "exam/grades" / name).read_bytes() for name in RESULTS})
    papers = {int(paper.paper): paper for paper in read_results(here / "exam" / "grades")}
    exceptions = outputs[-1]["exceptions.csv"].decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(exceptions, newline=""))
    said = [one.stderr.splitlines() for one in ran]
    return Day(class_, [one.returncode for one in ran], said, outputs, papers, list(rows))


def answers_of(day: Day) -> Iterator[tuple[Case, str, MarkedAnswer]]:
    for case in day.cases:
        for answer in day.papers[case.one.owner].answers:
            yield case, answer.id, answer


def test_all_dialects_and_faults_are_met() -> None:
    found = cases(SEED)
    assert {case.dialect for case in found} == {*TABLES, *FORMS}
    assert len([case for case in found if case.fault]) == len(FAULTS) >= 40
    assert cases(SEED) == found


def test_what_cannot_be_read_costs_no_exit_status(day: Day) -> None:
    assert day.codes == [0, 0], day.said[0]
    assert [line for line in day.said[0] if not re.match(r".+:\d+: .+; .+", line)] == []


def test_nobody_gets_anothers_marks(day: Day) -> None:
    """Marks are those of what the student wrote, or they wait."""
    wrong = []
    for case, name, answer in answers_of(day):
        mine = case.one.answers[name]
        if name == "2b.why" or answer.marks is None:
            continue
        lost = case.fate is Fate.LOST or (case.fault and case.fault.collides)
        true = Fraction(0) if lost else earned(case.one.owner, name, mine)
        if answer.marks != true or (lost and answer.verdict is not Verdict.ABSENT):
            wrong.append((case.dialect, case.fault and case.fault.name, name, mine, answer))
    assert wrong == []


def test_without_a_fault_nothing_waits_and_every_text_is_verbatim(day: Day) -> None:
    wrong = []
    for case, name, answer in answers_of(day):
        is_blank = name not in case.written
        may_wait = name == "2b.why" or (case.dialect == "ink" and is_blank)
        if case.fate is not Fate.TAKEN:
            continue
        if (answer.marks is None) != may_wait or (answer.text or "") != case.written.get(name, ""):
            wrong.append((case.dialect, case.fault and case.fault.name, name, answer))
    assert wrong == []


def test_what_must_wait_waits(day: Day) -> None:
    wrong = [
        (case.dialect, case.fault and case.fault.name, answer)
        for case, name, answer in answers_of(day)
        if (case.is_hit or (case.fault and name in case.fault.waits)) and not answer.waits
    ]
    assert wrong == []


def test_nothing_written_is_blank_or_absent_but_what_is_in_the_exception_file(day: Day) -> None:
    waiting = {(row["response"].removeprefix("'")) for row in day.exceptions}
    named = "\n".join(row["source"] for row in day.exceptions)
    wrong = []
    for case, name, answer in answers_of(day):
        if answer.verdict not in {Verdict.BLANK, Verdict.ABSENT} or name not in case.written:
            continue
        if case.written[name] not in waiting and Path(case.file).name not in named:
            wrong.append((case.dialect, case.fault and case.fault.name, name, answer.verdict))
    assert wrong == []


def test_every_fault_is_one_line(day: Day) -> None:
    wrong = []
    for case in day.cases:
        if not case.fault or not case.fault.says or not case.other:
            continue
        pieces = line_of(case.fault, case.one, case.other, case.file)
        lines = [line for line in day.said[0] if all(piece in line for piece in pieces)]
        if len(lines) != 1:
            wrong.append((case.dialect, case.fault.name, pieces, lines))
    assert wrong == []


def test_grading_again_changes_nothing(day: Day) -> None:
    assert day.said[0] == day.said[1]
    assert [name for name in RESULTS if day.outputs[0][name] != day.outputs[1][name]] == []


def test_the_absent_are_absent(day: Day) -> None:
    here = {case.one.owner for case in day.cases}
    assert len(here) == CLASS - ABSENT
    absent = {
        answer.verdict
        for n, paper in day.papers.items()
        if n not in here
        for answer in paper.answers
    }
    assert absent == {Verdict.ABSENT}
