"""The audit of a class that was made up: it agrees with every verdict, until one is changed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from examgen.audit.bounded import TOO_MUCH, Bounded
from examgen.audit.folder import audit
from examgen.audit.values import Finding
from examgen.cli import app
from examgen.folder.key import SCHEMA, AnswerKey, Model, PaperKey, PartKey
from examgen.ground.errors import ExamgenError
from examgen.simulation.folder import simulate
from grader.grade import grade
from tests.grader.exams import class_of, hand_in, paper, write_exam

ROWS = {
    "right": {
        "1a.size": "112x112x64", "1a.parameters": "9,472", "1a.activations": "3.0625 MiB",
        "1b.area": "121", "1b.cost": "303", "2a.derivative": "1/cosh(x)^2", "2a.layers": "6, 4, 2",
    },
    "own values": {
        "1a.size": "113x113x64", "1a.activations": "3268864 B",
        "1b.area": "120", "1b.cost": "300.5",
        "2a.derivative": "1 + tanh(x)^2", "2a.channels": "64; 96; 127", "2a.name": "exploding",
    },
}  # fmt: skip
# What is changed in the store: a paper's answer, its verdict and marks; and what the audit says.
CHANGED = [
    ("p001", "1a.parameters", "wrong", "0", "compared with 9472"),
    ("p001", "1b.cost", "mistake", "3", "compared with 303"),
    ("p001", "2a.derivative", "wrong", "0", "compared with 1 - tanh"),
    ("p001", "2a.layers", "blank", "0", "there is an answer"),
    ("p001", "1a.size", "correct", "1", "it is worth 4 marks"),
    ("p001", "2a.name", "correct", "1", "there is no answer"),
    ("p001", "2a.gate", "undecided", "1", "an answer that waits has marks"),
    ("p002", "2a.derivative", "mistake", "0", "it is worth 3/2 marks"),
    ("p002", "1a.activations", "wrong", "0", "it follows from 1a.size"),
    ("p002", "1b.cost", "correct", "3", "compared with 303"),
    ("p002", "2a.channels", "correct", "2", "compared with (64, 96, 128)"),
    ("p002", "2a.name", "correct", "1", "compared with vanishing gradient"),
]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exam of two students, graded."""
    folder = tmp_path_factory.mktemp("audit")
    keys = [paper(1, "right"), replace(paper(1, "own values"), paper="p002")]
    made = write_exam(folder / "exam", keys)
    grade(made, [hand_in(folder / "class.csv", ROWS)])
    return made


def changed(graded: Path, folder: Path) -> Path:
    """A copy of the exam, with other verdicts written past the guards of the store."""
    shutil.copytree(graded, folder)
    with sqlite3.connect(folder / "gradebook.sqlite") as store:
        store.execute("DROP TRIGGER verdict_UPDATE")
        place = "(SELECT place FROM paper WHERE paper = ?)"
        where = f"answer = ? AND paper_place = {place}"
        sql = f"UPDATE verdict SET verdict = ?, marks = ? WHERE {where}"  # noqa: S608
        for own, answer, verdict, marks, _ in CHANGED:
            assert store.execute(sql, (verdict, marks, answer, own)).rowcount == 1
    return folder


def test_an_audit_agrees_with_what_was_graded(graded: Path) -> None:
    found = audit(graded)
    assert found.disagreements == []
    assert found.unchecked == {"marked by a person": 2}
    assert found.agreed.total() == 24


def test_changed_verdicts_are_found(graded: Path, tmp_path: Path) -> None:
    folder = changed(graded, tmp_path / "exam")
    found = {(item.paper, item.answer): item for item in audit(folder).disagreements}
    assert len(found) == len(CHANGED)
    for own, answer, verdict, _, says in CHANGED:
        assert found[own, answer].verdict == verdict
        assert found[own, answer].found.startswith(says)


def test_the_command_says_what_it_found(graded: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["audit", str(graded)])
    assert done.exit_code == 0
    assert "26 verdicts of 2 papers: 24 agree, 2 not checked, 0 disagreements" in done.output
    folder = changed(graded, tmp_path / "exam")
    done = CliRunner().invoke(app, ["audit", str(folder)])
    assert done.exit_code == 1
    assert "right p001 1a.parameters: '9,472'\n    stored: wrong (" in done.output
    done = CliRunner().invoke(app, ["audit", str(folder), "--json"])
    found = json.loads(done.output)["disagreements"]
    assert (done.exit_code, len(found)) == (1, len(CHANGED))


def test_what_is_wrong_by_its_form_or_unit_is_not_checked(tmp_path: Path) -> None:
    answers = (
        AnswerKey(
            "1a.digits", "", Fraction(2), "number", "2.5", {"decimals": "2", "penalty": "25%"}
        ),
        AnswerKey("1a.unit", "", Fraction(2), "quantity", "3 m", unit="m"),
        AnswerKey(
            "1a.cost", "", Fraction(2), "choice", "a", {"penalty": "25%"}, choices=("a", "b")
        ),
        AnswerKey("1a.unseen", "", Fraction(2), "number", "1"),
    )
    key = PaperKey(SCHEMA, "p001", "one", "", (PartKey("1a", "test", "Test", Model(), answers),))
    rows = {"one": {"1a.digits": "2.5", "1a.unit": "3", "1a.cost": "b", "1a.unseen": "\u200b"}}
    grade(write_exam(tmp_path, [key]), [hand_in(tmp_path / "class.csv", rows)])
    found = audit(tmp_path)
    assert found.disagreements == []
    assert found.unchecked == {"wrong by its form": 1, "wrong by its unit": 1}


def test_a_class_is_checked_whole(tmp_path: Path) -> None:
    write_exam(tmp_path, class_of(20))
    grade(tmp_path, [simulate(tmp_path, "1").folder / "submissions"])
    found = audit(tmp_path)
    assert (found.papers, found.verdicts) == (20, 260)
    assert found.disagreements == []
    others = [why for why in found.unchecked if not why.startswith(("waits", "marked by"))]
    assert others == ["integer: several values", "list: another number of brackets"]  # poison


def test_a_process_that_dies_costs_one_answer() -> None:
    with Bounded() as bounded:
        assert isinstance(bounded.compare("integer", "1", "1.0", {}), Finding)
        assert bounded._process is not None
        bounded._process.kill()
        bounded._process.join()
        assert bounded.compare("integer", "1", "2", {}) == TOO_MUCH
        assert isinstance(bounded.compare("integer", "1", "3", {}), Finding)


def test_what_was_not_graded_is_said(tmp_path: Path) -> None:
    write_exam(tmp_path, [paper()])
    with pytest.raises(ExamgenError, match="nothing is graded; run examgen grade first"):
        audit(tmp_path)


def test_another_key_is_said(graded: Path, tmp_path: Path) -> None:
    folder = changed(graded, tmp_path / "exam")
    write_exam(folder, [paper(2, "right")])
    with pytest.raises(ExamgenError, match="run examgen regrade first"):
        audit(folder)
