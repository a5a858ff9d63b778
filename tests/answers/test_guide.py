"""The page on how answers are judged names every kind, option and ground, and its table is true."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from answers.judge import Options, Verdict, all_kinds, judge
from answers.verdict import Ground

PAGE = (Path(__file__).parents[2] / "docs" / "judging.md").read_text(encoding="utf-8")
OF_JUDGING = {"correct", "wrong", "undecided", "unreadable", "blank"}
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in PAGE.splitlines()
    if line.startswith("|")
    and line.strip("|").split("|")[-1].strip() in OF_JUDGING
    and line.strip("|").count("|") == 4
]


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row) for row in ROWS])
def test_the_table_is_true(row: tuple[str, ...]) -> None:
    kind, expected, given, answer, verdict = row
    pairs = ((pair.split("=")[0], pair.split("=")[1]) for pair in given.split(", ") if pair)
    told = {name: text.split("/") if name == "choices" else text for name, text in pairs}
    options = Options.from_mapping(told)
    assert judge(kind, expected, answer, options).verdict == verdict


def test_there_is_a_row_for_each_kind_of_numbers_and_more() -> None:
    assert len(ROWS) > 25


NAMES = [
    *all_kinds(),
    *(item.name for item in fields(Options) if item.name != "abs_unit"),
    *(ground.value for ground in Ground if ground.value),
    *(verdict for verdict in map(str, Verdict) if verdict in OF_JUDGING),
]


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE or f"`{name}:" in PAGE
