"""The grades as files: a table, a workbook, and a page for those who decide."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from examgen.grades.award import Standing, close_calls, counts
from examgen.ground.csv_cells import table
from examgen.ground.files import atomic_folder
from examgen.ground.html.templates import environment, inline_with_hash
from examgen.ground.translations import FALLBACK
from examgen.ground.translator import Translator
from examgen.ground.wording import marks_text
from grader.export.workbook import workbook
from grader.records.submissions import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.grades.award import Award, Outcome
    from examgen.grades.scale import Scale
    from grader.export.plain_table import Cell

GRADES, OUTCOMES, BOOK, PAGE = "grades.csv", "outcomes.csv", "grades.xlsx", "grades.html"
_BAR = 200
_STANDINGS = {
    Standing.GRADED: "graded",
    Standing.PENDING: "waits for a person",
    Standing.ABSENT: "not handed in",
    Standing.OPEN: "to be decided",
}


@dataclass(frozen=True)
class Graded:
    """A class with its grades.

    Attributes:
        moves: by what is asked, who would get another grade: the grade now, and the grade then.
        language: of the page; tables have the same names of columns in every language.
    """

    title: str
    scale: Scale
    awards: Sequence[Award]
    outcomes: Sequence[Outcome]
    moves: Mapping[str, Sequence[tuple[Award, Award]]]
    language: str = FALLBACK


def write_grades(found: Graded, folder: Path) -> tuple[Path, ...]:
    """Write the grades as CSV, XLSX and a page, and return the files.

    Raises:
        ToolError: the library for workbooks is not installed.
        ExamgenError: the folder exists and is something else.
    """
    sheets = {"Grades": list(_rows(found)), "Outcomes": list(_outcome_rows(found))}
    with atomic_folder(folder, GRADES) as new:
        for name, rows in zip((GRADES, OUTCOMES), sheets.values(), strict=True):
            head, *lines = ([_text(cell) for cell in row] for row in rows)
            (new / name).write_bytes(table(head, lines).encode("utf-8-sig"))
        (new / BOOK).write_bytes(workbook(sheets))
        (new / PAGE).write_text(page(found), encoding="utf-8")
    return tuple(folder / name for name in (GRADES, OUTCOMES, BOOK, PAGE))


def _rows(found: Graded) -> Iterator[Sequence[Cell]]:
    yield ("id", "name", "state", "mark", "grade", "passed", "least", "most", "note")
    for one in found.awards:
        passed = {None: "", True: "yes", False: "no"}[one.passed]
        yield (
            one.person.id,
            one.person.name,
            one.standing.value,
            one.mark,
            one.grade,
            passed,
            one.least,
            one.most,
            one.note,
        )


def _outcome_rows(found: Graded) -> Iterator[Sequence[Cell]]:
    yield ("outcome", "answers", "students", "mean share", "attained", "share attained")
    for one in found.outcomes:
        attained = Fraction(one.attained, one.students) if one.students else None
        answers = ", ".join(one.answers)
        yield (
            one.name,
            answers,
            Fraction(one.students),
            one.share,
            Fraction(one.attained),
            attained,
        )


def _text(cell: Cell) -> str:
    return marks_text(cell) if isinstance(cell, Fraction) else cell or ""


def page(found: Graded) -> str:
    """Return the grades as one page: how many got what, who is close, what would change."""
    given = counts(found.awards, found.scale)
    most = max(given.values(), default=0) or 1
    passed = [one for one in found.awards if one.passed is not None]
    say = Translator(found.language)
    filters: dict[str, Callable[..., object]] = {
        "marks": say.marks,
        "percent": partial(_percent, say),
        "standing": lambda one: say(_STANDINGS[one]),
        "visible": visible,
        "bar": lambda count: _BAR * count // most,
    }
    return (
        environment("grades", filters)
        .get_template("grades.html.j2")
        .render(
            found=found,
            _=say,
            counts=given,
            close=close_calls(found.awards, found.scale),
            passed=sum(bool(one.passed) for one in passed),
            with_grade=len(passed),
            undecided=[
                one for one in found.awards if one.standing in {Standing.PENDING, Standing.OPEN}
            ],
            **inline_with_hash("grades", style="report/report.css grades.css"),
        )
    )


def _percent(say: Translator, share: Fraction | None) -> str:
    """Return a share in percent with one decimal.

    >>> _percent(Translator("tr"), Fraction(2, 3)), _percent(Translator(), None)
    ('%66,7', 'not defined')
    """
    return say("not defined") if share is None else say.percent(f"{float(100 * share):.1f}")
