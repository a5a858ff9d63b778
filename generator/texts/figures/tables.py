"""Tables of data, made of lists of values."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from pylatex import NoEscape, Tabular

from generator.texts.figures.parts import Picture
from generator.texts.figures.syntax import Misdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.texts.figures.parts import Parts
    from solvers.graph.number import Texts


def table(parts: Parts) -> Picture:
    """Return a table of columns, or of rows, with their heads."""
    if ("columns" in parts.texts) == ("rows" in parts.texts):
        raise Misdrawn("a table has columns=[X, Y] or rows=[X, Y]; write one of them")
    is_across = "rows" in parts.texts
    lists = [_listed(parts, one) for one in parts.items("rows" if is_across else "columns")]
    heads = _heads(parts, len(lists))
    if is_across:
        rows = [[*head, *row] for head, row in zip(heads, lists, strict=True)]
        return Picture(_tabular(rows, "l" if any(heads) else "r", rule_after=0), "")
    body = [list(row) for row in zip_longest(*lists, fillvalue="")]
    titles = [[head[0] for head in heads]] if any(heads) else []
    return Picture(_tabular([*titles, *body], "r", rule_after=len(titles)), "")


def tabular(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of LaTeX as a table whose first row has the heads."""
    return _tabular(rows, "l", rule_after=1)


def _listed(parts: Parts, item: Texts) -> list[str]:
    if isinstance(item, str):
        raise Misdrawn(f"{item[:40]} is no list; write a list of lists: columns=[X, Y]")
    return [parts.number_as_written(one) for one in item if isinstance(one, str)]


def _heads(parts: Parts, count: int) -> list[list[str]]:
    """Return the head of each list, as a list of one; of none where no heads are stated."""
    if "heads" not in parts.texts:
        return [[] for _ in range(count)]
    heads = [one.strip() for one in parts.text("heads").split("&")]
    if len(heads) != count:
        what = f"{count} columns or rows have {len(heads)} heads"
        raise Misdrawn(f"{what}; write one for each, with & between: heads={{$t$ & $v$}}")
    return [[head] for head in heads]


def _tabular(rows: Sequence[Sequence[str]], first: str, *, rule_after: int) -> str:
    width = max(map(len, rows))
    made = Tabular(first + "r" * (width - 1), booktabs=True, width=width)
    for at, row in enumerate(rows, 1):
        made.add_row([NoEscape(cell) for cell in (*row, *[""] * (width - len(row)))])
        if at == rule_after:
            made.append(NoEscape("\\midrule"))
    return " ".join(str(made.dumps()).replace("%\n", "\n").split("\n"))
