"""A made-up language by one file: paper, page, key, feedback and report have no English left."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from fractions import Fraction
from html import unescape
from pathlib import Path

import pypdf
import pytest
import yaml

from answers.judge import judge
from answers.options import Options
from answers.verdict import Verdict
from examgen.folder.manifest import read_manifest
from examgen.folder.students import Student
from examgen.grades.award import Standing, awards, outcomes, sittings
from examgen.grades.scale import Scale
from examgen.grades.write import Graded
from examgen.grades.write import page as grades_page
from examgen.ground.translations import FALLBACK, SENTENCES, Language, words
from examgen.ground.translator import Translator
from generator.exams.exam_file import read_exam
from generator.folder.make import Job, make
from generator.pdf.pdflatex import engine, typeset
from grader.by_hand.people import write_marking, write_papers
from grader.export.book import State, Wishes, entries
from grader.export.hand_back import hand_back, mail_row
from grader.export.systems.gradescope import answer_result
from grader.feedback.page import feedback
from grader.grade import grade
from grader.report.page import page as report_page
from grader.report.report import report, write_report
from grader.report.translated import translate_page
from grader.results.made import current_results
from grader.results.marker_file import Drifted, MarkedTwice, MarkerFile
from grader.results.read import read_results
from grader.scoring.marked import WAITING, MarkedAnswer, MarkedPaper

KEPT = re.compile(r"(\{\w*\})")
LETTERS = re.compile(r"&\w+;|[A-Za-z]+")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
OPAQUE = re.compile(r"<(style|math|code|pre|script)\b.*?</\1>", re.DOTALL)
# What stays: names of the exam, of its files and of the figures.
OWN = {"course", "title", "area", "sum", "square", "examgen", "report", "names", "side", "km"}
OWN |= {"cm", "html", "json", "red", "green", "blue", "colour", "why", "key", "prose", "half"}
NOTES = (
    "marks wait; 5 to 1",
    "marks wait; 5 in any case",
    "sat the second exam only; weighted marks need both",
)
QUESTION = """---
title: sum
vary: {a: [11, 12, 13, 14], b: [17.5, 18.5, 19.5]}
values: {s: a + b}
mistakes: {half: {says: sum, share: 1/2, s: (a + b)/2}}
hints: ['$\\V{a}$']
answers:
  sum: {number: s, marks: 5/2}
  colour: {choice: red, options: [red, green, blue], marks: 1}
  why: {rubric: [{says: key, marks: 2}], model: prose}
---
$\\V{a} + \\V{b}$ \\answer{sum} \\answer{colour} \\answer{why}
"""
EXAM = """course: course
title: title
language: xx
languages: words
layout: worksheet
practice: yes
questions:
  - {title: square, parts: [sum, {use: sum, bonus: yes}]}
"""


def _strange(text: str) -> str:
    """A text whose words are made of one letter, with all that is put in."""
    pieces = KEPT.split(text)
    return "".join(one if at % 2 else LETTERS.sub("ø", one) for at, one in enumerate(pieces))


STRANGE = {name: _strange(text) for name, text in words(FALLBACK).items()}
STRANGE |= {"decimal": "{,}", "thousands": "{.}"}
SAY = Translator(Language("xx", STRANGE))


def _leftover(html: str) -> set[str]:
    texts = re.findall(r'>([^<>]+)<|(?:alt|aria-label)="([^"]*)"', OPAQUE.sub("", html))
    found = " ".join(unescape(first or second) for first, second in texts)
    return {word.lower() for word in ENGLISH.findall(found)} - OWN


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graded exam in the language."""
    place = tmp_path_factory.mktemp("languages")
    (place / "words").mkdir()
    sentences = {name: text for name, text in STRANGE.items() if " " in name or name[0].isupper()}
    plain = {name: text for name, text in STRANGE.items() if name not in sentences}
    text = yaml.safe_dump({**plain, SENTENCES: sentences}, allow_unicode=True)
    (place / "words" / "xx.yaml").write_text(text, "utf-8")
    (place / "sum.tex").write_text(QUESTION, "utf-8")
    (place / "quiz.yaml").write_text(EXAM, "utf-8")
    students = [Student(f"{number}") for number in range(1, 7)]
    exam, out = read_exam(place / "quiz.yaml"), place / "exam"
    make(Job(exam, "1", students, out, pdf="no", workers=1))
    keys = [json.loads(line) for line in (out / "key.jsonl").read_text("utf-8").splitlines()]
    answers = ["1a.sum", "1a.colour", "1a.why", "1b.sum", "1b.colour", "1b.why"]
    right = {a["id"]: a.get("expected", "prose") for p in keys[0]["parts"] for a in p["answers"]}
    rows = [
        [right[name] for name in answers],
        ["7", "green", "prose", right["1b.sum"], "red", ""],
        ["2((", "", "", "1", "blue", ""],
        ["12.5 km", "red", "prose", "", "purple", ""],
        [keys[4]["parts"][0]["answers"][0]["mistakes"][0]["expected"], "red", "", "3", "red", ""],
    ]
    with (place / "answers.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [["paper", *answers], *([f"00{n}", *r] for n, r in enumerate(rows, 1))]
        )
    (place / "words" / "xx.yaml").unlink()  # the exam folder has them
    grade(out, [place / "answers.csv"])
    return out


