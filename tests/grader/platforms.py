"""Small files of platforms, written by hand from their documented formats, and a small class."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.verdict import Verdict
from grader.scoring.marked import MarkedAnswer, MarkedPaper
from tests.grader.in_memory import write_gradebook

if TYPE_CHECKING:
    from pathlib import Path

STUDENTS = [
    {"id": "1001", "name": "Ada Lovelace", "email": "ada@uni.edu", "username": "ada"},
    {"id": "1002", "name": "Ayşe Öztürk", "email": "ayse@uni.edu", "username": "ayse"},
    {"id": "1003", "name": "Grace Hopper", "email": "grace@uni.edu", "username": "grace"},
    {"id": "1004", "name": "Alan Turing", "email": "alan@uni.edu", "username": "alan"},
    {"id": "1005", "name": "=cmd|'/C calc'!A0", "email": "evil@uni.edu", "username": "evil"},
]

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (501),Final (777),Final Score
,,,,,Manual Posting,,(read only)
    Points Possible,,,,,10.00,60.00,(read only)
"Lovelace, Ada",91,1001,ada@uni.edu,CENG 403,9.5,,95.0
"Öztürk, Ayşe",92,1002,ayse@uni.edu,CENG 403,8,,80.0
"Hopper, Grace",93,1003,grace@uni.edu,CENG 403,=1+1,,N/A
"Turing, Alan",94,1004,alan@uni.edu,CENG 403,N/A,,70.0
"cmd, Evil",95,1005,evil@uni.edu,CENG 403,EX,,60.0
"Student, Test",99,,abc,CENG 403,,,
"""

WORKSHEET = """\
\ufeffIdentifier,"Full name","ID number","Email address",Status,Grade,"Maximum grade",\
"Grade can be changed","Last modified (submission)","Last modified (grade)","Feedback comments"
"Participant 11","Ada Lovelace",1001,ada@uni.edu,"No submission",,60.00,Yes,-,-,
"Participant 12","Ayşe Öztürk",1002,ayse@uni.edu,"No submission",,60.00,Yes,-,-,
"Participant 13","Grace Hopper",1003,grace@uni.edu,"No submission",,60.00,Yes,-,-,
"Participant 14","Alan Turing",1004,alan@uni.edu,"No submission",,60.00,Yes,-,-,"by hand"
"Participant 15","=cmd|'/C calc'!A0",1005,evil@uni.edu,"No submission",,60.00,Yes,-,-,
"""

MOODLE = """\
First name,Last name,ID number,Institution,Department,Email address,Quiz: One (Real),Course total \
(Real),Last downloaded from this course
Ada,Lovelace,1001,,,ada@uni.edu,9.00,90.00,1767225600
Ayşe,Öztürk,1002,,,ayse@uni.edu,-,-,1767225600
Grace,Hopper,1003,,,grace@uni.edu,7.00,70.00,1767225600
Alan,Turing,1004,,,alan@uni.edu,5.00,50.00,1767225600
Evil,cmd,1005,,,evil@uni.edu,5.00,50.00,1767225600
"""

BLACKBOARD = """\
"Last Name","First Name","Username","Student ID","Last Access","Availability",\
"Final [Total Pts: 60 Score] |4711","Total [Total Pts: up to 160 Score] |4712"
"Lovelace","Ada","ada","1001","","Yes","","90"
"Öztürk","Ayşe","ayse","1002","","Yes","","80"
"Hopper","Grace","grace","1003","","Yes","","70"
"Turing","Alan","alan","1004","","Yes","","60"
"cmd","Evil","evil","1005","","Yes","","50"
"""


def answer(name: str, verdict: Verdict, marks: str | None, text: str = "9472") -> MarkedAnswer:
    """An answer out of 30."""
    earned = None if marks is None else Fraction(marks)
    return MarkedAnswer(name, f"label of {name}", "integer", verdict, Fraction(30), earned, text)


def paper(number: int, first: MarkedAnswer, second: MarkedAnswer) -> MarkedPaper:
    """A paper of 60 marks."""
    student = STUDENTS[number - 1]
    is_in = first.verdict is not Verdict.ABSENT
    return MarkedPaper(f"{number:03d}", student["id"], student["name"], (first, second), is_in)


RIGHT = answer("1a.x", Verdict.CORRECT, "30")
WRONG = answer("1a.x", Verdict.WRONG, "0", "=1+1")
BLANK = answer("1a.x", Verdict.BLANK, "0", "")
ABSENT = answer("1a.x", Verdict.ABSENT, "0", "")
THIRD = answer("1b.y", Verdict.MISTAKE, "37/3")
PAPERS = (
    paper(1, RIGHT, THIRD),  # 42 1/3 of 60
    paper(2, WRONG, answer("1b.y", Verdict.WRONG, "0")),
    paper(3, BLANK, answer("1b.y", Verdict.BLANK, "0", "")),
    paper(4, ABSENT, answer("1b.y", Verdict.ABSENT, "0", "")),
    paper(5, RIGHT, answer("1b.y", Verdict.CORRECT, "30")),
)
WAITING = paper(5, RIGHT, answer("1b.y", Verdict.UNREADABLE, None, "12 apples"))


def graded_folder(folder: Path, papers: tuple[MarkedPaper, ...] = PAPERS) -> Path:
    """An exam folder with its manifest and its results."""
    (folder / "grades").mkdir(parents=True)
    manifest = {"course": "", "title": "Final", "students": STUDENTS}
    (folder / "exam.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_gradebook(papers, folder / "grades")
    return folder
