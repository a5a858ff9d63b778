"""Proposals from outside stand beside an answer, are compared with people, and are no marks."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.ground.errors import InputError
from grader.by_hand.people import take_marks, write_marking
from grader.by_hand.proposals import is_proposals, take_proposals
from grader.grade import grade
from grader.results.read import read_results
from tests.grader.exams import hand_in, paper, write_exam

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = ["The product\n shrinks.", "It shrinks, <b>.", "no idea", "The  product shrinks."]


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("proposed")
    keys = [paper(n) for n in range(1, 5)]
    folder = write_exam(here / "exam", keys)
    rows = {k.paper: {"2b.why": text} for k, text in zip(keys, ANSWERS, strict=True)}
    grade(folder, [hand_in(here / "a.csv", rows)])
    return folder


def groups(exam: Path, opinion: str = "first") -> list[dict[str, object]]:
    write_marking(exam, double=Fraction(1))
    page = (exam / f"marking/marking-{opinion}.html").read_text()
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    found: list[dict[str, object]] = data["groups"]
    return found


def proposals(exam: Path, *lines: dict[str, object]) -> Path:
    path = exam / "proposals.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def of(number: int, criterion: int, confidence: float, evidence: str = "") -> dict[str, object]:
    place = {"paper": f"p00{number}", "answer": "2b.why"}
    return {**place, "criterion": criterion, "confidence": confidence, "evidence": evidence}


FAULTS = [
    (of(1, 3, 0.5), "criterion 3: 2b.why has 2 criteria; write the number of one of them"),
    (of(1, 0, 0.5), "criterion: Input should be greater than or equal to 1"),
    (of(1, 1, 1.5), "confidence: Input should be less than or equal to 1"),
    (of(1, 1, 0.5) | {"confidence": "high"}, "confidence: Input should be a valid number"),
    (of(1, 1, 0.9, "the products"), "'the products' is not in the answer; quote it"),
    (of(9, 1, 0.5), "no answer for a person is called 'p009 2b.why'; name a group"),
    (of(1, 1, 0.5) | {"answer": "1a.size"}, "no answer for a person is called 'p001 1a.size'"),
    ({"criterion": 1, "confidence": 1, "group": "bcdf"}, "no answer for a person is called 'bcdf'"),
    ({"criterion": 1}, "confidence: Field required"),
]


@pytest.mark.parametrize(("line", "said"), FAULTS, ids=[said[:30] for _, said in FAULTS])
def test_a_fault_is_located_and_nothing_is_kept(
    line: dict[str, object], said: str, exam: Path
) -> None:
    with pytest.raises(InputError) as caught:
        take_proposals(exam, proposals(exam, of(2, 2, 0.8, "shrinks"), line), "model")
    [fault] = caught.value.faults
    assert f"proposals.jsonl:2: {said}" in str(fault)
    assert not any(group["proposals"] for group in groups(exam))


def test_proposals_are_shown_and_compared_and_never_marks(exam: Path) -> None:
    by_text = {str(group["text"]): group for group in groups(exam)}
    file = proposals(
        exam,
        {"group": by_text[ANSWERS[0]]["id"], "criterion": 1, "confidence": 1}
        | {"evidence": "The PRODUCT shrinks"},
        of(2, 1, 0.2),
        of(2, 1, 0.6, "<b>"),
        of(3, 1, 0.0),
    )
    assert is_proposals(file)
    done = CliRunner().invoke(app, ["mark", str(exam), str(file), "--by", "model"])
    assert done.stdout == (
        "model proposes about 5 criteria; no mark was changed\n"
        "examgen mark shows it beside the answers\n"
    )
    answers = [one.answers[-1] for one in read_results(exam / "grades")]
    assert [answer.marks for answer in answers] == [None] * 4
    shown = {str(group["text"]): group["proposals"] for group in groups(exam)}
    assert shown[ANSWERS[1]] == [
        {"criterion": 1, "by": "model", "evidence": "<b>", "confidence": "60 %"}
    ]
    assert not any(group["proposals"] for group in groups(exam, "second"))
    saved = exam / "saved.jsonl"
    waiting = groups(exam)
    for opinion, by in (("first", "Ada"), ("second", "Bob")):
        lines = [
            {"group": group["id"], "answer": "2b.why", "papers": group["papers"]}
            | {"criteria": ["2" if "product" in str(group["text"]) else "0", "0"]}
            | {"opinion": opinion}
            for group in waiting
        ]
        saved.write_text("".join(json.dumps(line) + "\n" for line in lines))
        assert not is_proposals(saved)
        found = take_marks(exam, saved, by)
    assert [(name, one.count, one.same) for name, one in found.markers.proposals.items()] == [
        ("2b.why 1, model and first", 4, Fraction(3, 4)),
        ("2b.why 1, model and second", 4, Fraction(3, 4)),
    ]