def test_papers_and_keys_are_in_the_language(folder: Path) -> None:
    page = (folder / "papers" / "001.html").read_text("utf-8")
    assert _leftover(page) == set()
    assert 'lang="xx"' in page
    for name in ("papers", "keys"):
        tex = (folder / name / "001.tex").read_text("utf-8").partition("\\begin{document}")[2]
        assert not {"Question", "Paper", "marks", "Answer", "Model"} & set(ENGLISH.findall(tex))


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_a_paper_is_printed_in_the_language(folder: Path) -> None:
    tex = (folder / "papers" / "001.tex").read_text("utf-8")
    pdf = pypdf.PdfReader(io.BytesIO(typeset(tex, "a paper", papers=1).pdf))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert set(ENGLISH.findall(text)) - OWN == set()
    assert "2,5 ø" in text


def test_feedback_is_in_the_language(folder: Path) -> None:
    pages = hand_back(folder).folder.glob("*.html")
    found = {page.name: _leftover(page.read_text("utf-8")) for page in pages}
    assert found == {f"{number}.html": set() for number in range(1, 6)}
    first = (folder / "feedback" / "1.html").read_text("utf-8")
    assert "5,5" in first
    assert "2,5" in first


def test_what_platforms_tell_students_is_in_the_language(folder: Path) -> None:
    wishes = Wishes(answers=True)
    book = entries(
        read_results(current_results(folder)), read_manifest(folder), wishes, answers=True
    )
    states = {entry.state for entry in book}
    assert {State.ABSENT, State.PENDING} <= states
    blank = [replace(one, state=State.BLANK) for one in book]
    said = [one.says for one in [*book, *(replace(o, state=State.GRADED) for o in book), *blank]]
    said += [mail_row(one, "title", "why.html")[-1] for one in book]
    said += [
        str(answer_result(answer, one, None)["output"]) for one in book for answer in one.answers
    ]
    answers = {name.replace(".", " ") for one in book for a in one.answers for name in [a.id]}
    names = {word for name in answers for word in ENGLISH.findall(name)}
    typed = {"prose", "purple", "km", "title", "why", "html", "Sum"}
    assert set(ENGLISH.findall(" ".join(said))) - names - typed - OWN == set()


def test_the_page_of_grades_is_in_the_language(folder: Path) -> None:
    own = {"bands": {"1": "50", "5": "0"}, "pass": "1", "outcomes": {"area": ["1a"]}}
    sat = sittings(folder)
    for rounding in ("none", "half_up", "up", "down"):
        scale = Scale.model_validate({**own, "rounding": rounding, "drop": ["1a.why"]})
        now = awards(sat, scale)
        pending = [
            replace(one, standing=Standing.PENDING, note=note)
            for one, note in zip(now, NOTES, strict=False)
        ]
        made = Graded(
            "",
            scale,
            [*now, *pending],
            outcomes(sat, scale),
            {"1=60": [(a, a) for a in now]},
            SAY.language,
        )
        assert _leftover(grades_page(made)) - {"half"} == set()


def test_the_report_is_in_the_language(folder: Path) -> None:
    (page,) = write_report(report(folder), folder / "report")
    text = page.read_text("utf-8")
    assert _leftover(text) == set()
    assert 'lang="xx"' in text


def test_the_report_on_those_who_mark_is_in_the_language(folder: Path) -> None:
    twice = [
        MarkedTwice(name, "key", 3, 0.5, -0.5, is_low=True, kappa=0.1, interval=(-0.5, 0.7))
        for name in ("1a.why", "1a.why 1", "all")
    ]
    drifted = [Drifted("Sum", 12, change, (-0.4, -0.1), is_certain=True) for change in (-0.2, 0.2)]
    found = replace(report(folder), markers=MarkerFile(tuple(twice), tuple(drifted)))
    assert _leftover(report_page(found)) == set()


