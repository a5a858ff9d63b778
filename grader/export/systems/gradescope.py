"""Gradescope: a zip with `<student>/results.json`, as an autograder there writes it.

The format has a maximum for each test and none for the whole: Gradescope takes an assignment's from
its own settings. What it has no place for, the student's id and address and our state, goes into
extra_data. Texts are plain, and nothing is visible before grades are published. A test of what was
dropped has no score; that of a bonus has a maximum of 0.

| state | file |
|---|---|
| graded, also with zero | the score, and a test for each answer |
| blank | score 0, and the output says so |
| absent, pending, exempt | none |
"""

from __future__ import annotations

import io
import json
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.export.book import Made, scale_marks
from grader.export.systems.base import System, Way
from grader.feedback.page import explain
from grader.feedback.zip_files import file_stems, write_zip
from grader.records.submissions import visible
from grader.scoring.marked import maximum_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.export.book import Book, Entry
    from grader.scoring.marked import MarkedAnswer


def make_file(book: Book) -> Made:
    """Return a zip with the results of each student who has a grade."""
    graded = [entry for entry in book.entries if entry.grade is not None]
    stems = file_stems((entry.person.id, entry.paper) for entry in graded)
    files = (
        (f"{stems[entry.paper]}/results.json", _results(entry, book.wishes.out_of))
        for entry in graded
    )
    target = io.BytesIO()
    write_zip(target, files)
    return Made(target.getvalue(), ".zip")


def _results(entry: Entry, maximum: Fraction | None) -> bytes:
    who = {"student": entry.person.id, "email": entry.person.get("email")}
    results = {
        "score": float(entry.grade or 0),
        "output": entry.summary,
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "after_published",
        "extra_data": {
            **{name: text for name, text in who.items() if text},
            "state": entry.state.value,
        },
        "tests": [answer_result(answer, entry, maximum) for answer in entry.answers],
    }
    return json.dumps(results, ensure_ascii=False, indent=1).encode()


def answer_result(
    answer: MarkedAnswer, entry: Entry, maximum: Fraction | None
) -> Mapping[str, object]:
    """Return what Gradescope shows of an answer, in the language of its paper."""
    out_of, say = entry.out_of, entry.say
    output = [explain(answer, say), *filter(None, [say.translate_note(answer.note)])]
    output += [f"{say('Your answer')}: {answer.text}"] if answer.text else []
    said = {
        "number": answer.id,
        "name": answer.label,
        "output": visible("\n".join(output)),
    }
    if not answer.out_of:
        return said
    return said | {
        "score": float(scale_marks(answer.marks or Fraction(0), out_of, maximum)),
        "max_score": float(scale_marks(maximum_of([answer]), out_of, maximum)),
        "status": "passed" if answer.marks == answer.out_of else "failed",
    }


SYSTEM = System(
    "gradescope",
    (Way("a zip with STUDENT/results.json"),),
    rank=40,
    make=make_file,
    needs_answers=True,
    refuses={"--column": "Gradescope takes the results of one assignment"},
)
