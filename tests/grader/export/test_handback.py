"""What students get back: whole pages, safe names, and zips as platforms want them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from fractions import Fraction
from html.parser import HTMLParser
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey, Model, PartKey
from examgen.folder.key_file import SAFE_ID
from examgen.folder.questions import question_html
from examgen.ground.errors import ExamgenError, InputError
from grader.export.hand_back import hand_back
from grader.feedback.own_paper import own_parts
from grader.feedback.page import feedback
from grader.feedback.zip_files import file_stems, safe_name
from grader.grade import grade
from grader.scoring.marked import BY_HAND, MarkedAnswer, MarkedPaper
from tests.grader.exams import class_of
from tests.grader.platforms import WORKSHEET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FIRST, *OTHERS = class_of(4)
TEXT = r"""\textit{Each filter has one bias.} An image of $224$ by 224.<script>alert(1)</script>
\answer{size}"""
PARTS = (replace(FIRST.parts[0], text=TEXT, place="3b"), *FIRST.parts[1:])
KEYS = (replace(FIRST, parts=PARTS), *OTHERS)


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    folder = tmp_path / "exam"
    folder.mkdir()
    (folder / "key.jsonl").write_text("".join(key.to_json() + "\n" for key in KEYS))
    students = [{"id": key.student, "name": key.name} for key in KEYS]
    students[0] |= {"email": "one@uni.edu"}
    manifest = {"course": "CENG 403", "title": "Final", "students": students}
    (folder / "exam.json").write_text(json.dumps(manifest))
    answers = tmp_path / "answers.csv"
    answers.write_text(
        'student,1a.size,1a.parameters,2b.why\n"s0001","<b>7x7x7</b>",=1+1,prose\ns0002,1x1x1,7,\n'
        "s0003,,,\n"
    )
    grade(folder, [answers])
    return folder


def test_a_page_holds_the_students_own_paper(exam: Path) -> None:
    report = hand_back(exam)
    assert sorted(path.name for path in report.folder.iterdir()) == [
        "mail.csv", "s0001.html", "s0002.html", "s0003.html",
    ]  # fmt: skip
    page = (report.folder / "s0001.html").read_text("utf-8")
    assert "CENG 403: Final" in page
    assert '<h2 id="q1a">Question 3b. Test</h2>' in page, "as it stands on the paper"
    assert "<em>Each filter has one bias.</em>" in page
    assert '<p class="blank"><code>1a.size</code></p>' in page
    assert "&lt;b&gt;7x7x7&lt;/b&gt;" in page, "the answer stands there as it was handed in"
    assert "Worked solution with your numbers" in page
    assert "</math> = 96, input height" in page
    assert "<mn>448</mn>" in page  # by hand: 3 * 3 * 3 * 16 weights and 16 biases
    assert "<b>" not in page
    assert "<script" not in page
    assert page.count("What your paper asked") == 1, "the other keys are those of an older version"


@pytest.mark.processes
def test_several_processes_write_the_same_pages(exam: Path, tmp_path: Path) -> None:
    one, two = (hand_back(exam, tmp_path / str(jobs), jobs=jobs).folder for jobs in (1, 2))
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in two.iterdir())
    assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)


def test_solutions_can_be_left_out(exam: Path) -> None:
    page = (hand_back(exam, solutions=False).folder / "s0001.html").read_text("utf-8")
    assert "Worked solution" not in page
    assert "Model answer" not in page
    assert "What your paper asked" in page


def test_the_mail_merge_runs_nothing_and_names_each_file(exam: Path) -> None:
    report = hand_back(exam)
    rows = list(csv.DictReader(io.StringIO((report.folder / "mail.csv").read_text("utf-8-sig"))))
    assert [row["file"] for row in rows] == ["s0001.html", "s0002.html", "s0003.html"]
    assert rows[0]["email"] == "one@uni.edu"
    assert rows[0]["text"].startswith("Your marks in CENG 403: Final: ")
    assert "2 students have no e-mail address" in str(report.notices[0])


def names_in(path: Path | None) -> list[str]:
    assert path is not None
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_a_plain_zip_has_the_students_ids(exam: Path) -> None:
    report = hand_back(exam, zipped=True)
    assert names_in(report.zip) == ["s0001.html", "s0002.html", "s0003.html"]


def moodle_reads(path: str) -> tuple[int, str]:
    """Participant and file, as Moodle's feedback-file upload splits a path: at four underscores."""
    pieces = path.split("_", 4)
    assert len(pieces) == 5, "Moodle passes over the file"
    assert pieces[2:4] == ["assignsubmission", "file"]
    assert not path.startswith("/")
    assert ".." not in path.split("/")
    return int(pieces[1]), pieces[4].lstrip("/")


def test_a_zip_for_moodle_has_the_names_that_moodle_wants(exam: Path) -> None:
    sheet = WORKSHEET.replace("Ada Lovelace", "../../Ada_L/ove\\lace").replace(",1001,", ",s0001,")
    sheet = sheet.replace(",1002,", ",s0002,").replace(",1003,", ",s0003,")
    worksheet = exam / "worksheet.csv"
    worksheet.write_text(sheet, encoding="utf-8")
    report = hand_back(exam, worksheet=worksheet)
    assert [moodle_reads(name) for name in names_in(report.zip)] == [
        (11, "s0001.html"), (12, "s0002.html"), (13, "s0003.html"),
    ]  # fmt: skip
    assert names_in(report.zip)[0] == "Ada L ove lace_11_assignsubmission_file_/s0001.html"


