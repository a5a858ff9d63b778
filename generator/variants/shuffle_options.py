"""The options of choices in another order on each paper, from the stream of their question."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from examgen.folder.key import RubricKey
from generator.questions.answers.options import MISTAKES
from generator.questions.draw import shuffle
from generator.questions.model import Rubric

if TYPE_CHECKING:
    from examgen.folder.key import AnswerKey
    from generator.questions.model import Asked, QuestionFile
    from generator.variants.paper import Part


def with_shuffled(
    part: Part, question: QuestionFile, stream: tuple[str, ...], *, usually: bool
) -> Part:
    """Return a part with the options of its choices in the order of a stream.

    Args:
        part: the part, which is returned as it is where nothing is shuffled.
        question: its question.
        stream: seed and student.
        usually: whether options are shuffled where the answer does not say.
    """
    pairs = list(zip(part.key.answers, question.answers, strict=True))
    if not any(_is_shuffled(asked, usually=usually) for _, asked in pairs):
        return part
    own = (*stream, question.name)
    answers = tuple(
        _in_order(key, own) if _is_shuffled(asked, usually=usually) else key for key, asked in pairs
    )
    return replace(part, key=replace(part.key, answers=answers))


def _is_shuffled(asked: Asked | Rubric, *, usually: bool) -> bool:
    if isinstance(asked, Rubric) or not asked.choices:
        return False
    if asked.is_shuffled is not None:
        return asked.is_shuffled
    # Of these the right one, or the right order, is what the file has first.
    return usually or MISTAKES in asked.choices or asked.kind == "ordering"


def _in_order(answer: AnswerKey | RubricKey, stream: tuple[str, ...]) -> AnswerKey | RubricKey:
    if isinstance(answer, RubricKey):
        return answer
    name = answer.id.partition(".")[2]
    choices = shuffle(answer.choices, answer.choices, *stream, name)
    return replace(answer, choices=tuple(choices))
