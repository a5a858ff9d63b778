"""Answers with several fields in a form: boxes that are ticked one by one, rows of a matching."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.kinds.base import kind_named
from answers.kinds.collections.ticks import BETWEEN
from examgen.folder.key import AnswerKey
from examgen.folder.pages.form_fields import PLACE, FormField
from grader.records.submissions import Doubt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.folder.key import RubricKey
    from grader.intake.formats.pdf_fields import Fields


def with_one_field(fields: Fields, asked: Mapping[str, AnswerKey | RubricKey]) -> Fields:
    """Return the fields of a form with one for each answer.

    Args:
        fields: as they were read; `1a.terms:2` is the second of an answer.
        asked: the answers of the paper, by their ids.
    """
    whole: Fields = []
    several: dict[str, dict[str, tuple[FormField, str | Doubt | None]]] = {}
    for field, given in fields:
        name, _, place = field.answer.partition(PLACE)
        if place and isinstance(asked.get(name), AnswerKey):
            twice = place in several.setdefault(name, {})
            doubt = Doubt("a field of this answer occurs twice in the form")
            several[name][place] = (field, doubt if twice else given)
        else:
            whole.append((field, given))
    return [*whole, *(_joined(name, found, asked[name]) for name, found in several.items())]


def _joined(
    name: str,
    found: Mapping[str, tuple[FormField, str | Doubt | None]],
    answer: AnswerKey | RubricKey,
) -> tuple[FormField, str | Doubt | None]:
    """Return one field for those of an answer, as its kind reads them together."""
    (field, _), *_ = found.values()
    whole = FormField(field.exam, field.paper, name, field.checksum)
    doubts = [given for _, given in found.values() if isinstance(given, Doubt)]
    expected = len(answer.beside or answer.choices) if isinstance(answer, AnswerKey) else 0
    in_field = kind_named(answer.kind).in_field if isinstance(answer, AnswerKey) else None
    if doubts:
        return whole, doubts[0]
    if in_field is None or set(found) != {str(place) for place in range(1, expected + 1)}:
        return whole, Doubt("a field of this answer is missing in the form, or one too many")
    given = ((place, str(text or "")) for place, (_, text) in found.items())
    return whole, BETWEEN.join(in_field(place, text) for place, text in given if text.strip())
