"""Exam files: what they say, and every fault with its line, all at once."""

from __future__ import annotations

import re
from fractions import Fraction
from importlib.resources import files
from pathlib import Path

import pytest

from examgen.ground.errors import InputError
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from generator.variants.assemble import copies, papers

QUESTION = r"""---
title: Weights
vary: {k: [3, 5]}
values: {n: k**2 * 8}
answers:
  n: {integer: n, marks: 2}
---
A filter has \V{k} rows. \answer{n}
"""

GOOD = """course: Nets
title: Midterm
code: nets1
instructions:
  - Answer all questions.
questions:
  - title: Counting
    parts:
      - use: own/weights
        marks: 5
        fix: {k: 5}
      - cnn/padding
"""

FAULTS = [
    ("course: Nets\n", "", ":1: 'course' is missing; add it"),
    ("title: Midterm", "titel: Midterm", ":2: the key 'titel' is not known here"),
    ("code: nets1", "code: ../nets", ":3: code: String should match pattern"),
    ("instructions:\n  - Answer", "instructions: Answer\n#", ":4: instructions: Input should be"),
    ("own/weights", "own/wieghts", ":9: there is no question 'own/wieghts'"),
    ("own/weights", "w" * 5_000, ":9: there is no question"),
    ("own/weights", "own/../own/weights", ":9: there is no question 'own/../own/weights'"),
    ("- cnn/padding", "- {pool: [../*], pick: 1}", ":12: the pool has 0 questions"),
    ("own/weights", "../../../etc/passwd", ":9: there is no question '../../../etc/passwd'"),
    ("marks: 5", "marks: five", ":10: marks: cannot read 'five' as a number"),
    ("marks: 5", "marks: 0", ":10: marks: "),
    ("marks: 5", "marks: -1", ":10: marks: "),
    ("{k: 5}", "{kernel: 5}", ":11: own/weights has no parameter 'kernel'"),
    ("{k: 5}", "{k: five}", ":11: cannot read 'five' as a number"),
    (
        "- cnn/padding",
        "- {use: cnn/padding, fix: {kernel: 99}}",
        ":12: cnn/padding has no acceptable parameters with these: ",
    ),
    ("code: nets1", "language: xx", ":3: there are no words in 'xx'; known: en, tr"),
    ("code: nets1", "shuffle: [answers]", ":3: "),
    ("code: nets1", "total_marks: -1", ":3: "),
    ("- cnn/padding", "- {pool: [cnn/padding], pick: 2}", ":12: the pool has 1 question, and 2"),
    ("- cnn/padding", "- {pool: [nets/*], pick: 1}", ":12: the pool has 0 questions"),
    (
        "- cnn/padding",
        "- {pool: [cnn/padding], pick: 1, level: 3}",
        ":12: the pool has 0 questions of",
    ),
    (
        "- cnn/padding",
        "- {pool: [own/weights, cnn/padding], pick: 1}",
        ":12: the questions of the pool have different marks",
    ),
    ("cnn/padding", "cnn/paddings", ":12: there is no question 'cnn/paddings'"),
    ("    parts:", "    part:", "the key 'part' is not known here; did you mean 'parts'?"),
    ("questions:", "questions: []\nold:", "the key 'old' is not known here"),
    ("course: Nets", "course: Nets\ncourse: Nets", ":2: 'course' occurs twice here"),
    ("course: Nets", "course: [Nets", "mend the YAML here"),
    (GOOD, "", ":1: no keys found"),
    (GOOD, "- a list\n", ":1: no keys found"),
]


def written(folder: Path, text: str) -> Path:
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own" / "weights.tex").write_text(QUESTION)
    path = folder / "exam.yaml"
    path.write_text(text)
    return path


def test_a_good_file_is_read(tmp_path: Path) -> None:
    exam = read_exam(written(tmp_path, GOOD))
    assert exam.code == "nets1"
    assert [part.id for part in exam.parts] == ["1a", "1b"]
    assert exam.parts[0].marks == Fraction(5)
    assert exam.parts[0].fixed == {"k": "5"}


@pytest.mark.parametrize(("right", "wrong", "message"), FAULTS, ids=[row[1][:30] for row in FAULTS])
def test_a_fault_is_named_with_its_line(
    right: str, wrong: str, message: str, tmp_path: Path
) -> None:
    path = written(tmp_path, GOOD.replace(right, wrong, 1))
    with pytest.raises(InputError) as error:
        read_exam(path)
    assert f"{path}:" in str(error.value)
    assert message in str(error.value)


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("{k: 5}", "{kernel: 5}").replace("cnn/padding", "cnn/paddings")
    with pytest.raises(InputError) as error:
        read_exam(written(tmp_path, text))
    assert [fault.line for fault in error.value.faults] == [11, 12]


def test_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    path = tmp_path / "exam.yaml"
    path.write_bytes(b"course: caf\xe9")
    with pytest.raises(InputError, match="name an exam file in UTF-8"):
        read_exam(path)


def test_the_bundled_exam_has_seven_questions_and_180_marks() -> None:
    exam = read_exam(bundled_exam())
    assert len(exam.questions) == 7
    assert sum(part.marks for part in exam.parts) == 180
    bank = Path(str(files("templates"))) / "questions"
    assert all((bank / f"{part.question.name}.tex").is_file() for part in exam.parts)


TWICE = (
    "course: c\ntitle: t\nquestions: [{title: q, parts: [cnn/padding, cnn/padding, cnn/padding]}]\n"
)


def test_a_question_that_stands_twice_is_drawn_anew(tmp_path: Path) -> None:
    exam = read_exam(written(tmp_path, TWICE))
    (once,) = papers(
        read_exam(written(tmp_path, TWICE.replace(", cnn/padding", ""))), "1", copies(1)
    )
    for paper in papers(exam, "1", copies(20)):
        drawn = [tuple(part.key.model.inputs.items()) for part in paper.parts]
        assert len(set(drawn)) == 3
    (first, *_) = papers(exam, "1", copies(1))
    assert first.parts[0].key.model == once.parts[0].key.model


@pytest.mark.parametrize(
    ("key", "fix"),
    [
        ("preamble: x", "remove it"),
        ("instruction: [x]", "did you mean 'instructions'?"),
        ("pick: 2", "remove it"),
        ("lang: tr", "did you mean 'language'?"),
        ("titel: x", "did you mean 'title'?"),
    ],
)
def test_only_a_key_of_that_place_is_suggested(key: str, fix: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=re.escape(fix)):
        read_exam(written(tmp_path, TWICE + key + "\n"))
