"""Moodle: the Responses report of a quiz, and the submissions of an assignment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from examgen.ground.tables.headers import Field, field_of
from grader.intake.platforms.base import Platform, fold_header
from grader.records.register import Person

if TYPE_CHECKING:
    from collections.abc import Sequence

_RESPONSE = re.compile(
    r"(?:response|antwort|réponse|respuesta|resposta|risposta|yanıt|yanit|cevap|antwoord|odpowiedź|odpověď"
    r"|válasz|răspuns|svar|vastaus|ответ|απάντηση|回答|答え|응답)\s*(.+)"
)
_GRADES = re.compile(r"\w{1,3}\. ?\S+ ?/ ?\d+(?:[.,]\d+)?")
_SENDER = re.compile(r"(.+?)_\d+_assignsubmission_(?:file|onlinetext)(?:_.*)?")
_ZIP = "download all submissions of the assignment instead"
_REPORT = "download the quiz's Responses report instead"


def _questions(cells: Sequence[str]) -> int:
    return sum(bool(_RESPONSE.fullmatch(fold_header(cell))) for cell in cells)


def _question(name: str) -> tuple[tuple[str, ...], str]:
    response = _RESPONSE.fullmatch(name)
    return ((response[1],), response[1]) if response else ((), "")


def _refused(cells: Sequence[str]) -> tuple[str, str] | None:
    fields = set(map(field_of, cells))
    if not fields.isdisjoint({Field.IS_OPEN, Field.CHANGED}) and Field.GRADE in fields:
        return "Moodle's grading worksheet", _ZIP
    if any(_GRADES.fullmatch(fold_header(cell)) for cell in cells) and not _questions(cells):
        return "Moodle's grades report", _REPORT
    return None


def _sender(name: str) -> Person | None:
    """Return who sent `<Full name>_<participant>_assignsubmission_file`."""
    match = _SENDER.fullmatch(name)
    return Person(name=match[1]) if match else None


PLATFORM = Platform(
    "Moodle responses",
    rank=20,
    questions=_questions,
    question=_question,
    nothing=frozenset({"-"}),  # in Moodle a dash is never an answer
    refused=_refused,
    sender=_sender,
)
