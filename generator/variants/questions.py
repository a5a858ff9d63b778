"""The questions of a paper: their parts, what is before these, and which of them count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey, Choose
from generator.texts.percent import as_percent
from generator.texts.shown import Shown
from generator.texts.template import fill_template
from generator.variants.paper import Question
from solvers.graph.number import parse_value, split_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generator.exams.model import ExamQuestion
    from generator.variants.paper import Part


def question_of(
    number: int, question: ExamQuestion, parts: tuple[Part, ...], shared: Mapping[str, str]
) -> Question:
    """Return a question of a paper.

    Args:
        number: on the paper, from 1.
        question: of the exam.
        parts: those that the paper has.
        shared: the values that they share.
    """
    stem = fill_template(as_percent(question.stem), _shown(shared), question.title)
    if stem:
        parts = (_with_stem(parts[0], stem), *parts[1:])
    count = question.choose or len(parts)
    marks = sum((part.marks for part in parts[:count]), Fraction(0))
    bonus = sum((part.bonus for part in parts[:count]), Fraction(0))
    own = (stem, question.head, question.choose, question.counted, bonus)
    return Question(number, question.title, marks, parts, *own)


def _shown(shared: Mapping[str, str]) -> Mapping[str, object]:
    return {
        name: text[1:-1] if text.startswith('"') else Shown(parse_value(text), split_list(text))
        for name, text in shared.items()
    }


def _with_stem(part: Part, stem: str) -> Part:
    """Return a part whose text in feedback begins with what is before all parts."""
    return replace(part, key=replace(part.key, text=f"{stem}\n\n{part.key.text}"))


def choices_of(questions: Sequence[Question]) -> Iterator[Choose]:
    """Yield the questions of which only some parts count."""
    for question in questions:
        if question.choose:
            ids = tuple(part.key.id for part in question.parts)
            yield Choose(ids, question.choose, question.counted)


def with_earlier(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return parts whose answers follow from those of parts before them with the same values.

    A quantity is the same if both files compute it under one name and it has one value.
    """
    found: list[Part] = []
    for part in parts:
        earlier = [one for before in found for one in _values_of(before)]
        found.append(_following(part, earlier) if earlier else part)
    return tuple(found)


def _values_of(part: Part) -> Iterator[tuple[AnswerKey, Part]]:
    return ((one, part) for one in part.key.answers if isinstance(one, AnswerKey) and one.reads)


def _following(part: Part, earlier: Sequence[tuple[AnswerKey, Part]]) -> Part:
    solution = part.solved
    if solution is None:
        return part
    inputs = {item.name for item in solution.derivation.inputs}
    answers = []
    for answer in part.key.answers:
        if not isinstance(answer, AnswerKey) or not answer.reads or answer.letters:
            answers.append(answer)
            continue
        needed = solution.derivation.ancestors(*answer.reads) - inputs - set(answer.reads)
        more = [
            key.id
            for key, other in earlier
            if not key.letters and needed.issuperset(key.reads) and _are_same(key, other, part)
        ]
        answers.append(replace(answer, follows=(*more, *answer.follows)) if more else answer)
    if answers == list(part.key.answers):
        return part
    return replace(part, key=replace(part.key, answers=tuple(answers)))


def _are_same(key: AnswerKey, other: Part, part: Part) -> bool:
    mine, theirs = part.solved, other.solved
    return (
        mine is not None
        and theirs is not None
        and all(mine[name] == theirs[name] for name in key.reads)
    )
