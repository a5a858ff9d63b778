"""Questions and derivations of another package, found by its entry points; licences that differ."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from examgen.ground.errors import ExamgenError
from examgen.proof.family import prove
from examgen.proof.files import questions_of
from examgen.proof.licences import mixed_licences
from generator.exams.exam_file import read_exam
from solvers import catalogue

DERIVATION = """
from solvers.graph.derivation import Derivation
from solvers.graph.domain import COUNT

ring = Derivation("tiny_ring", "A ring of atoms")
ring.input("atoms", "n", "atoms", COUNT)

@ring.quantity(symbol="b", says="bonds")
def bonds(atoms):
    return atoms + atoms

@ring.proof
def oracle(atoms):
    return {"bonds": sum(2 for _ in range(atoms))}
"""
QUESTION = r"""---
title: A ring
licence: CC BY 4.0
authors: [A. Chemist]
derivation: tiny_ring
vary: {atoms: [5, 6, 7]}
answers: {bonds: {integer: bonds, marks: 1}}
---
How many bonds has a ring of \V{atoms} atoms? \answer{bonds}
"""
OWN = r"""---
title: Mine
vary: {n: [5, 6, 7]}
values: {double: 2 * n}
answers: {double: {integer: double, marks: 1}}
---
Double \V{n}. \answer{double}
"""
POINTS = "[examgen.questions]\ntiny = tiny_bank\n[examgen.derivations]\ntiny = tiny_bank.rings\n"


def forget_derivations() -> None:
    catalogue.derivations.cache_clear()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Install a tiny package with one question and one derivation."""
    for name, text in {
        "tiny_bank/__init__.py": "", "tiny_bank/rings.py": DERIVATION,
        "tiny_bank/chemistry/ring.tex": QUESTION, "tiny-1.dist-info/entry_points.txt": POINTS,
        "tiny-1.dist-info/METADATA": "Name: tiny\nVersion: 1\n", "mine.tex": OWN,
        "quiz.yaml": "course: C\ntitle: T\nquestions:\n"
                     "  - {title: One, parts: [chemistry/ring, mine]}",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    forget_derivations()
    yield tmp_path
    forget_derivations()
    for name in [name for name in sys.modules if name.startswith("tiny_bank")]:
        del sys.modules[name]


def test_questions_and_derivations_of_a_package_are_proven(package: Path) -> None:
    paths = questions_of([package / "quiz.yaml"])
    assert paths[0] == package / "tiny_bank" / "chemistry" / "ring.tex"
    assert [report.faults for report in prove(paths, jobs=1)] == [[], []]
    assert "tiny_ring" in catalogue.derivations()


def test_licences_that_differ_are_said(package: Path) -> None:
    exam = read_exam(package / "quiz.yaml")
    assert exam.parts[0].question.origin.authors == ("A. Chemist",)
    (said,) = mixed_licences(exam)
    assert said == (
        "the questions have different licences: CC BY 4.0: 1 question (chemistry/ring); "
        "no licence: 1 question (mine)"
    )


def test_a_package_that_does_not_load_is_one_line(package: Path) -> None:
    (package / "tiny_bank" / "rings.py").write_text("import no_such_module\n", encoding="utf-8")
    with pytest.raises(ExamgenError, match=r"tiny_bank.rings \(examgen.derivations\) cannot be"):
        catalogue.derivations()
