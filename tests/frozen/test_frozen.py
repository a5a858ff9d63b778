"""Exams that earlier versions made and marked are marked alike, and every command works on them.

What shall be marked in another way is listed in CHANGES.csv; README.md says how.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from tests.frozen.comparison import (
    HERE,
    Change,
    Outcome,
    idle,
    read_changes,
    read_frozen,
    read_graded,
    rows,
    unwanted,
)

NAMES = [str(path.parent.relative_to(HERE)) for path in sorted(HERE.glob("*/*/expected.jsonl"))]
EXAM = ("exam.json", "papers.jsonl", "key.jsonl")
frozen = pytest.mark.parametrize("name", NAMES)


def examgen(*words: str | Path) -> None:
    done = CliRunner().invoke(app, list(map(str, words)))
    assert (done.exit_code, done.exception) == (0, None), f"{words}: {done.output}"


@frozen
def test_answers_are_marked_as_they_were(name: str, tmp_path: Path) -> None:
    for file in EXAM:
        shutil.copy(HERE / name / file, tmp_path / file)
    examgen("grade", tmp_path, HERE / name / "submissions", "--out", tmp_path / "results")
    now = read_graded(tmp_path / "results")
    compared = (name, read_frozen(HERE / name / "expected.jsonl"), now, read_changes())
    wrong = unwanted(*compared) + idle(*compared)
    assert not wrong, f"\n{wrong}"


@frozen
def test_a_gradebook_of_an_earlier_version_goes_on(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(HERE / name, tmp_path / "exam")
    for words in (
        ("report", folder, "--json"),
        ("export", folder, "--to", "csv"),
        ("mark", folder),
    ):
        examgen(*words)
    examgen("regrade", folder, "--out", tmp_path / "results")
    now = read_graded(tmp_path / "results")
    before = read_frozen(folder / "grades" / "verdicts.jsonl")
    wrong = unwanted(name, before, now, read_changes())
    assert not wrong, f"\n{wrong}"
    examgen("mark", folder, folder / "marks.csv", "--by", "Grace")
    examgen("feedback", folder, "--jobs", "1")
    examgen("export", folder, "--to", "csv", "--pending-as-blank", "--out", tmp_path / "all.csv")


def test_every_exam_is_there() -> None:
    assert {Path(name).name for name in NAMES} == {"ceng403", "rest", "kinds"}


def test_changes_have_a_reason_that_the_changelog_gives() -> None:
    changelog = " ".join(Path("CHANGELOG.md").read_text(encoding="utf-8").split())
    wanted = read_changes()
    unknown = [change for change in wanted if change.folder not in NAMES]
    silent = [c for c in wanted if not c.reason or " ".join(c.reason.split()) not in changelog]
    assert not unknown, f"there is no such folder:\n{rows(unknown)}"
    assert not silent, f"the reason is not in CHANGELOG.md:\n{rows(silent)}"


BEFORE = {("001", "1a"): Outcome("7", "correct 2"), ("001", "1b"): Outcome("7,5", "wrong 0")}
WAITS = {**BEFORE, ("001", "1b"): Outcome("7,5", "undecided")}
OTHER = {**BEFORE, ("001", "1b"): Outcome("7.5", "wrong 0")}
FEWER = {("001", "1a"): BEFORE["001", "1a"]}
WANTED = Change("v/exam", "001", "1b", "wrong 0", "undecided", "a decimal comma waits")


@pytest.mark.parametrize(
    ("now", "wanted", "said"),
    [
        (BEFORE, [], []),
        (WAITS, [WANTED], []),
        (BEFORE, [Change("v/other", "001", "1b", "wrong 0", "undecided")], []),
        (
            WAITS,
            [],
            [
                "frozen answers that are marked in another way than they were (1)",
                "'7,5'",
                "v/exam,001,1b,wrong 0,undecided,\n",
            ],
        ),
        (OTHER, [], ["""v/exam,001,1b,"wrong 0 for '7,5'",wrong 0 for '7.5',\n"""]),
        (FEWER, [], ["v/exam,001,1b,wrong 0,missing,\n"]),
        (BEFORE, [WANTED], ["do not happen (1)", "v/exam,001,1b"]),
        (
            OTHER,
            [WANTED],
            ["frozen answers that are marked in another way than they were (1)", "do not happen"],
        ),
    ],
    ids=["alike", "wanted", "elsewhere", "unwanted", "text", "gone", "idle", "both"],
)
def test_what_differs_is_said(
    now: dict[tuple[str, str], Outcome], wanted: list[Change], said: list[str]
) -> None:
    compared = ("v/exam", BEFORE, now, wanted)
    found = unwanted(*compared) + idle(*compared)
    assert all(text in found for text in said), found
    assert bool(found) == bool(said)
