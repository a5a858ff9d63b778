"""What students fill in: a row of one CSV for the class, and a JSON file for each paper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from answers.key import AnswerKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from answers.key import PaperKey


def form_rows(keys: Sequence[PaperKey]) -> tuple[list[str], list[list[str]]]:
    """Header and rows of the class's answer form; the cells for answers are empty."""
    ids = list(dict.fromkeys(answer.id for key in keys for answer in key.answers))
    rows = [[key.student, key.paper, *("" for _ in ids)] for key in keys]
    return ["student", "paper", *ids], rows


def form_json(key: PaperKey) -> str:
    """The answer form of one paper: fill in the texts of `answers`."""
    form = {
        "student": key.student,
        "paper": key.paper,
        "answers": {answer.id: "" for answer in key.answers},
        "questions": {
            answer.id: {
                "label": answer.label,
                "kind": answer.kind if isinstance(answer, AnswerKey) else "prose",
            }
            for answer in key.answers
        },
    }
    return json.dumps(form, ensure_ascii=False, indent=2) + "\n"
