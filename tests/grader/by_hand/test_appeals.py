"""Appeals: within the window and the limit, decided by others, moving exactly whom they should."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.folder.key import PaperKey
from examgen.folder.people_rules import AppealRule
from examgen.ground.errors import InputError
from examgen.yaml_files.located_yaml import Source
from generator.exams.people_entry import AppealsEntry
from grader.by_hand.appeals.decide import decide_appeals, write_appeals
from grader.by_hand.appeals.receive import take_appeals
from grader.by_hand.people import take_marks, write_marking
from grader.grade import grade, open_store
from grader.regrade import regrade
from grader.results.read import read_results
from grader.store.personal import rows_of
from tests.grader.exams import hand_in, paper, write_exam

if TYPE_CHECKING:
    from pathlib import Path

    from grader.scoring.marked import MarkedAnswer

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 15)
RULE = AppealRule("2026-12-01", "2026-12-15", 2)
WINDOW = [
    (date(2026, 11, 30), 0, "it came on 2026-11-30, before the first day, 2026-12-01"),
    (FIRST, 0, ""),
    (LAST, 1, ""),
    (date(2026, 12, 16), 0, "it came on 2026-12-16, after the last day, 2026-12-15"),
    (LAST, 2, "each student may ask about 2, and asked about 2 before"),
]


@pytest.mark.parametrize(("day", "before", "why"), WINDOW)
def test_the_window_and_the_limit(day: date, before: int, why: str) -> None:
    assert RULE.refusal(day, before) == why
    assert not AppealRule().refusal(day, before)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("opens: soon", "expected a day, found 'soon'; write it as 2026-12-15"),
        ("{opens: 2026-12-02, closes: 2026-12-01}", "appeals close before they open"),
        ("limit: -1", "limit: "),
        ("days: 7", "appeals: has no 'days'"),
    ],
)
def test_a_rule_that_is_none(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        Source(text, "exam.yaml").model(AppealsEntry)
    assert said in str(caught.value)


CLASS, ASKING = 40, 20
RIGHT, HALF, NONE = "a product that shrinks", "it shrinks", "no idea"


def text_of(number: int) -> str:
    """Return what the paper says: own words, but for two answers that several papers share."""
    shared = {0: RIGHT, 1: NONE}.get(number % 10)
    return shared or f"{HALF} ({number})"


@cache
def _small() -> PaperKey:
    own = paper()
    judged = tuple(a for a in own.parts[-2].answers if a.id in {"2a.name", "2a.layers"})
    return replace(own, parts=(replace(own.parts[-2], answers=judged), own.parts[-1]))


def small(number: int) -> PaperKey:
    return replace(_small(), paper=f"p{number:03d}", student=f"p{number:03d}")


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class whose prose Ada marked: everybody has 1 of 3, who had no idea has 0."""
    here = tmp_path_factory.mktemp("appeals")
    keys = [small(n) for n in range(1, CLASS + 1)]
    folder = write_exam(here / "exam", keys)
    rule = {"opens": "2026-12-01", "closes": "2026-12-15", "limit": 2}
    (folder / "exam.json").write_text(json.dumps({"seed": "1", "appeals": rule}))
    rows = {
        key.paper: {"2b.why": text_of(n), "2a.name": "vanishing gradient", "2a.layers": "{2, 4}"}
        for n, key in enumerate(keys, 1)
    }
    grade(folder, [hand_in(here / "a.csv", rows)])
    write_marking(folder)
    take_marks(folder, saved(folder, "marking", "first", lambda text: (text != NONE, "")), "Ada")
    return folder


def saved(exam: Path, room: str, opinion: str, give: object) -> Path:
    page = (exam / f"{room}/marking-{opinion}.html").read_text()
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    lines = []
    for group in data["groups"]:
        marks, remark = give(group["text"])  # type: ignore[operator]
        line = {name: group[name] for name in ("answer", "papers", "rubric")}
        lines.append(line | {"group": group["id"], "opinion": opinion, "marks": str(int(marks))})
        lines[-1]["remark"] = remark
    path = exam / f"{opinion}.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def prose(exam: Path) -> list[MarkedAnswer]:
    return [one.answers[-1] for one in read_results(exam / "grades")]


def ask(exam: Path, *lines: tuple[str, str, str]) -> Path:
    path = exam / "asked.jsonl"
    records = (dict(zip(("paper", "answer", "reason"), line, strict=True)) for line in lines)
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


