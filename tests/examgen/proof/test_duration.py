"""The time that an exam's cover allows, and the minutes of its questions."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.proof.duration import duration, minutes_in
from generator.exams.exam_file import exam_from_text, read_exam
from generator.exams.find_exam import bundled_exam

TIMES = [
    ("Time allowed: 3 hours", 180),
    ("TIME ALLOWED: 3 HOURS", 180),
    ("3h", 180),
    ("90 minutes", 90),
    ("90-minute test", 90),
    ("1 hour and 30 minutes", 90),
    ("1 h 15 min", 75),
    ("2.5 hours", 150),
    ("2 1/2 hours", 150),
    ("2,5 Stunden", 150),
    ("Süre: 2 saat 30 dakika", 150),
    ("1:45 h", 105),
    ("1:45", 105),
    ("one afternoon", None),
    ("3 halves", None),
    ("Room 3", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "minutes"), TIMES)
def test_times_of_covers(text: str, minutes: int | None) -> None:
    assert minutes_in(text) == minutes


POOL = """course: c
title: t
time_allowed: 40 minutes
questions:
  - title: q
    parts: [cnn/padding, {pool: [cnn/conv_layer, cnn/linear_vs_conv], pick: 1, marks: 5}]
"""


def test_of_a_pool_the_longest_counts() -> None:
    exam = exam_from_text(POOL, "x.yaml", [Path("templates/questions")])
    length = duration(exam)
    assert (length.minutes, length.parts) == (8 + 12, 2)
    assert str(length) == "20 minutes for 2 parts; the cover allows 40"


def test_the_bundled_exam_is_added_up() -> None:
    length = duration(read_exam(bundled_exam()))
    assert length.parts == 20
    assert length.is_over == (length.minutes > 180)


@pytest.mark.parametrize(
    ("time", "stream", "said"),
    [
        ("20 minutes", "stdout", "8 minutes for 1 part; the cover allows 20\n"),
        ("7 minutes", "stderr", "8 minutes for 1 part; the cover allows 7: leave out parts"),
        ("a while", "stdout", "the cover does not say how many minutes or hours are allowed"),
    ],
)
def test_check_says_it(time: str, stream: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "exam.yaml"
    file.write_text(
        f"course: c\ntitle: t\ntime_allowed: {time}\n"
        "questions: [{title: q, parts: [cnn/padding]}]\n"
    )
    done = CliRunner().invoke(app, ["check", str(file), "--jobs", "1", "--limit", "5"])
    assert done.exit_code == 0
    assert said in getattr(done, stream)
