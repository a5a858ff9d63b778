"""A system that grades are exported to is one file: a made-up one is offered, told and written."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.ground.plugins import modules_below
from grader.export import systems
from grader.export.book import Made
from grader.export.systems import search
from grader.export.systems.base import System, Way
from tests.grader.platforms import graded_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.export.book import Book
    from grader.export.sheet import Sheet


def _made(book: Book) -> Made:
    return Made("".join(f"{e.person.id}={e.text}\n" for e in book.entries).encode(), ".txt")


def _filled(book: Book, sheet: Sheet) -> Made:
    grades = {e.person.id: e.text for e in book.entries}
    return Made(sheet.fill({row.line: {1: grades[row.cells[0]]} for row in sheet.rows}), ".csv")


@pytest.fixture
def lernraum(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system as its file would define it."""
    module = ModuleType("grader.export.systems.lernraum")
    module.SYSTEM = System(  # type: ignore[attr-defined]
        "lernraum",
        (Way("a line for each student"), Way("the list, filled in", into="Lernraum's list")),
        rank=15,
        make=_made,
        fill=_filled,
        refuses={"--answers": "Lernraum has no place for them"},
    )
    monkeypatch.setattr(
        "grader.export.systems.search.modules_below", lambda _: [*modules_below(systems), module]
    )
    search.all_systems.cache_clear()
    yield
    search.all_systems.cache_clear()


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["export", *words])
    return done.exit_code, done.output + str(done.exception or "")


@pytest.mark.usefixtures("lernraum")
def test_help_and_errors_know_it() -> None:
    _, said = run("--help")
    lines = [line.split() for line in said.splitlines()]
    assert ["lernraum", "a", "line", "for", "each", "student"] in lines
    assert "(--into: Lernraum's list)" in " ".join(said.split())
    assert "expected one of moodle, lernraum, canvas" in run("exam", "--to", "banner")[1]


@pytest.mark.usefixtures("lernraum")
def test_its_file_is_made_and_its_own_is_filled(tmp_path: Path) -> None:
    exam = graded_folder(tmp_path / "exam")
    assert run(str(exam), "--to", "lernraum")[0] == 0
    made = (exam / "grades-lernraum.txt").read_text()
    assert made == "1001=42.33\n1002=0\n1003=0\n1004=\n1005=60\n"
    theirs = tmp_path / "list.csv"
    theirs.write_text("who,grade\n1003,\n1001,\n")
    assert run(str(exam), "--to", "lernraum", "--into", str(theirs))[0] == 0
    assert (exam / "grades-lernraum.csv").read_text() == "who,grade\n1003,0\n1001,42.33\n"
    assert "Lernraum has no place" in run(str(exam), "--to", "lernraum", "--answers")[1]


def test_each_way_is_a_row_of_the_documentation() -> None:
    page = Path("docs/gradebooks.md").read_text("utf-8").splitlines()
    told = [line for line in page if line.startswith("| `") and line.count("|") == 4]
    assert told[1:] == [  # below the header
        f"| `{system.name}` | {way.into or 'nothing'} | {way.writes} |"
        for system in search.all_systems().values()
        for way in system.ways
    ]