def test_a_student_missing_in_the_worksheet_stops_it(exam: Path) -> None:
    worksheet = exam / "worksheet.csv"
    worksheet.write_text(WORKSHEET.replace(",1001,", ",s0001,"), encoding="utf-8")
    with pytest.raises(InputError, match=r"worksheet\.csv:1: s0002 Student 2 is not in the file"):
        hand_back(exam, worksheet=worksheet)
    assert not (exam / "feedback").exists()
    report = hand_back(exam, worksheet=worksheet, skip_missing=True)
    assert len(names_in(report.zip)) == 1


def test_another_key_than_that_of_the_results_is_named(exam: Path) -> None:
    lines = (exam / "key.jsonl").read_text().splitlines(keepends=True)
    (exam / "key.jsonl").write_text("".join(lines[1:]))
    with pytest.raises(InputError, match=r"key\.jsonl:1: the results are not those of this key"):
        hand_back(exam)
    (exam / "key.jsonl").write_text("{}\n")
    with pytest.raises(InputError, match=r"key\.jsonl:1: paper: Field required"):
        hand_back(exam)
    changed = lines[0].replace('"expected":"vanishing gradient"', '"expected":"exploding gradient"')
    (exam / "key.jsonl").write_text("".join([changed, *lines[1:]]))
    with pytest.raises(InputError, match=r"key\.jsonl:1: the results are not those of this key"):
        hand_back(exam)


def test_a_folder_of_something_else_is_not_replaced(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years of work")
    with pytest.raises(ExamgenError, match="holds other things"):
        hand_back(exam, tmp_path / "mine")


# The page by the rules of WCAG AA that a program can check.


class Outline(HTMLParser):
    """Headings, ids, and what is labelled by them."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"] or ""] if "id" in found else []
        for name in ("aria-labelledby", "href"):
            self.labelled += [(found[name] or "").removeprefix("#")] if name in found else []
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


def test_headings_and_labels_are_in_order(exam: Path) -> None:
    outline = Outline()
    outline.feed((hand_back(exam).folder / "s0001.html").read_text("utf-8"))
    assert outline.levels.count(1) == 1
    steps = zip(outline.levels, outline.levels[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps)
    assert len(set(outline.ids)) == len(outline.ids)
    assert set(outline.labelled) <= set(outline.ids)
    assert {"main", "nav", "header", "footer"} <= set(outline.tags)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("ground", ["#ffffff", "#f5f6f8"])
@pytest.mark.parametrize("name", ["ink", "soft", "good", "part", "bad", "wait"])
def test_text_has_enough_contrast(name: str, ground: str) -> None:
    style = (files("templates") / "feedback" / "paper.css").read_text("utf-8")
    colour = re.search(rf"--{name}: (#[0-9a-f]{{6}})", style)
    assert colour is not None
    assert ground == "#ffffff" or ground in style
    ratio = (luminance(ground) + 0.05) / (luminance(colour[1]) + 0.05)
    assert ratio >= 4.5


# Names and texts from strangers.


@given(st.lists(st.tuples(st.text(max_size=8), st.uuids().map(str)), unique_by=lambda p: p[1]))
def test_file_names_are_safe_and_differ(owners: list[tuple[str, str]]) -> None:
    stems = file_stems(owners)
    assert len({stem.casefold() for stem in stems.values()}) == len(owners)
    assert all(SAFE_ID.fullmatch(stem) for stem in stems.values())


@pytest.mark.parametrize("student", ["../x", "a/b", "CON", "nul.txt", ".hidden", "a b", "é", ""])
def test_a_student_id_that_is_no_file_name_gives_way_to_the_paper(student: str) -> None:
    assert file_stems([(student, "001")]) == {"001": "001"}


@given(st.text())
def test_a_name_in_a_zip_cannot_leave_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set('/\\_:*?"<>|\0\n\u202e')
    assert safe.strip(" .") == safe


def test_nothing_that_a_question_says_becomes_markup() -> None:
    options = ("<b>one</b>", "two")
    choice = AnswerKey("1a.x", "", Fraction(1), "choice", "two", choices=options)
    text = r"A <script> \answer{x} & $a <b> c$"
    part = PartKey("1a", "t", "", Model(), (choice,), text)
    tags = set(re.findall(r"</?([a-z]+)", question_html(part)))
    assert tags <= {"p", "ul", "li", "code", "math", "mrow", "mi", "mo"}
    assert "&lt;b&gt;one" in question_html(part)


def test_a_page_shows_the_options_of_a_choice_and_what_each_criterion_earned() -> None:
    wrong, by_hand, full = Verdict.WRONG, Verdict.FOR_HUMAN, Fraction(3)
    chosen = MarkedAnswer("2a.gate", "", "choice", wrong, full, full * 0, text="b) Input  gate")
    chosen = replace(chosen, read_as="input gate", expected="forget gate")
    prose = MarkedAnswer("2b.why", "", "rubric", by_hand, full, Fraction(2), text="it shrinks")
    prose = replace(prose, why=f"{BY_HAND}: Grace", criteria=("2", "0"))
    paper = MarkedPaper("p001", "s0001", "", (chosen, prose), handed_in=True)
    page = " ".join(feedback(paper, own=own_parts(FIRST)).split())
    assert "<li>input gate <span>(your answer)</span></li>" in page
    assert '<li class="right">forget gate <span>(right)</span></li>' in page
    assert "<li>output gate</li>" in page
    assert "<li>names the product of derivatives <span>(2 of 2)</span></li>" in page
    assert "<li>says that it shrinks <span>(0 of 1)</span></li>" in page
