"""The licences of an exam's questions: where they differ, the one who prints it has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.wording import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.exams.model import Exam

NONE = "no licence"


def mixed_licences(exam: Exam) -> Iterator[str]:
    """Yield a sentence where the questions of an exam have different licences, or some none."""
    questions = {part.question.name: part.question for part in exam.parts}
    found: dict[str, list[str]] = {}
    for name, question in sorted(questions.items()):
        found.setdefault(question.origin.licence or NONE, []).append(name)
    if len(found) > 1:
        parts = (
            f"{licence}: {format_count(len(names), 'question')} ({', '.join(names[:3])}"
            f"{', ...' if len(names) > 3 else ''})"
            for licence, names in sorted(found.items())
        )
        yield f"the questions have different licences: {'; '.join(parts)}"
