"""Faults of what the parts of an exam share, and of parts of which some are answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.texts.template import template_fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.exams.model import ExamPart, ExamQuestion


def question_faults(
    question: ExamQuestion, everywhere: Sequence[str]
) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    """Yield the keys of a question, each with what is wrong with it and what to do.

    Args:
        question: of the exam.
        everywhere: what all questions of the exam share.
    """
    parts = [part for slot in question.slots for part in slot.candidates]
    yield "share", share_faults(question.share, parts)
    yield "text", stem_faults(question.stem, (*question.share, *everywhere))
    yield "choose", choose_faults(question)


def share_faults(names: Sequence[str], parts: Sequence[ExamPart]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with parameters that parts share, and what to do."""
    for name in names:
        having = [part for part in parts if isinstance(part.question.vary.get(name), tuple)]
        if len(having) < 2:
            fix = "name a parameter that is under vary: of several"
            yield f"share: {name} is drawn by {len(having)} of the parts", fix
        elif not common_values(name, having):
            yield f"share: {name} has no value that all parts can take", "let them vary alike"


def stem_faults(stem: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the text before the parts of a question, and what to do."""
    if (found := template_fault(stem, set(names))) is not None:
        yield (
            f"text: {found[1]}",
            "put in what the parts share, as \\V{n}, and name it there",
        )


def choose_faults(question: ExamQuestion) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with parts of which some are to be answered, and what to do."""
    count = sum(slot.pick for slot in question.slots)
    if question.choose and not 1 <= question.choose < count:
        yield f"choose: {question.choose} of {count} parts", "choose fewer than there are"
    if question.choose and len({slot.marks / slot.pick for slot in question.slots}) > 1:
        yield "choose: the parts have different marks", "write marks: for each of them"


def common_values(name: str, parts: Sequence[ExamPart]) -> tuple[str, ...]:
    """Return the values that a parameter may take in all parts that draw it."""
    lists = list(_lists(name, parts))
    return tuple(value for value in lists[0] if all(value in one for one in lists)) if lists else ()


def _lists(name: str, parts: Sequence[ExamPart]) -> Iterator[tuple[str, ...]]:
    for part in parts:
        values = part.question.vary.get(name)
        if isinstance(values, tuple):
            yield (part.fixed[name],) if name in part.fixed else values
