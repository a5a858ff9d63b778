"""Marking by people: files without names go out, marks come back, faults are located."""

from __future__ import annotations

import csv
import json
import re
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey
from examgen.folder.key_file import key_file
from examgen.ground.errors import ExamgenError, InputError
from examgen.ground.html.mathml import content_hash
from grader.by_hand.agreement import agreement
from grader.by_hand.groups import waiting_groups
from grader.by_hand.markers import ALL
from grader.by_hand.people import take_marks, write_marking
from grader.grade import grade, open_store
from grader.regrade import regrade
from grader.results.read import read_results
from tests.grader.exams import class_of, hand_in, write_exam
from tests.in_process import run

if TYPE_CHECKING:
    from pathlib import Path

    from grader.by_hand.groups import Group
    from grader.scoring.marked import MarkedAnswer

KEYS = class_of(8)
PROSE = [
    "It shrinks.",
    "It  shrinks. ",
    "No idea",
    "",
    "<script>alert(1)</script>",
    "=1+1",
    "a",
    "b",
]


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """A graded class in which prose waits, and unreadable sizes that name the own height."""
    rows = {}
    for key, prose in zip(KEYS, PROSE, strict=True):
        answers = {a.id: a.expected for a in key.answers if isinstance(a, AnswerKey)}
        height = key.parts[0].model.inputs["height"]
        rows[key.student] = answers | {"2b.why": prose, "1a.size": f"about {height} ?"}
    folder = write_exam(tmp_path / "exam", KEYS)
    grade(folder, [hand_in(tmp_path / "a.csv", rows)])
    return folder


TWO_OF_TWO = (Fraction(2), Fraction(2))


def groups_of(exam: Path) -> tuple[Group, ...]:
    with open_store(exam) as store:
        current = store.current()
        assert current
        return waiting_groups(store, current, key_file(exam / "key.jsonl"))


