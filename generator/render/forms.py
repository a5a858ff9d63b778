"""Forms for students: a row of one CSV for the class, and a JSON file for each paper."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from examgen.folder.key import PaperKey
    from generator.variants.paper import Paper


def form_header(answers: Iterable[str]) -> list[str]:
    """Return the header of the class's answer form, for the ids of an exam's answers."""
    return ["student", "paper", *answers]


def form_row(key: PaperKey, answers: Collection[str]) -> list[str]:
    """Return a paper's row in the class's answer form: empty cells where its answers go."""
    return [key.student, key.paper, *("" for _ in answers)]


def form_json(paper: Paper) -> str:
    """Return the answer form of one paper: fill in the texts of `answers`.

    It says what the fields of the printed form say: exam, paper, and the checksum of its make.
    """
    key = paper.key
    form = {
        "exam": paper.exam,
        "checksum": paper.checksum,
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
