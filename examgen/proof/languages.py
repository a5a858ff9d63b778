"""Find the words of an exam's language that are still English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.translations import FALLBACK, missing_words, unknown_words
from examgen.ground.wording import first_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.exams.model import Exam


def incomplete_words(exam: Exam) -> Iterator[str]:
    """Yield what a language lacks, and what nothing asks for."""
    language = exam.layout.language
    if language == FALLBACK:
        return
    for names, what in (
        (missing_words(language), "has no words for, which stay English"),
        (unknown_words(language), "has words that nothing asks for"),
    ):
        if names:
            shown = [name if len(name) < 40 else f"{name[:37]}..." for name in names]
            yield f"{language}.yaml {what}: {first_of(shown, len(shown))} ({len(names)} in all)"