def fill(path: Path, **cells: str) -> Path:
    """Fills columns of the rows of one answer: `answer="2b.why", marks="2"`."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["answer"] == cells["answer"]:
            row.update(cells)
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def marked(exam: Path, answer: str) -> list[MarkedAnswer]:
    papers = read_results(exam / "grades")
    return [item for paper in papers for item in paper.answers if item.id == answer]


def test_equal_answers_are_one_group(exam: Path) -> None:
    groups = groups_of(exam)
    sizes = [g for g in groups if g.answer == "1a.size"]
    assert [(len(g.papers), g.pattern) for g in sizes] == [(8, "about [height] ?")]
    prose = [g for g in groups if g.answer == "2b.why"]
    assert sorted(len(g.papers) for g in prose) == [1, 1, 1, 1, 1, 1, 2]
    assert [c.says for c in prose[0].criteria] == [
        "names the product of derivatives",
        "says that it shrinks",
    ]


def test_one_question_at_a_stretch_in_an_order_without_names(exam: Path) -> None:
    groups = groups_of(exam)
    assert [g.answer for g in groups] == ["1a.size"] + ["2b.why"] * 7
    assert groups == groups_of(exam)
    write_marking(exam, double=Fraction(1, 10))
    for path in (exam / "marking").iterdir():
        text = path.read_text()
        for key in KEYS:
            assert key.student not in text
            assert key.paper not in text
            assert key.name not in text


def test_a_page_is_sealed_and_needs_nothing_else(exam: Path) -> None:
    write_marking(exam)
    page = (exam / "marking" / "marking-first.html").read_text()
    assert "alert(1)</script>" not in page
    assert not re.search(r"https?://|src=|href=|style=| on[a-z]+=", page)
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    style = page.partition("<style>")[2].partition("</style>")[0]
    policy = page.partition('Policy" content="')[2].partition('"')[0]
    assert f"script-src 'sha256-{content_hash(script)}'" in policy
    assert f"style-src 'sha256-{content_hash(style)}'" in policy
    assert policy.startswith("default-src 'none'")
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert "<script>alert(1)</script>" in [group["text"] for group in data["groups"]]


def test_marks_come_back_from_the_table(exam: Path) -> None:
    write_marking(exam)
    table = fill(exam / "marking/marking-first.csv", answer="2b.why", criteria="2; 0,5", remark="+")
    report = take_marks(exam, table, "Ada")
    assert (report.given, report.new) == (8, 8)
    assert take_marks(exam, table, "Ada").new == 0
    answers = marked(exam, "2b.why")
    assert {(a.verdict, a.marks, a.note) for a in answers} == {
        (Verdict.FOR_HUMAN, Fraction(5, 2), "+")
    }
    assert all(answer.marks is None for answer in marked(exam, "1a.size"))
    assert "marked by a person: Ada" in {answer.why for answer in answers}
    with open_store(exam) as store, store.database.connection("read") as connection:
        log = connection.exec_driver_sql("SELECT who FROM log").scalars().all()
    assert log.count('"Ada"') == 1


def test_marks_come_back_from_the_page(exam: Path, tmp_path: Path) -> None:
    [size, *_] = groups_of(exam)
    line = {"group": size.id, "answer": size.answer, "papers": size.papers, "opinion": "first"}
    saved = tmp_path / "marks-first.jsonl"
    saved.write_text(json.dumps({**line, "marks": "1.5", "criteria": [], "remark": "é"}) + "\n")
    take_marks(exam, saved, "Ada")
    assert [answer.marks for answer in marked(exam, "1a.size")] == [Fraction(3, 2)] * 8


# what is filled in, what is said
FAULTS = [
    ({"marks": "many"}, "'many' is no number of marks"),
    ({"marks": "-1"}, "'-1' is no number of marks"),
    ({"marks": "1/0"}, "'1/0' is no number of marks"),
    ({"marks": "4"}, "4 marks are given of 3; give at most 3"),
    ({"criteria": "1"}, "1 criterion is marked, of 2"),
    ({"criteria": "3; 0"}, "criterion 1 has 3 of 2 marks"),
    ({"criteria": "1; 1", "marks": "3"}, "the marks are 3, the criteria give 2"),
    ({"remark": "good"}, "a remark without marks"),
    ({"marks": "1", "papers": "bcdf"}, "has unknown papers or answers"),
    ({"marks": "1", "group": "bcdf"}, "the answers of group bcdf have changed"),
    ({"marks": "1", "opinion": "third"}, "the opinion third is not first or second"),
    ({"marks": "1", "remark": "x" * 3000}, "the remark has more than 2000 characters"),
]


@pytest.mark.parametrize(("cells", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_is_located_and_nothing_is_taken(
    cells: dict[str, str], said: str, exam: Path
) -> None:
    write_marking(exam)
    table = fill(exam / "marking/marking-first.csv", answer="1a.size", marks="1")
    fill(table, answer="2b.why", **cells)
    with pytest.raises(InputError) as caught:
        take_marks(exam, table, "Ada")
    assert len(caught.value.faults) == 7
    assert all(said in str(fault) and fault.line > 2 for fault in caught.value.faults)
    assert all(answer.marks is None for answer in marked(exam, "1a.size"))
    with open_store(exam) as store, store.database.connection("read") as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM mark").scalar_one() == 0


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", "thesis", "a.csv:1: not all columns are there"),
        ("a.jsonl", "{}\n{", "a.jsonl:2: this is not a mark"),
        ("a.jsonl", "[" * 100_000, "a.jsonl:1: this is not a mark"),
    ],
)
def test_a_file_of_something_else(
    name: str, text: str, said: str, exam: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError) as caught:
        take_marks(exam, tmp_path / name, "Ada")
    assert said in str(caught.value)


def test_a_mark_is_for_the_text_that_was_seen(exam: Path, tmp_path: Path) -> None:
    write_marking(exam)
    table = fill(exam / "marking/marking-first.csv", answer="2b.why", marks="1")
    take_marks(exam, table, "Ada")
    rows = {KEYS[0].student: {"2b.why": "It shrinks."}, KEYS[2].student: {"2b.why": "other"}}
    grade(exam, [hand_in(tmp_path / "b.csv", rows)])
    first, _, third, *_ = marked(exam, "2b.why")
    assert (first.marks, third.marks) == (Fraction(1), None)
    with pytest.raises(InputError, match="have changed"):
        take_marks(exam, table, "Ada")


def test_who_is_absent_later_has_no_marks_for_what_was_blank(exam: Path, tmp_path: Path) -> None:
    write_marking(exam)
    take_marks(exam, fill(exam / "marking/marking-first.csv", answer="2b.why", marks="1"), "Ada")
    blank = PROSE.index("")
    assert marked(exam, "2b.why")[blank].marks == 1
    regrade(exam, never_lower=True)
    grade(exam, [hand_in(tmp_path / "b.csv", {KEYS[0].student: {"2b.why": "other"}})])
    answer = marked(exam, "2b.why")[blank]
    assert (answer.verdict, answer.marks) == (Verdict.ABSENT, Fraction(0))


def test_marks_are_at_most_what_the_key_gives_now(exam: Path) -> None:
    write_marking(exam)
    take_marks(exam, fill(exam / "marking/marking-first.csv", answer="1a.size", marks="4"), "Ada")
    half = [key.to_json().replace('"marks":"4"', '"marks":"2"') for key in KEYS]
    (exam / "key.jsonl").write_text("".join(f"{line}\n" for line in half))
    report = regrade(exam)
    assert {(answer.marks, answer.out_of) for answer in marked(exam, "1a.size")} == {TWO_OF_TWO}
    assert "1a.size was marked by a person under another key" in str(report.notices[0])


def test_what_a_person_marked_waits_no_more(exam: Path, tmp_path: Path) -> None:
    write_marking(exam)
    take_marks(exam, fill(exam / "marking/marking-first.csv", answer="2b.why", marks="1"), "Ada")
    report = grade(exam, [tmp_path / "a.csv"])
    assert report.waiting == {Verdict.UNREADABLE: 8}
    assert report.counts[Verdict.FOR_HUMAN] == 8
    done = run("grade", str(exam), str(tmp_path / "a.csv"))
    assert "Answers that wait for a person: 8 unreadable\n" in done.stdout
    assert (
        "8 of 8 papers handed in; mean 25.00 of 31 marks, not counting 32 marks that" in done.stdout
    )


def test_marks_stay_when_the_class_is_graded_again(exam: Path) -> None:
    write_marking(exam)
    take_marks(exam, fill(exam / "marking/marking-first.csv", answer="2b.why", marks="1"), "Ada")
    assert not regrade(exam).moves
    assert {answer.marks for answer in marked(exam, "2b.why")} == {1}


def test_a_changed_key_is_graded_first(exam: Path) -> None:
    write_exam(exam, KEYS[:7])
    with pytest.raises(ExamgenError, match="run examgen regrade first"):
        write_marking(exam)


def test_a_second_opinion_counts_for_the_agreement_only(exam: Path) -> None:
    sheets = write_marking(exam, double=Fraction(1))
    assert (sheets.groups, sheets.answers, sheets.second) == (8, 16, 8)
    take_marks(exam, fill(exam / "marking/marking-first.csv", answer="2b.why", marks="1"), "Ada")
    second = fill(exam / "marking/marking-second.csv", answer="2b.why", marks="3")
    report = take_marks(exam, second, "Bob")
    assert {answer.marks for answer in marked(exam, "2b.why")} == {1}
    found = report.markers.agreement["2b.why"]
    assert (found.count, found.same, found.shift) == (8, Fraction(0), Fraction(2))
    assert report.markers.agreement[ALL].shift == Fraction(2, 3)


def pairs(table: list[list[int]]) -> list[tuple[Fraction, Fraction]]:
    return [
        (Fraction(a), Fraction(b))
        for a, row in enumerate(table)
        for b, count in enumerate(row)
        for _ in range(count)
    ]


# a table of two raters, Cohen's kappa, kappa with squared weights
AGREEMENTS = [
    # Wikipedia, Cohen's kappa, the example of 50 grant proposals: p_o 0.7, p_e 0.5
    ("grants", [[20, 5], [10, 15]], Fraction(2, 5), Fraction(2, 5)),
    # by hand: p_o 1/3, p_e 1/3; distances (0, 1, 1) and expected 12/9: 1 - (2/3)/(4/3)
    ("thirds", [[1, 0, 0], [0, 0, 1], [0, 1, 0]], Fraction(0), Fraction(1, 2)),
    ("all the same", [[5]], None, None),
    ("opposite", [[0, 2], [2, 0]], Fraction(-1), Fraction(-1)),
]


@pytest.mark.parametrize(
    ("table", "kappa", "weighted"), [a[1:] for a in AGREEMENTS], ids=[a[0] for a in AGREEMENTS]
)
def test_agreement(
    table: list[list[int]], kappa: Fraction | None, weighted: Fraction | None
) -> None:
    found = agreement(pairs(table))
    assert (found.kappa, found.weighted) == (kappa, weighted)


def test_the_command_writes_and_reads(exam: Path) -> None:
    done = run("mark", str(exam), "--double", "50%")
    assert "16 answers wait, in 8 groups" in done.stdout
    assert "4 groups are for a second person" in done.stdout
    table = fill(exam / "marking/marking-first.csv", answer="2b.why", marks="1")
    assert run("mark", str(exam), str(table)).returncode == 2
    done = run("mark", str(exam), str(table), "--by", "Ada")
    assert "8 answers marked by Ada, 8 of them new or changed" in done.stdout, done.stderr
    assert run("mark", str(exam), "--double", "many").returncode == 2