FAULTS = [
    (("p999", "2b.why", "x"), "asked.jsonl:1: there is no paper or student 'p999' who handed in"),
    (
        ("p001", "9z.x", "x"),
        "asked.jsonl:1: paper p001 has no answer '9z.x'; write one of 2a.layers",
    ),
    (("p001", "2b.why", " "), "asked.jsonl:1: the reason is missing or too long"),
    (("p001", "2b.why", "x" * 5_000), "asked.jsonl:1: the reason is missing or too long"),
]


@pytest.mark.parametrize(("line", "said"), FAULTS, ids=["paper", "answer", "empty", "long"])
def test_a_fault_is_located(line: tuple[str, str, str], said: str, exam: Path) -> None:
    with pytest.raises(InputError) as caught:
        take_appeals(exam, ask(exam, line), FIRST)
    assert said in str(caught.value)


def test_appeals_move_exactly_whom_they_should(exam: Path) -> None:
    assert [answer.marks for answer in prose(exam)] == [
        int(text_of(n) != NONE) for n in range(1, CLASS + 1)
    ]
    asking = [(f"p{n:03d}", "2b.why", f"reason {n} <b>") for n in range(1, ASKING + 1)]
    late = take_appeals(exam, ask(exam, asking[0]), date(2026, 12, 16))
    assert [one.refused for one in late] == [RULE.refusal(date(2026, 12, 16), 0)]
    assert not any(one.refused for one in take_appeals(exam, ask(exam, *asking), LAST))
    assert take_appeals(exam, ask(exam, *asking), LAST) == ()
    again = [("p001", "2b.why", "again"), ("p001", "2a.name", "y"), ("p001", "2a.layers", "z")]
    refused = [one.refused for one in take_appeals(exam, ask(exam, *again), LAST)]
    assert refused == ["it was asked before", "", RULE.refusal(LAST, 2)]
    files, count = write_appeals(exam)
    assert count == ASKING + 1
    page = files[1].read_text()
    assert "reason 3 \\u003cb>" in page
    # who asked with an even number is right: 2 of 3; p030 and p040 wrote what p010 wrote
    right = {text_of(n) for n in range(2, ASKING + 1, 2)} - {NONE}
    decisions = saved(
        exam, "appeals", "appeal", lambda text: (2 if text in right else text != NONE, "I see")
    )
    with pytest.raises(InputError, match="Ada marked this before, and an appeal goes to another"):
        decide_appeals(exam, decisions, "Ada")
    with pytest.raises(InputError, match="these are decisions on appeals; read them with"):
        take_marks(exam, decisions, "Eve")
    found = decide_appeals(exam, decisions, "Eve")
    upheld = {one.paper for one in found.appeals if one.outcome == "upheld"}
    assert upheld == {f"p{n:03d}" for n in range(2, ASKING + 1, 2)}
    same = {f"p{n:03d}" for n in (30, 40)}
    assert {move.paper for move in found.moved if move.asked} == upheld
    assert {move.paper for move in found.moved if not move.asked} == same
    for n, answer in enumerate(prose(exam), 1):
        name = f"p{n:03d}"
        assert answer.marks == (2 if name in upheld | same else int(text_of(n) != NONE))
    notes = [answer.note for answer in prose(exam)]
    assert notes[1] == "You asked about these marks; that was upheld: I see"
    assert notes[2] == "You asked about these marks; that was not upheld: I see"
    assert notes[29] == "The same answer was marked again after an appeal."
    assert notes[31] == ""
    with open_store(exam) as store:
        rows = rows_of(store.database, "p002", ["p002"])
    assert [len(rows[name]) for name in ("appeals", "decisions")] == [1, 1]
    with pytest.raises(InputError, match="none of these appeals is open"):
        decide_appeals(exam, decisions, "Eve")


def test_a_decision_has_a_reason_and_never_lowers(exam: Path) -> None:
    file = ask(exam, ("p038", "2b.why", "why"))
    done = CliRunner().invoke(app, ["appeals", str(exam), str(file), "--received=2026-12-02"])
    assert done.stdout == "1 appeal was taken, 0 refused\n"
    assert write_appeals(exam)[1] == 1
    lower = saved(exam, "appeals", "appeal", lambda _: (0, ""))
    with pytest.raises(InputError) as caught:
        decide_appeals(exam, lower, "Eve")
    said = str(caught.value)
    assert "2b.why: a decision has no reason; write it as the remark" in said
    assert "2b.why: 0 marks are given, and there were 1; an appeal never lowers marks" in said


