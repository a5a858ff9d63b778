"""The marker's table: the short answers of a few papers side by side, a row for each answer."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from pylatex import LongTable, MultiColumn, NoEscape
from pylatex.base_classes import Environment
from pylatex.utils import bold

from examgen.folder.key import AnswerKey
from examgen.ground.latex_escape import escape
from examgen.ground.translations import words
from generator.render.key import short_answer
from generator.render.names import text_latex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.folder.key import PaperKey

PAPERS_PER_TABLE = 5
TABLE_WIDTH, NARROWEST, PER_LETTER = 240, 24, 1.9  # millimetres
_BARE_PAGE = r"\clearpage\fancyhf{}\renewcommand{\headrulewidth}{0pt}"


class Landscape(Environment):  # type: ignore[misc]
    """Pages turned on their side, as the package pdflscape sets them."""


def table_body(keys: Sequence[PaperKey], language: str) -> str:
    """Return the tables of all papers, a few on each, as LaTeX for the body of a document."""
    starts = range(0, len(keys), PAPERS_PER_TABLE)
    tables = (_table(keys[start : start + PAPERS_PER_TABLE], language) for start in starts)
    return "".join(map(_page, tables))


def _page(table: LongTable) -> str:
    page = Landscape(data=NoEscape(f"{{\\small\n{table.dumps()}}}"))
    return f"{_BARE_PAGE}\n{page.dumps()}\n"


def _table(keys: Sequence[PaperKey], language: str) -> LongTable:
    asked = [{a.id: a for a in key.answers if isinstance(a, AnswerKey)} for key in keys]
    names = list(dict.fromkeys(name for one in asked for name in one))
    table = LongTable(_columns(names, len(keys)), width=len(keys) + 1)
    _add_head(table, [key.paper for key in keys], language)
    for name in names:
        cells = (short_answer(one[name]) if name in one else "" for one in asked)
        table.add_row([NoEscape(rf"\texttt{{{escape(name)}}}"), *map(NoEscape, cells)])
    table.append(NoEscape(r"\bottomrule"))
    return table


def _columns(names: Sequence[str], papers: int) -> str:
    """Return the widths of the columns: the answers' ids, and an equal share for each paper."""
    first = max(NARROWEST, ceil(max(map(len, names), default=0) * PER_LETTER))
    share = (TABLE_WIDTH - first) // papers - 4
    cell = rf">{{\raggedright\arraybackslash}}p{{{share}mm}}"
    return f"@{{}}p{{{first}mm}}{cell * papers}@{{}}"


def _add_head(table: LongTable, papers: Sequence[str], language: str) -> None:
    """Add what is above the columns, on each page again."""
    said = words(language)
    title = bold(NoEscape(f"{text_latex(said['secret'])} -- {text_latex(said['all_papers'])}"))
    table.append(NoEscape(MultiColumn(len(papers) + 1, align=NoEscape("@{}l"), data=title).dumps()))
    table.append(NoEscape(r"\\[2mm]\toprule"))
    table.add_row([NoEscape(text_latex(text)) for text in (said["answer"], *papers)])
    table.append(NoEscape(r"\midrule"))
    table.end_table_header()
