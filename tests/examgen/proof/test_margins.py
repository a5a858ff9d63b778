"""`check` finds what runs over the margins of the paper or of the key, and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from examgen.proof import prove
from generator.pdf import formats
from generator.pdf.overfull import Overfull, overfull
from generator.pdf.pdflatex import engine

HEAD = r"""---
title: Distances
vary: {n: [5, 7]}
values: {y: n**2 + 4}
answers:
"""
FOUR = "".join(f"  {name}: {{integer: y, marks: 1}}\n" for name in "abcd")
ONE = "  a: {integer: y, marks: 1}\n"
WIDE = r"\begin{tabular}{llll}\answer{a} & \answer{b} & \answer{c} & \answer{d}\end{tabular}"

RULE = "\\answer{a} \\V{n}\n\n\\noindent\\rule{LENGTH}{1mm}"
OWN_RULE = "\\answer{a} \\V{n}\n\\solution\nSo:\n\n\\noindent\\rule{LENGTH}{1mm}"
FORMULA = "\\answer{a} \\V{n}\n\\[" + "+ aaaaaaa " * 20 + "\\]"

# A4 less two margins of 18 mm has 174 mm = 495.1 pt; a part of the paper is indented by 8 mm more.
# 20 cm are 569.1 pt, 19.9 cm 566.2 pt, 18.2 cm 517.8 pt, 16.65 cm 473.7 pt.
CUT = [
    ("fields in a table", FOUR, "For $n=\\V{n}$:\n\n" + WIDE, "the paper runs", 13),
    ("a rule", ONE, RULE.replace("LENGTH", "20cm"), "the paper runs 97 pt", 10),
    ("a long formula", ONE, FORMULA, "the paper runs", 9),
    ("the own solution", ONE, OWN_RULE.replace("LENGTH", "19.9cm"), "the key runs 71 pt", 12),
]
OVER = [
    ("a little", ONE, RULE.replace("LENGTH", "18.2cm"), "the paper runs 46 pt"),
    ("in the key", ONE, OWN_RULE.replace("LENGTH", "18.2cm"), "the key runs 23 pt"),
]
INSIDE = [
    ("as usual", ONE, r"$n=\V{n}$ \answer{a}"),
    ("a field in a table", ONE, r"\begin{tabular}{l}$n=\V{n}$ \\ \answer{a}\end{tabular}"),
    ("a point", ONE, RULE.replace("LENGTH", "16.65cm")),
]
needs_tex = pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")


def _checked(folder: Path, answers: str, body: str) -> tuple[str, str]:
    path = folder / "question.tex"
    path.write_text(f"{HEAD}{answers}---\n{body}\n")
    (report,) = prove([path], jobs=1)
    return "\n".join(report.faults), "\n".join(report.notices)


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize(
    ("answers", "body", "said", "line"), [row[1:] for row in CUT], ids=[row[0] for row in CUT]
)
@pytest.mark.parametrize("worth", [1, 1_000], ids=["format", "whole"])
def test_what_leaves_the_sheet_is_a_fault(
    answers: str,
    body: str,
    said: str,
    line: int,
    worth: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(formats, "WORTH", worth)
    faults, _ = _checked(tmp_path, answers, body)
    assert f"question.tex:{line}: {said}" in faults
    assert "off the sheet" in faults


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize(
    ("answers", "body", "said"), [row[1:] for row in OVER], ids=[row[0] for row in OVER]
)
def test_what_leaves_the_margin_is_a_fault(
    answers: str, body: str, said: str, tmp_path: Path
) -> None:
    faults, _ = _checked(tmp_path, answers, body)
    assert said in faults
    assert "over the right margin" in faults
    assert "off the sheet" not in faults


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize(
    ("answers", "body"), [row[1:] for row in INSIDE], ids=[row[0] for row in INSIDE]
)
def test_what_stays_inside_is_not_mentioned(answers: str, body: str, tmp_path: Path) -> None:
    assert _checked(tmp_path, answers, body) == ("", "")


LOGS = [
    (r"Overfull \hbox (15.2pt too wide) in paragraph at lines 193--197", ("right", 15.2, 193, 197)),
    (r"Overfull \hbox (17.8pt too wide) detected at line 159", ("right", 17.8, 159, 159)),
    (r"Overfull \hbox (2.0pt too wide) in alignment at lines 5--9", ("right", 2.0, 5, 9)),
    (r"Overfull \vbox (90.5pt too high) has occurred while \output is active",
     ("bottom", 90.5, 0, 0)),
    (r"Overfull \hbox (1.99pt too wide) detected at line 159", None),
    (r"Underfull \hbox (badness 10000) in paragraph at lines 1--2", None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "found"), LOGS)
def test_a_log_is_read(line: str, found: tuple[str, float, int, int] | None) -> None:
    log = f"[1]\n{line}\n[]\\T1/lmr/m/n/10.95 at line 7\n"
    assert overfull(log) == ((Overfull(*found),) if found else ())


@pytest.mark.tex
@needs_tex
def test_a_step_of_one_long_bracket_stays_on_the_key() -> None:
    (report,) = prove([Path("templates/questions/rnn/forward.tex")], jobs=1, limit=4)
    assert not [said for said in (*report.faults, *report.notices) if "margin" in said]