def test_marks_that_nobody_gave_yet_are_not_asked_about(exam: Path, tmp_path: Path) -> None:
    rows = {f"p{n:03d}": {"2b.why": text_of(n)} for n in range(1, CLASS + 1)}
    grade(exam, [hand_in(tmp_path / "b.csv", rows | {"p039": {"2b.why": "new"}})])
    asked = ask(exam, ("p039", "2b.why", "x"))
    [one] = take_appeals(exam, asked, FIRST)
    assert one.refused == "it is not marked yet"
    assert one.marks == Fraction(0)
    assert take_appeals(exam, asked, FIRST) == ()
    write_marking(exam)
    take_marks(exam, saved(exam, "marking", "first", lambda _: (1, "")), "Ada")
    assert [one.refused for one in take_appeals(exam, asked, FIRST)] == [""]
    assert take_appeals(exam, asked, FIRST) == ()


def test_a_page_makes_the_file_only_where_students_may_ask(exam: Path) -> None:
    page = (exam / "grades/feedback/p003.html").read_text()
    assert 'data-answer="2b.why"' in page
    assert "The first day is 2026-12-01. The last day is 2026-12-15." in page
    assert "script-src 'sha256-" in page


def test_the_same_text_is_the_same_answer_only_where_the_same_is_right(tmp_path: Path) -> None:
    texts = {"p001": "120", "p002": "120", "p003": ""}
    keys = [paper(n) for n in (1, 2, 3, 4)]  # the area is side^2: 121, 144, 169; the last is absent
    folder = write_exam(tmp_path / "exam", keys)
    rows = {name: {"1b.area": text, "1b.cost": "", "1a.size": "x"} for name, text in texts.items()}
    grade(folder, [hand_in(tmp_path / "a.csv", rows)])
    asked = ask(folder, ("p001", "1b.area", "a slip of the pen"), ("p001", "1b.cost", "lost"))
    take_appeals(folder, asked, FIRST)
    write_appeals(folder)
    found = decide_appeals(
        folder, saved(folder, "appeals", "appeal", lambda _: (1, "half of it")), "Eve"
    )
    assert {move.paper for move in found.moved} == {"p001"}
    assert [move.answer for move in found.moved] == ["1b.area", "1b.cost"]


def test_a_mended_key_gives_who_asked_as_much_as_who_did_not(tmp_path: Path) -> None:
    folder = write_exam(tmp_path / "exam", [paper(n) for n in (1, 2)])
    rows = {name: {"2a.derivative": "1 + tanh(x)^3"} for name in ("p001", "p002")}
    grade(folder, [hand_in(tmp_path / "a.csv", rows)])
    take_appeals(folder, ask(folder, ("p001", "2a.derivative", "it is right")), FIRST)
    write_appeals(folder)
    decide_appeals(folder, saved(folder, "appeals", "appeal", lambda _: (0, "no")), "Eve")

    def marks() -> list[str]:
        answers = [a for one in read_results(folder / "grades") for a in one.answers]
        return [str(a.marks) for a in answers if a.id == "2a.derivative"]

    assert marks() == ["0", "0"]
    key = folder / "key.jsonl"
    key.write_text(key.read_text().replace("1 - tanh(x)^2", "1 + tanh(x)^3"))
    regrade(folder)
    assert marks() == ["3", "3"]


def test_a_student_with_two_papers_and_one_who_is_called_as_a_paper(tmp_path: Path) -> None:
    owners = ("p001", "s2", "p002", "p004")  # the first and last were made for nobody
    keys = [replace(small(n), student=who) for n, who in enumerate(owners, 1)]
    folder = write_exam(tmp_path / "exam", keys)
    rule = {"limit": 2}
    (folder / "exam.json").write_text(json.dumps({"seed": "1", "appeals": rule}))
    table = tmp_path / "a.csv"
    table.write_text("student,paper,2b.why\nq1,p001,a\ns2,p002,a\np002,p003,a\nq1,p004,a\n")
    grade(folder, [table])
    asked = tmp_path / "asked.csv"
    asked.write_text("paper,answer,reason\nq1,2a.name,x\np002,2a.name,x\n")
    with pytest.raises(InputError) as caught:
        take_appeals(folder, asked, FIRST)
    assert "asked.csv:2: 'q1' may be paper p001 or p004; write the paper" in str(caught.value)
    assert "asked.csv:3: 'p002' may be paper p002 or p003; write the paper" in str(caught.value)
    names = [("p001", "2a.name"), ("p004", "2a.name"), ("p004", "2a.layers"), ("p002", "2a.name")]
    found = take_appeals(folder, ask(folder, *((*name, "x") for name in names)), FIRST)
    assert [(one.paper, one.refused) for one in found] == [
        *[
            ("p001", ""),
            ("p004", ""),
            ("p004", "each student may ask about 2, and asked about 2 before"),
        ],
        ("p002", ""),
    ]
