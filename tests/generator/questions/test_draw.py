"""Draws are pinned, and nobody's numbers move when an exam or a class grows."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.folder.key import AnswerKey
from examgen.folder.students import Entry, Student
from generator.exams.exam_file import exam_from_text
from generator.exams.model import Exam
from generator.questions.draw import choose
from generator.variants.assemble import paper, papers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from examgen.folder.key import PartKey

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


MIXED = """course: c
title: t
shuffle: [questions, parts, options]
total_marks: 30
questions:
  - title: Pool
    parts:
      - {pool: [cnn/*], pick: 2, level: 2, marks: 6}
      - cnn/padding
  - {title: RNN, parts: [{use: rnn/classify, fix: {types: [1, 2, 4, 3]}}, rnn/clipping]}
"""


def test_everyone_gets_so_many_of_the_pool_and_the_same_marks() -> None:
    exam = _exam(MIXED)
    students = [Student(f"s{number}") for number in range(60)]
    made = list(papers(exam, "42", students))
    pool = {part.id for part in exam.questions[0].slots[0].candidates}
    for one in made:
        ids = [part.key.id for part in one.parts]
        assert len(set(ids) & pool) == 2
        assert {"padding", "classify", "clipping"} < set(ids)
        assert one.marks == 30
        assert [q.number for q in one.questions] == [1, 2]
    assert {part.key.id for one in made for part in one.parts} >= pool
    assert len({tuple(part.key.id for part in one.parts) for one in made}) > 20


def test_shuffled_options_keep_the_key() -> None:
    made = list(papers(_exam(MIXED), "42", [Student(f"s{number}") for number in range(9)]))
    asked = [a for one in made for a in one.key.answers if a.id == "classify.pattern_2"]
    assert {answer.expected for answer in asked if isinstance(answer, AnswerKey)} == {"many-to-one"}
    orders = {answer.choices for answer in asked if isinstance(answer, AnswerKey)}
    assert len(orders) > 3
    assert len({frozenset(order) for order in orders}) == 1


def test_neither_students_nor_questions_move_an_order() -> None:
    text = MIXED + "  - {title: More, parts: [resnet/blocks]}\n"
    small = {p.student.id: p for p in papers(_exam(MIXED), "42", [Student("a"), Student("b")])}
    large = {p.student.id: p for p in papers(_exam(text), "42", [Student("c"), Student("b")])}
    for name in ("Pool", "RNN"):
        before, after = (
            next(q for q in those["b"].questions if q.title == name) for those in (small, large)
        )
        assert [p.key.id for p in before.parts] == [p.key.id for p in after.parts]
        assert [p.key.model.inputs for p in before.parts] == [
            p.key.model.inputs for p in after.parts
        ]


BANK = ["cnn/padding", "cnn/pointwise", "rnn/classify", "rnn/clipping", "rnn/turing", "rnn/bptt"]
POOL = "{pool: [resnet/*], pick: 1, marks: 6}"


def _mixed(questions: Sequence[tuple[str, Sequence[str]]]) -> Exam:
    listed = (f"  - {{title: {title}, parts: [{', '.join(parts)}]}}" for title, parts in questions)
    head = "course: c\ntitle: t\nshuffle: [questions, parts, options]\nquestions:"
    return _exam("\n".join([head, *listed]))


def _outline(exam: Exam, without: Collection[str] = ()) -> list[tuple[str, list[object]]]:
    """What a paper has in its order, without some parts, and questions that have no other."""
    made = paper(exam, "42", Entry("001", Student("s1")))
    kept = (
        (q.title, [_drawn(part.key) for part in q.parts if part.key.template not in without])
        for q in made.questions
    )
    return [(title, parts) for title, parts in kept if parts]


def _drawn(key: PartKey) -> object:
    choices = [answer.choices for answer in key.answers if isinstance(answer, AnswerKey)]
    return key.template, dict(key.model.inputs), choices


@given(st.permutations(BANK), st.integers(0, 4), st.integers(0, 2))
@settings(max_examples=settings().max_examples // 20)
def test_a_part_or_question_put_anywhere_moves_no_other(
    bank: list[str], place: int, question: int
) -> None:
    new, first, second = bank[0], [*bank[1:4], POOL], bank[4:]
    before = [("One", first), ("Two", second)]
    with_part = [("One", [*first[:place], new, *first[place:]]), ("Two", second)]
    with_question = [*before[:question], ("New", [new]), *before[question:]]
    outline = _outline(_mixed(before))
    assert _outline(_mixed(with_part), {new}) == outline
    assert _outline(_mixed(with_question), {new}) == outline


def test_no_two_pools_give_the_same_question() -> None:
    pools = "[{pool: [rnn/*], pick: 3, marks: 30}, {pool: [rnn/*], pick: 3, marks: 30}, rnn/bptt]"
    exam = _exam(f"course: c\ntitle: t\nquestions: [{{title: q, parts: {pools}}}]\n")
    for one in papers(exam, "42", [Student(f"s{number}") for number in range(15)]):
        names = [part.key.template for part in one.parts]
        assert len(names) == len(set(names)) == 7


def test_students_of_one_version_have_the_same_paper() -> None:
    crowd = [Student(name, version=version) for name, version in zip("abcd", "ABAB", strict=True)]
    drawn = [[p.model.inputs for p in one.key.parts] for one in papers(_exam(TWO), "42", crowd)]
    assert drawn[0] == drawn[2]
    assert drawn[1] == drawn[3]
    assert drawn[0] != drawn[1]
