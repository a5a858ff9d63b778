"""`check` proves what is right and finds each kind of fault that is planted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from examgen.folder import model as models
from examgen.ground.errors import InputError
from examgen.proof import bank, prove
from examgen.proof.space import Space
from generator.pdf.pdflatex import engine
from generator.variants import assemble
from generator.variants.paper import Part
from solvers.catalogue import find
from tests.bundled import LONG

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from examgen.proof import FamilyReport
    from solvers.graph.derivation import Derivation
    from solvers.graph.term import Term

OWN = r"""---
title: Weights
vary:
  kernel: [3, 5, 7]
  channels: [8, 16]
values: {weights: kernel**2 * channels}
mistakes:
  not_squared: {says: one side only, share: 0.5, weights: kernel * channels}
answers:
  weights: {integer: weights, marks: 2}
examples:
  - given: {kernel: 3, channels: 8}
    gives: {weights: 72}
---
A filter of $\V{kernel} \times \V{kernel}$ reads $\V{channels}$ channels. How many weights?
\answer{weights}
"""
LAYER = r"""---
title: Layer
derivation: linear
vary: {in_features: [4, 5], out_features: [7, 9]}
answers:
  parameters: {integer: parameters, marks: 2}
---
A layer maps \V{in_features} to \V{out_features} features. How many parameters? \answer{parameters}
"""


def proven(folder: Path, text: str) -> FamilyReport:
    path = folder / "question.tex"
    path.write_text(text)
    (report,) = prove([path], jobs=1)
    return report


def test_what_is_right_is_proven(tmp_path: Path) -> None:
    report = proven(tmp_path, OWN)
    assert report.faults == []
    assert (report.size, report.proven, report.refused, report.distinct) == (6, 6, 0, 6)
    assert report.mistakes == 6
    assert report.notations > 6 * 10
    assert proven(tmp_path, LAYER).faults == []


# Wrong answers that are the right one, for one member at least, or in another notation.
SAME = [
    ("72", "integer: weights"),
    ("72.0", "integer: weights"),
    ("785", "number: weights, rel: 1%"),
    ("0x5", "text: 0x5"),
    ("1 + x", "expression: x+1, variables: [x]"),
    ("5e0", "number: 5"),
    ("B", "choice: B, options: [A, B]"),
    ("{2, 1}", "set: '{1, 2}'"),
]
EXAMPLE = "examples:\n  - given: {kernel: 3, channels: 8}\n    gives: {weights: 72}\n"

PLANTED = [
    ("wrong example", OWN.replace("{weights: 72}", "{weights: 24}"), "weights is 72, not 24"),
    ("wrong formula", OWN.replace("kernel**2 * channels}\nm", "kernel**3 * channels}\nm"),
     "weights is 216, not 72"),
    ("mistake equal to the key",
     OWN.replace("weights: kernel * channels", "weights: channels * kernel**2"),
     "no member can be printed ("),
    ("leaked answer", OWN.replace("How many", r"It has \V{weights} weights. How many"),
     "the text prints weights, which is the answer weights"),
    ("unsaid parameter", OWN.replace(r"reads $\V{channels}$ channels", "reads channels"),
     "weights depends on channels, which the text does not print"),
    ("value that nothing uses",
     OWN.replace("channels: [8, 16]", "channels: [8, 16]\n  stride: [1, 2]").replace(
         "reads", r"with stride $\V{stride}$ reads"),
     "stride is given and nothing that is asked depends on it; ask for what it is needed for"),
    ("given value that nothing uses", OWN.replace("vary:", "given: {stride: 2}\nvary:", 1),
     "stride is given and nothing that is asked depends on it"),
    ("example outside the question", OWN.replace("vary:\n", "where: kernel > 3\nvary:\n"),
     "is outside the question"),
    ("broken LaTeX", OWN.replace("How many", r"\undefinedmacro How many"), "TeX failed"),
    *((f"mistake {wrong} of an answer",
       OWN.replace("  weights: {integer: weights, marks: 2}", f"  weights: {{{asked}, marks: 2, "
                   f"mistakes: {{same: {{says: x, answer: '{wrong}'}}}}}}").replace(EXAMPLE, ""),
       "the mistake same is judged right in 1a.weights")
      for wrong, asked in SAME),
    ("notation that is not accepted",
     OWN.replace("marks: 2}", "marks: 2, sigfigs: 1, abs: 0}"), "is not judged right"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"), [row[1:] for row in PLANTED], ids=[r[0] for r in PLANTED]
)
def test_a_planted_fault_is_found(text: str, said: str, tmp_path: Path) -> None:
    faults = "\n".join(proven(tmp_path, text).faults)
    assert said in faults
    assert "question.tex" in faults


SPARE = (
    OWN.replace("channels: [8, 16]", "channels: [8, 16]\n  spare: [2, 5]")
    .replace("reads", r"at $\V{spare}$ places reads")
    .replace("channels: 8}", "channels: 8, spare: 2}")
)
WHY = "  why: {rubric: [{says: x, marks: 1}], model: 'since $\\V{spare}$'}\nexamples:"
USED = [
    ("by a mistake", SPARE.replace("weights: kernel * channels", "weights: kernel * spare")),
    ("by a model answer", SPARE.replace("examples:", WHY)),
    ("by the author's solution", SPARE + "\n\\solution\nSee $\\V{spare}$.\n"),
    ("as another's value", OWN.replace("channels: [8, 16]", "side: [8, 16]\n  channels: side")
     .replace("channels: 8}", "side: 8}").replace(r"\V{channels}", r"\V{side}")),
]  # fmt: skip


@pytest.mark.parametrize("text", [row[1] for row in USED], ids=[row[0] for row in USED])
def test_a_value_may_be_used_beside_the_answers(text: str, tmp_path: Path) -> None:
    assert proven(tmp_path, text).faults == []


def test_a_wrong_formula_in_a_solver_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong(in_features: Term, out_features: Term) -> Term:
        return in_features * out_features + in_features

    def found(name: str) -> Derivation:
        derivation = find(name).extensible_copy()
        node = derivation.nodes["parameters"]
        derivation.nodes["parameters"] = type(node)(**{**vars(node), "function": wrong})
        return derivation

    models._derivation.cache_clear()
    monkeypatch.setattr(models, "find", found)
    faults = proven(tmp_path, LAYER).faults
    models._derivation.cache_clear()
    assert any("parameters" in fault and "--with in_features=4" in fault for fault in faults)


def test_a_convention_that_is_not_printed_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*given: object) -> Part:
        part = Part(*given)  # type: ignore[arg-type]
        return Part(**{**vars(part), "conventions": ()})

    monkeypatch.setattr(assemble, "Part", silent)
    faults = "\n".join(proven(tmp_path, LAYER).faults)
    assert "the paper does not state the convention: Each unit has one bias." in faults


def test_another_convention_is_a_mistake_with_a_name(tmp_path: Path) -> None:
    text = LAYER.replace("derivation: linear", "derivation: lstm").replace(
        "in_features", "input_size").replace("out_features", "hidden_size")  # fmt: skip
    path = tmp_path / "question.tex"
    path.write_text(text)
    (report,) = prove([path], jobs=1)
    assert report.faults == []


def test_a_large_space_is_covered_by_pairs() -> None:
    lists = {name: tuple(map(str, range(10))) for name in "abcdef"}
    space = Space("q", lists, limit=1_000)
    assert not space.is_whole
    rows = list(space.members())
    assert len(rows) < 1_000
    for one, other in (("a", "b"), ("a", "f"), ("c", "e")):
        assert len({(row[one], row[other]) for row in rows}) == 100
    assert rows == list(space.members())


def test_a_few_members_by_what_is_held(tmp_path: Path) -> None:
    path = tmp_path / "question.tex"
    path.write_text(OWN)
    held: Mapping[str, str] = {"kernel": "5"}
    (report,) = prove([path], fixed=held, jobs=1)
    assert report.size == 2


@pytest.mark.parametrize("path", bank(), ids=lambda path: path.stem)
def test_every_question_of_the_bank_is_proven(path: Path) -> None:
    # Some of its members: `make bank` proves all that `check` tries.
    (report,) = prove([path], limit=60 if LONG else 20, jobs=1)
    assert report.faults == []
    assert report.proven > 0


TEX_FAULTS = [
    ("undefined", "A filter of", "A filter\n\\nonsense of", 16),
    (
        "solution",
        "\\answer{weights}\n",
        "\\answer{weights}\n\n\\solution\nSo it is\n\\nonsense.\n",
        20,
    ),
]


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
@pytest.mark.parametrize(("right", "wrong", "line"), [row[1:] for row in TEX_FAULTS])
def test_a_fault_of_tex_is_shown_in_the_question(
    right: str, wrong: str, line: int, tmp_path: Path
) -> None:
    text = OWN.replace(right, wrong)
    expected = text.splitlines().index(next(t for t in text.splitlines() if "nonsense" in t)) + 1
    assert expected == line
    (fault, *_) = proven(tmp_path, text).faults
    assert f"question.tex:{line}: Undefined control sequence" in fault


ROUNDED = r"""---
title: Masses
vary: {a: [11, 13, 16]}
values: {mass: a + 3/10}
mistakes:
  whole: {says: another one, share: 0.5, mass: 13}
