"""Draws are pinned, and nobody's numbers move when an exam or a class grows."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from generator.assemble import paper, papers
from generator.draw import choose
from generator.exam import Exam
from generator.exam_file import exam_from_text
from generator.paper import Entry, Student

ONE = "course: c\ntitle: t\nquestions: [{title: q, parts: [cnn/conv_layer]}]\n"
TWO = "course: c\ntitle: t\nquestions: [{title: q, parts: [cnn/conv_layer, rnn/clipping]}]\n"


def test_golden_draws() -> None:
    options = [str(number) for number in range(7)]
    drawn = [choose(options, "42", "s1", "topic/name", "kernel", str(i)) for i in range(8)]
    assert drawn == GOLDEN


GOLDEN = ["1", "1", "4", "2", "0", "5", "4", "2"]


def test_choices_are_even() -> None:
    counts = Counter(choose(["a", "b", "c"], "seed", str(i)) for i in range(3_000))
    assert all(900 < count < 1_100 for count in counts.values())


def _exam(text: str) -> Exam:
    return exam_from_text(text, "x.yaml", [files("templates") / "questions"])


def test_more_questions_and_students_move_nobody() -> None:
    small, large = _exam(ONE), _exam(TWO)
    alone = paper(small, "42", Entry("001", Student("s1"))).key.parts[0].model
    crowd = [Student(f"s{i}") for i in (3, 2, 1)]
    among = next(p for p in papers(large, "42", crowd) if p.student.id == "s1")
    assert among.key.parts[0].model == alone


@given(st.lists(st.text(max_size=5), min_size=1, max_size=9), st.text(max_size=9))
def test_any_stream_gives_one_of_the_options(options: list[str], stream: str) -> None:
    assert choose(options, stream) in options
    assert choose(options, stream) == choose(options, stream)
