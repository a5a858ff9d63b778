"""Bonus: parts whose marks are added to the total and not to the maximum.

A total is at most the maximum plus the cap of the exam, which is 0 unless its file says more. So a
bonus makes up for marks that were lost elsewhere, as in Moodle and PrairieLearn.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.wording import marks_counted, marks_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.exams.model import ExamQuestion
    from generator.questions.model import QuestionFile


def bonus_of(part: bool | None, question: bool | None, file: QuestionFile) -> bool:  # noqa: FBT001 - keys
    """Return whether a part is a bonus: as it says, else as its question does, else as its file."""
    said = (one for one in (part, question) if one is not None)
    return next(said, file.bonus)


def mixed_faults(question: ExamQuestion) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a question some of whose parts are a bonus, and what to do."""
    for slot in question.slots:
        if len({part.bonus for part in slot.candidates}) > 1:
            names = ", ".join(part.question.name for part in slot.candidates if part.bonus)
            fix = "write bonus: true or bonus: false for the pool"
            yield f"bonus: of the pool, only {names} would be a bonus", fix
    if question.choose and len({slot.bonus for slot in question.slots}) > 1:
        fix = "write bonus: for the question, or put the bonus into a question of its own"
        yield "bonus: some of the parts of which so many are to be chosen are a bonus", fix


def bonus_faults(questions: Sequence[ExamQuestion]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the bonus of an exam, and what to do."""
    slots = [slot for question in questions for slot in question.slots]
    if slots and all(slot.bonus for slot in slots):
        yield "bonus: every part is a bonus; the maximum would be 0", "leave it out of some parts"


def cap_faults(
    questions: Sequence[ExamQuestion], cap: Fraction | None
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the cap of an exam's bonus, and what to do."""
    bonus = sum((question.bonus for question in questions), Fraction(0))
    if cap is not None and not bonus:
        yield "bonus_cap: there is no bonus", "write bonus: true for a question, or leave it out"
    elif cap is not None and cap > bonus:
        what = f"bonus_cap: {marks_text(cap)}, and the bonus is {marks_counted(bonus)}"
        yield what, f"write at most bonus_cap: {marks_text(bonus)}"