def test_marking_pages_are_in_the_language(folder: Path) -> None:
    files = (*write_marking(folder, double=Fraction(1)).files, *write_papers(folder)[0])
    pages = {file.name: file.read_text("utf-8") for file in files if file.suffix == ".html"}
    assert len(pages) == 3
    for page in pages.values():
        assert _leftover(page) - {"appeals", "mark"} == set()
        known, data = (
            json.loads(text) for text in re.findall(r'json" id="\w+">(.*?)</script>', page)
        )
        assert set(ENGLISH.findall(" ".join(known.values()))) == set()
        whys = " ".join(group["why"].partition("\n")[0] for group in data.get("groups", ()))
        assert set(ENGLISH.findall(whys)) - OWN == set()


def test_every_verdict_has_its_words() -> None:
    answers = tuple(
        MarkedAnswer(f"1a.{verdict.value}", "sum", "number", verdict, Fraction(5, 2), marks)
        for verdict in Verdict
        for marks in (None, Fraction(1, 2))
        if marks is not None or verdict in WAITING
    )
    paper = MarkedPaper("001", "1", "", answers, handed_in=True)
    own = OWN | {verdict.value for verdict in Verdict} | {"for", "human", "follow", "through"}
    assert _leftover(feedback(paper, language=SAY.language)) - own == set()


# Answers that are wrong, that wait or that cannot be read: the kind, what is right, the answer.
REASONS = [
    ("integer", "12", "13"), ("integer", "12", "-12"), ("integer", "12", "120"),
    ("integer", "12", "12.5"), ("integer", "12", "1 2 3"), ("integer", "12", "2(("),
    ("integer", "12", "x = 3 = 4"), ("integer", "12", "@"), ("number", "1/3", "0.3"),
    ("number", "2.5", "x > 2"), ("number", "2.5", "1/0"), ("number", "2.5", "[1, 2]"),
    ("quantity", "3 m", "3"), ("quantity", "3 m", "4 m"), ("quantity", "3 m", "3 s"),
    ("quantity", "3 m", "3 qq"), ("quantity", "8 B", "1 B"), ("shape", "[2, 3]", "[2, 4]"),
    ("shape", "[2, 3]", "[2, 3, 4]"), ("list", "[1, 2]", "[1, 3]"), ("list", "[1, 2]", "7"),
    ("set", "{1, 2}", "{1}"), ("set", "{1, 2}", "{1, 3}"), ("set", "{1, 2}", "[0, 1)"),
    ("matrix", "[[1, 2], [3, 4]]", "[[1, 2], [3, 5]]"), ("matrix", "[[1, 2]]", "[[1], [2]]"),
    ("matrix", "[[1, 2]]", "7"), ("interval", "[0, 1]", "[0, 2]"), ("interval", "[0, 1]", "[0, 1)"),
    ("interval", "[0, 1]", "7"), ("expression", "x + 1", "x + 2"), ("expression", "x + 1", "x = 1"),
    ("expression", "x + 1", "x + q"), ("equation", "y = x", "y = 2*x"), ("equation", "y = x", "x"),
    ("inequality", "x < 3", "x < 4"), ("inequality", "x < 3", "x <= 3"),
    ("inequality", "x < 3", "5"),
    ("growth", "n^2", "n^3"), ("growth", "n^2", "n"), ("text", "tide", "wave"),
    ("text", "tide", "!"),     ("choice", "tide", "wave"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "right", "answer"), REASONS)
def test_reasons_of_the_judge_have_words(kind: str, right: str, answer: str) -> None:
    names = {"variables": ["x", "y", "n"]} if kind not in {"text", "choice"} else {}
    _check_words(kind, right, answer, Options.from_mapping(dict(names)))


def _check_words(kind: str, right: str, answer: str, options: Options) -> None:
    found = judge(kind, right, answer, options)
    assert found.verdict is not Verdict.CORRECT
    said = SAY.translate(found.why).partition("\n")[0]
    assert set(ENGLISH.findall(said)) <= {"wave", "tide", "qq"}, found.why


# How an answer is compared, and one that is not accepted.
ACCEPTED = [
    ({"rel": "1%"}, "13"), ({"abs": "0.5"}, "13"), ({"decimals": "2"}, "13.00"),
    ({"decimals": "2"}, "12.5"), ({"accuracy": "3"}, "13.0"), ({"sigfigs": "3"}, "12"),
    ({"log10": "1"}, "7000"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "answer"), ACCEPTED)
def test_what_is_accepted_has_words(more: dict[str, str], answer: str) -> None:
    _check_words("number", "12.25", answer, Options.from_mapping(dict(more)))


def test_words_of_students_and_authors_are_left_alone() -> None:
    page = '<p>Mistakes</p><td translate="no">two instead of one</td><small>4.5 marks</small>'
    turkish = '<p>Yanlışlar</p><td translate="no">two instead of one</td><small>4,5 puan</small>'
    assert translate_page(page, Translator("tr")) == turkish
    assert translate_page(page, Translator()) == page
    note = "two people instead of one, by Ada"
    assert Translator("tr").translate_note(note) == note
