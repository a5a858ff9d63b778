"""The table for those who mark on paper: as CSV, as a workbook, and as a page with a grid."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

from markupsafe import Markup

from examgen.folder.key import RubricKey
from examgen.folder.questions import criterion_html, model_html, sentence_html
from examgen.ground.csv_cells import lines
from examgen.ground.errors import ToolError
from examgen.ground.files import writing
from examgen.ground.html.mathml import formula
from examgen.ground.html.script_words import script_words
from examgen.ground.html.templates import environment, inline_with_hash, place_of, script_json
from examgen.ground.translator import ENGLISH, Translator
from examgen.ground.wording import marks_text
from grader.by_hand.by_paper.grid import PAPER, REMARK
from grader.records.submissions import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.by_hand.by_paper.grid import Asked, Column, Grid

NAME = "by-paper"
TITLE = "marks"
_WIDTH, _HEAD = 13, 2  # of a column in letters; rows above those of the papers


def write_by_paper(
    grid: Grid, folder: Path, exam: str, say: Translator = ENGLISH
) -> tuple[Path, ...]:
    """Write the table and the page; the workbook where its library is installed.

    Args:
        grid: what is marked.
        folder: where the files go.
        exam: what the page keeps its marks under, another one for each exam.
        say: the language of the papers, in which the page is; the table is the same in each.

    Raises:
        ExamgenError: they cannot be written.
    """
    table = lines(table_rows(grid))
    found = {".csv": f"\ufeff{table}".encode(), ".html": page(grid, exam, say).encode()}
    with suppress(ImportError):
        found[".xlsx"] = workbook(grid, say)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for suffix, raw in found.items():
            (folder / f"{NAME}{suffix}").write_bytes(raw)
    return tuple(folder / f"{NAME}{suffix}" for suffix in found)


def table_rows(grid: Grid) -> Iterator[list[str]]:
    """Yield what is looked for, the heads, and a row for each paper; remarks are at the end."""
    remarks = [f"{name} {REMARK}" for name in dict.fromkeys(one.answer for one in grid.columns)]
    none = ["" for _ in remarks]
    yield ["", *(column.says for column in grid.columns), *none]
    yield [PAPER, *(column.head for column in grid.columns), *remarks]
    for paper in grid.rows:
        yield [paper, *(grid.word(paper, column) for column in grid.columns), *none]


def workbook(grid: Grid, say: Translator = ENGLISH) -> bytes:
    """Return the table as a workbook, whose cells take nothing but marks.

    Raises:
        ImportError: the library for workbooks is not installed.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - an extra
    from openpyxl.styles import Alignment  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    if sheet is None:  # a new workbook has a sheet
        raise ToolError("a workbook without a sheet was made; write the CSV instead")
    sheet.title, sheet.freeze_panes = TITLE, f"B{_HEAD + 1}"
    for number, row in enumerate(table_rows(grid), start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place, visible(text) or None)
            if text:
                cell.data_type = "s"  # else a text that begins with = would be a formula
            cell.alignment = Alignment(wrap_text=number <= _HEAD, vertical="top")
    for place, column in enumerate(grid.columns, start=2):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTH
        rule = DataValidation("decimal", operator="between", allow_blank=True)
        rule.formula1, rule.formula2 = marks_text(column.least), marks_text(column.most)
        bounds = say.marks(column.least), say.marks(column.most)
        rule.error = say("Marks are a number from {} to {}.", *bounds)
        rule.add(f"{letter}{_HEAD + 1}:{letter}{_HEAD + len(grid.rows)}")
        sheet.add_data_validation(rule)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def page(grid: Grid, exam: str, say: Translator = ENGLISH) -> str:
    """Return a page with a grid for the keyboard; it keeps its marks and saves them as the CSV."""
    looks, models = dict[Markup, int](), dict[Markup, int]()
    rows = [
        {
            "paper": paper,
            "words": [grid.word(paper, column) for column in grid.columns],
            "looks": [place_of(looks, _look(row, column, say)) for column in grid.columns],
            "models": [place_of(models, _model(row, column, say)) for column in grid.columns],
        }
        for paper, row in grid.rows.items()
    ]
    columns = [
        {
            "answer": one.answer,
            "head": one.head,
            "shown": f"{one.name} [{say.marks(one.most or one.least)}]",
            "name": one.name,
            "least": marks_text(one.least),
            "most": marks_text(one.most),
        }
        for one in grid.columns
    ]
    template = environment("marking", {}).get_template("by_paper.html.j2")
    return template.render(
        looks=looks,
        models=models,
        data=script_json({"exam": exam, "columns": columns, "rows": rows}),
        words=script_json(script_words("marking", "by_paper.js", say)),
        _=say,
        **inline_with_hash(
            "marking", style="page.css by_paper.css", script="shared/say.js by_paper.js"
        ),
    )


def _look(row: dict[str, Asked], column: Column, say: Translator) -> Markup:
    """Return what is looked for on a paper, with its own numbers."""
    key = row[column.answer].key if column.answer in row else None
    own = (
        key.criteria[column.criterion - 1 : column.criterion] if isinstance(key, RubricKey) else ()
    )
    return criterion_html(own[0], say) if own else sentence_html(column.says)


def _model(row: dict[str, Asked], column: Column, say: Translator) -> Markup:
    """Return the right answer of a paper."""
    key = row[column.answer].key if column.answer in row else None
    if isinstance(key, RubricKey):
        return model_html(key.model, key.accept, say)
    shown = row[column.answer].answer.shown if key is not None else ""
    return formula(shown) if shown else Markup()
