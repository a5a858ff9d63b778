"""A class of 200 with the small exam built by hand: every verdict is the one it must be."""

from __future__ import annotations

from pathlib import Path

from examgen.simulation.folder import simulate
from examgen.simulation.sheet import What
from examgen.simulation.truth import compare
from grader.grade import grade
from tests.grader.exams import class_of


def test_every_verdict_of_a_class_of_200_is_the_expected_one(tmp_path: Path) -> None:
    lines = [key.to_json() + "\n" for key in class_of(200)]
    (tmp_path / "key.jsonl").write_text("".join(lines), encoding="utf-8")
    simulated = simulate(tmp_path, "1").folder
    graded = grade(tmp_path, [simulated / "submissions"])
    found = compare(simulated, graded.folder)
    assert (found.papers, found.expected.total()) == (200, 2_600)
    assert set(found.expected) == set(What)
    assert [str(difference) for difference in found.differences] == []
