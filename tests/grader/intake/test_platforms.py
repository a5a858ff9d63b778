"""A platform is one file: what a made-up one writes is read everywhere."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from examgen.ground.plugins import modules_below
from examgen.ground.tables.headers import Field
from grader.grade import grade
from grader.intake import platforms
from grader.intake.platforms import search
from grader.intake.platforms.base import Platform, fold_header
from grader.records.register import Person
from tests.grader.exams import class_of, write_exam

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


def _questions(cells: Sequence[str]) -> int:
    return sum(fold_header(cell).startswith("lernraum ") for cell in cells)


def _question(name: str) -> tuple[tuple[str, ...], str]:
    answer = name.removeprefix("lernraum ")
    return ((answer,), answer) if answer != name else ((), "")


def _sender(name: str) -> Person | None:
    return Person(name.removeprefix("von-")) if name.startswith("von-") else None


@pytest.fixture
def lernraum(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A platform as its file would define it."""
    module = ModuleType("grader.intake.platforms.lernraum")
    module.PLATFORM = Platform(  # type: ignore[attr-defined]
        "Lernraum's answers",
        questions=_questions,
        question=_question,
        nothing=frozenset({"n/a"}),
        sender=_sender,
        fields={"lernkürzel": Field.STUDENT},
    )
    monkeypatch.setattr(
        "grader.intake.platforms.search.modules_below",
        lambda _: [*modules_below(platforms), module],
    )
    search.all_platforms.cache_clear()
    yield
    search.all_platforms.cache_clear()


@pytest.mark.usefixtures("lernraum")
def test_its_table_is_read(tmp_path: Path) -> None:
    keys = class_of(2)
    exam = write_exam(tmp_path / "exam", keys)
    header = "Lernkürzel,Lernraum 1a.size,Lernraum 1a.parameters"
    table = tmp_path / "answers.csv"
    table.write_text(f"{header}\n{keys[0].student},8x8x8,n/a\n{keys[1].student},n/a,n/a\n")
    papers = {paper.paper: paper for paper in grade(exam, [table]).papers}
    texts = {answer.id: answer.text for answer in papers[keys[0].paper].answers}
    assert (texts["1a.size"], texts["1a.parameters"]) == ("8x8x8", "")
    assert not papers[keys[1].paper].handed_in


@pytest.mark.usefixtures("lernraum")
def test_its_archive_says_who_sent_what(tmp_path: Path) -> None:
    keys = class_of(1)
    exam = write_exam(tmp_path / "exam", keys)
    folder = tmp_path / "download" / f"von-{keys[0].student}"
    folder.mkdir(parents=True)
    (folder / "answers.txt").write_text("1a.size: 7x7x7\n")
    (paper,) = grade(exam, [tmp_path / "download"]).papers
    assert {answer.id: answer.text for answer in paper.answers}["1a.size"] == "7x7x7"
