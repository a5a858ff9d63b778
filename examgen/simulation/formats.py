"""Files of a made-up class, in the forms that `examgen grade` takes; every text verbatim."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING

from examgen.ground.csv_cells import to_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from examgen.simulation.classroom import Sitting


class Format(StrEnum):
    """A row a student, a row an answer, or JSON."""

    WIDE = "wide"
    LONG = "long"
    JSON = "json"


def submissions_text(form: Format, ids: Sequence[str], class_: Iterable[Sitting]) -> str:
    """Return the submissions of a class as one file.

    Args:
        form: wide: a row for each submission; long: a row for each answer; json: a list.
        ids: the answers of the exam, in order.
        class_: who hands in.
    """
    rows = ((one, texts) for one in class_ for texts in one.handed_in)
    match form:
        case Format.WIDE:
            cells = (
                (one.student, one.paper, *(texts.get(i, "") for i in ids)) for one, texts in rows
            )
            return _csv(("student", "paper", *ids), cells)
        case Format.LONG:
            header = ("student", "paper", "answer", "response")
            pairs = ((one, pair) for one, texts in rows for pair in texts.items())
            return _csv(header, ((one.student, one.paper, *pair) for one, pair in pairs))
        case Format.JSON:
            forms = ({"student": o.student, "paper": o.paper, "answers": t} for o, t in rows)
            return json.dumps(list(forms), ensure_ascii=False, indent=1)


def _csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table as students' texts are: nothing is made safe for a spreadsheet."""
    return to_csv([header, *rows], newline="\r\n")
