"""A made-up class on paper: simulated, scanned, settled, and graded as its truth says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("zxingcpp")

import pikepdf
from typer.testing import CliRunner

from answers.verdict import Verdict
from examgen.cli import app
from examgen.commands import scanning
from examgen.simulation.truth import Difference, compare
from generator.pdf.pdflatex import engine
from tests.examgen.simulation.settled import settled
from tests.grader.scan.stacks import make_exam

OPTIONS = {"one-to-one", "one-to-many", "many-to-one", "many-to-many", "yes", "no"}


def examgen(*words: str | Path) -> str:
    done = CliRunner().invoke(app, list(map(str, words)))
    assert (done.exit_code, done.exception) == (0, None), f"{words}: {done.output}"
    return done.output


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_a_class_on_paper_is_marked_as_its_truth_says(
    tmp_path: Path,
) -> None:
    exam = make_exam(tmp_path, papers=4)
    examgen("simulate", exam, "--seed", "5", "--scans")
    simulated, scans = exam / "simulated", exam / "scans"
    examgen("scan", exam, simulated / "scans", "--list")
    scored = json.loads(examgen("score", simulated, scans, "--json"))
    assert scored["wrong"] == []
    assert scored["counts"]["page: right"] >= 7
    examgen("scan", exam, "--transcribed", settled(exam, tmp_path / "filled.csv"), "--by", "Grace")
    examgen("grade", exam, scans)
    found = compare(simulated, exam / "grades")
    assert found.expected.total() == 24
    assert [str(one) for one in found.differences if not is_as_on_paper(one)] == []


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_a_stack_can_be_printed_and_scanned_by_somebody_who_counts_what_was_read(
    tmp_path: Path,
) -> None:
    exam = make_exam(tmp_path, papers=2)
    examgen("simulate", exam, "--seed", "5", "--scans", "--scanner", "print")
    simulated = exam / "simulated"
    (stack,) = (simulated / "scans").iterdir()
    with pikepdf.open(stack) as printed, pikepdf.new() as scanned:  # one sheet got lost
        scanned.pages.extend(reversed(printed.pages[1:]))
        scanned.save(tmp_path / "yours.pdf")
    examgen("scan", exam, tmp_path / "yours.pdf")
    scored = json.loads(examgen("score", simulated, exam / "scans", "--json"))
    assert scored["wrong"] == []
    assert scored["counts"]["page: waits"] == 1
    assert scored["counts"]["page: right"] == 3


def is_as_on_paper(one: Difference) -> bool:
    """Whether a mark is as it must be, where only the text is not: ticks have no notation."""
    written, marked = one.written, one.marked
    if marked is None or written.verdict is None:
        return False
    is_ticked = marked.text in OPTIONS or marked.verdict is Verdict.BLANK
    came = (marked.verdict, marked.mistake, marked.marks)
    is_option = (written.text or "").casefold() in OPTIONS
    return is_ticked and (
        came == (written.verdict, written.mistake, written.marks) or not is_option
    )


def test_without_the_extra_one_line_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "find_spec", lambda _: None)
    done = CliRunner().invoke(app, ["scan", str(tmp_path), str(tmp_path / "a.pdf")])
    assert done.exit_code == 1
    assert "(cv2 is missing): pip install 'examgen-toolkit[scan]'" in str(done.exception)
