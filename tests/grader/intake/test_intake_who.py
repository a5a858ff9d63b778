"""Who is who: nobody gets another's marks, and what contradicts itself is said in one line."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from examgen.folder.students import Student
from generator.exams.exam_file import read_exam
from generator.folder.make import Job, make
from grader.export.export import export
from grader.grade import grade
from grader.intake import Intake, read_files, take_in
from grader.records.printed import Printed
from tests.grader.handed_in import KEYS, answers, said, taken

if TYPE_CHECKING:
    from pathlib import Path

MAILS = {f"{number}@uni.edu": f"s000{number}" for number in (1, 2, 3)}
HOW = Intake(Printed(aliases={**MAILS, "user2": "s0002"}))

# a table or form that contradicts itself, and what is said; the marks are nobody's
CONTRADICTIONS: list[tuple[str, str, str]] = [
    ("id and name", "student,name,1a.size\ns0001,Student 2,5\n",
     "the row names s0001, and the name Student 2, which is that of s0002"),
    ("id and first, last name", "student,first name,last name,1a.size\ns0001,2,Student,5\n",
     "the name 2 Student, which is that of s0002"),
    ("id and address", "student,email,1a.size\ns0001,2@uni.edu,5\n",
     "the row names s0001, and 2@uni.edu, who is s0002"),
    ("id and user name", "student,username,1a.size\ns0001,USER2,5\n", "USER2, who is s0002"),
    ("address and name", "email,name,1a.size\n1@uni.edu,Student 3,5\n",
     "the name Student 3, which is that of s0003"),
    ("two addresses", "email,username,1a.size\n1@uni.edu,user2,5\n", "user2, who is s0002"),
    ("paper and name", "paper,name,1a.size\np001,Student 2,5\n", "p001"),
    ("id and paper", "student,paper,1a.size\ns0001,p002,5\n",
     "paper p002 belongs to s0002, not to s0001"),
    ("id, paper and name", "student,paper,name,1a.size\ns0001,p001,Student 2,5\n",
     "the name Student 2, which is that of s0002"),
    ("JSON, name", '{"student":"s0001","name":"Student 2","answers":{"1a.size":"5"}}',
     "the name Student 2, which is that of s0002"),
    ("JSON, address", '{"student":"s0001","email":"2@uni.edu","answers":{"1a.size":"5"}}',
     "2@uni.edu, who is s0002"),
    ("JSON, paper", '{"student":"s0002","paper":"p003","answers":{"1a.size":"5"}}',
     "paper p003 belongs to s0003, not to s0002"),
    ("YAML, name", "student: s0001\nname: Student 2\nanswers: {1a.size: 5}\n",
     "the name Student 2, which is that of s0002"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "what"), [c[1:] for c in CONTRADICTIONS], ids=[c[0] for c in CONTRADICTIONS]
)
def test_what_contradicts_itself_is_nobodys(text: str, what: str, tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.dat": text}, HOW)
    own = [line for line in said(found).splitlines() if what in line]
    assert len(own) == 1
    assert len(found.waiting) == 1
    given = [text for p in ("p001", "p002", "p003") for text in answers(found, p).values()]
    assert set(given) <= {None}


def test_names_shifted_by_a_row_are_named_row_by_row(tmp_path: Path) -> None:
    rows = "s0001,Student 2,1\ns0002,Student 3,2\ns0003,Student 1,3\n"
    found = taken(tmp_path, {"a.csv": "student,name,1a.size\n" + rows})
    assert len(found.waiting) == 3
    assert {text for p in ("p001", "p002", "p003") for text in answers(found, p).values()} == {None}


AGREE = [
    "student,name,1a.size\ns0001,Student 1,5\n",
    'student,name,1a.size\ns0001,"1, STUDENT",5\n',
    "student,name,1a.size\ns0001,Stu,5\n",  # a nickname is nobody else's name
    "student,email,1a.size\ns0001,private@example.org,5\n",
    "student,id,1a.size\ns0001,s0002,5\n",  # a platform's own number may be as a student's id
    "email,name,1a.size\n1@uni.edu,Student 1,5\n",
    '{"name":"Student 1","answers":{"1a.size":"5"}}',
]


@pytest.mark.parametrize("text", AGREE)
def test_what_does_not_contradict_itself_is_taken(text: str, tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.dat": text}, HOW)
    assert answers(found)["1a.size"] == "5"
    assert not found.waiting


def test_namesakes_contradict_nothing(tmp_path: Path) -> None:
    keys = [replace(key, name="Ada Lovelace") for key in KEYS]
    (tmp_path / "a.csv").write_text("student,name,1a.size\ns0002,Ada Lovelace,5\n")
    taken_in = take_in(read_files([tmp_path / "a.csv"])[0], keys)
    assert [one.paper for one in taken_in.papers] == ["p002"]


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """A class whose numbers are those of its papers, and two papers for nobody."""
    (tmp_path / "quiz.yaml").write_text(
        "course: c\ntitle: t\ncode: quiz\nquestions: [{title: C, parts: [cnn/conv_layer]}]\n"
    )
    people = [Student("001", "Ayşe Öztürk"), Student("002", "Jane O'Brien"), Student("003")]
    walk_ins = [Student("004", is_walk_in=True), Student("005", is_walk_in=True)]
    make(Job(read_exam(tmp_path / "quiz.yaml"), "1", (*people, *walk_ins), tmp_path / "exam",
             pdf="no"))  # fmt: skip
    return tmp_path / "exam"


def rows_of(exam: Path, name: str = "grades/gradebook.csv") -> dict[str, list[str]]:
    with (exam / name).open(encoding="utf-8-sig", newline="") as file:
        return {row[2]: row for row in csv.reader(file)}


def test_ids_as_those_of_papers_give_nobody_anothers_paper(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("student,paper,1a.size\n001,002,5\n003,002,6\n002,001,7\n")
    report = grade(exam, [tmp_path / "a.csv"])
    for student, paper in (("001", "002"), ("003", "002"), ("002", "001")):
        what = f"paper {paper} belongs to {paper}, not to {student}"
        assert sum(what in str(notice) for notice in report.notices) == 1
    rows = rows_of(exam)
    assert rows["001"][:2] == ["001", "Ayşe Öztürk"]
    assert rows["002"][:2] == ["002", "Jane O'Brien"]
    assert all(answer.marks is None for paper in report.papers[:3] for answer in paper.answers)


def test_a_paper_of_nobody_is_its_students(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("student,paper,1a.size\n001,004,5\n002,,6\n")
    grade(exam, [tmp_path / "a.csv"])
    rows = rows_of(exam)
    assert rows["004"][:2] == ["001", "Ayşe Öztürk"]
    assert rows["001"][-1] == "absent"
    report = export(exam, "csv")
    with report.file.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.reader(file) if line and line[0] == "001"]
    assert len(lines) == 1
    assert "absent" not in lines[0]


def test_two_papers_of_one_student_are_told(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("student,paper,1a.size\n002,002,5\n002,004,6\n")
    report = grade(exam, [tmp_path / "a.csv"])
    told = [str(n) for n in report.notices if "002 handed in several papers (002, 004)" in str(n)]
    assert len(told) == 1