answers:
  mass: {quantity: mass, unit: kg, abs: 0.01 kg, marks: 2}
examples:
  - given: {a: 11}
    gives: {mass: 11.3 kg}
---
What do $\V{a}$ kg and 0.3 kg weigh together? \answer{mass}
"""
NOTICED = [
    (OWN.replace("not_squared: {says: one side only, share: 0.5, weights: kernel * channels}",
                 "idle: {says: x, spare: kernel}")
     .replace("values: {", "values: {spare: kernel + 1, "),
     "the mistake idle replaces spare, on which no answer depends"),
    (OWN.replace("weights: kernel * channels", "weights: 8 * kernel**2"),
     "3 of 6 members are left out; 3 because: the mistake not_squared gives the right weights"),
    (OWN.replace("kernel**2 * channels}", "kernel**2 * channels / (kernel - 5) * (kernel - 5)}")
     .replace("weights: kernel * channels", "weights: kernel + channels"),
     "2 of 6 members are left out; 2 because: "),
    (ROUNDED,
     "1 of 3 members are left out; 1 because: the mistake whole gives the right mass in fewer"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "notice"), NOTICED)
def test_what_may_be_meant_is_noticed(text: str, notice: str, tmp_path: Path) -> None:
    report = proven(tmp_path, text)
    assert report.faults == []
    assert notice in "\n".join(report.notices)


def test_an_integer_that_is_none_is_a_fault(tmp_path: Path) -> None:
    report = proven(
        tmp_path, OWN.replace("kernel**2 * channels}\nm", "kernel**2 * channels / 7}\nm")
    )
    assert any("which is not whole; write number:" in fault for fault in report.faults)


INDEXED = """---
title: An element
vary: {A: [[12, 25, 37], [33, 41, 59]], n: [1, 2]}
values: {v: FORMULA}
answers: {v: {integer: v, marks: 1, trivial: true}}
---
\\V{A} \\V{n} \\answer{v}
"""


@pytest.mark.parametrize("formula", ["A[n]", "A[-1] + n", "A[n - 1]", "A[0] * A[1] + n"])
def test_an_index_may_be_computed(formula: str, tmp_path: Path) -> None:
    assert proven(tmp_path, INDEXED.replace("FORMULA", f"'{formula}'")).faults == []


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("A[n + 7]", "is no element of a list: the list has 3 elements"),
        ("A[n / 3]", "which is not a whole number"),
        ("n[0]", "asks for an element of what is not a list"),
        ("A", "a list of values cannot be the answer of kind integer"),
    ],
)
def test_an_index_that_is_none_is_said(formula: str, message: str, tmp_path: Path) -> None:
    try:
        said = "\n".join(proven(tmp_path, INDEXED.replace("FORMULA", f"'{formula}'")).faults)
    except InputError as error:
        said = str(error)
    assert message in said


def test_a_parameter_may_be_the_answer(tmp_path: Path) -> None:
    text = INDEXED.replace("values: {v: FORMULA}\n", "").replace("integer: v", "integer: n")
    text = text.replace("A: [[12, 25, 37], [33, 41, 59]], n: [1, 2]", "n: [3, 4]")
    text = text.replace("\\V{A} ", "")
    assert proven(tmp_path, text).faults == []
    (tmp_path / "b").mkdir()
    (fault, *_) = proven(tmp_path / "b", text.replace(", trivial: true", "")).faults
    assert "can be had without calculating); ask for what is computed, or write trivial" in fault
