"""Tables that examgen writes: a cell is one cell in every reader, and none is a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.ground.csv_cells import guard_cell, lines, safe_cell, to_csv, unguard_cell
from examgen.ground.tables.rows import read_rows

SIGNS = st.text(alphabet="a1=+-@|;,\t\r\n\"' %()＝", max_size=12)
STARTS = tuple("=+@|%＝＋－＠")

GUARDED = [
    ("=1", "'=1"), ("a=1", "a=1"), ("1;=2", "1;'=2"), ("1; =2", "1;' =2"), ('1;"=2"', "1;'\"=2\""),
    ("a\r=1", "a\r'=1"), ("a\n@x", "a\n'@x"), ("a\t-cmd", "a\t'-cmd"), ("a;'=1", "a;''=1"),
    ("(1; -2)", "(1; -2)"), ("1;-2;3", "1;-2;3"), ("-5", "-5"), ("1;-2,5", "1;-2,5"),
    ("1;-a|b", "1;'-a|b"), ("x;+1+cmd", "x;'+1+cmd"), ("a,=1", "a,=1"), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "safe"), GUARDED)
def test_a_formula_within_a_cell_is_guarded(text: str, safe: str) -> None:
    assert safe_cell(text) == safe


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@given(rows=st.lists(st.lists(SIGNS, min_size=2, max_size=4), min_size=1, max_size=3))
def test_no_cell_begins_as_a_formula_whatever_separates(
    delimiter: str, rows: list[list[str]]
) -> None:
    reader = csv.reader(io.StringIO(lines(rows), newline=""), delimiter=delimiter)
    for row in reader:
        for cell in row:
            shown = cell.strip(" \t\r\n")
            is_number = shown[1:2].isdigit()  # `+1`, with what stands behind its comma
            assert is_number or not shown.startswith(STARTS) or shown.startswith("'"), (cell, rows)


@given(rows=st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    for delimiter in ",;\t":
        for quoted in (True, False):
            text = to_csv(rows, delimiter, quoted=quoted)
            found = [list(row.cells) for row in read_rows(text, delimiter)]
            assert found == [row for row in rows if any(cell.strip() for cell in row)]


@given(SIGNS)
def test_a_guard_comes_off(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text
