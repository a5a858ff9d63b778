"""Question files with a fault that once went unseen: each is refused in a line that says where."""

from pathlib import Path

import pytest

from examgen.ground.errors import InputError
from examgen.proof import prove
from examgen.proof.files import exam_of, read
from generator.pdf.pdflatex import engine
from generator.variants.assemble import copies, papers

HEAD = """---
title: Rods
vary:
  p: [12, 18]
  q: [-4, -9]
values:
  r: {formula: FORMULA, symbol: r, says: the rest}
answers:
  r: {ANSWER, marks: 2}
---
"""
SUM = "p+q"
needs_tex = pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")


def _written(folder: Path, body: str, formula: str = SUM, answer: str = "number: r") -> Path:
    path = folder / "rods.tex"
    head = HEAD.replace("FORMULA", formula).replace("ANSWER", answer)
    path.write_text(f"{head}{body}\n", encoding="utf-8")
    return path


REFUSED = [
    ("percent in words", r"Half of \V{p} is 50% more than % \V{q}. \answer{r}", 11, "comment"),
    ("percent before an answer", "\\V{p}, \\V{q}.\nWrite % the sum \\answer{r}", 12, "comment"),
    ("unknown name", r"\V{p} \V{q} \V{s} \answer{r}", 11, "no quantity 's'"),
    ("block left open", r"\V{p} \V{q} \B{if p > 2} \answer{r}", 11, "Unexpected end"),
    ("answer twice", r"\V{p} \V{q} \answer{r} \answer{r}", 11, "occurs twice"),
    ("unknown answer", "\\V{p} \\V{q}\n\\answer{x}", 12, "no answer 'x'"),
    ("faulty figure", "\\V{p} \\V{q}\n\\plot{kind=line, z=2} \\answer{r}", 12, "no part 'z=2'"),
]


@pytest.mark.parametrize(
    ("body", "line", "what"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_text_that_would_not_be_printed_is_refused(
    body: str, line: int, what: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as error:
        read(_written(tmp_path, body))
    (fault,) = error.value.faults
    assert (fault.line, what in str(fault)) == (line, True)


KEYS = [
    ("number: r/7", "write it under values"),
    ("integer: 4 +", ""),
    ('set: "{3, 4"', ""),
    ('interval: "[r, 9"', ""),
    ("expression: 2*(p", ""),
    ("inequality: x >", ""),
    ("quantity: r, unit: cubits", "cubits"),
    ("integer: r, mistakes: [{says: no, answer: 7, share: 0.5}]", "mistakes"),
]


@pytest.mark.parametrize(("answer", "what"), KEYS, ids=[key for key, _ in KEYS])
def test_a_key_that_cannot_be_is_refused_with_its_line(
    answer: str, what: str, tmp_path: Path
) -> None:
    path = _written(tmp_path, r"\V{p} \V{q} \answer{r}", answer=answer)
    try:
        said = "\n".join(next(iter(prove([path], jobs=1, limit=4))).faults)
    except InputError as error:
        said = str(error)
    assert f"{path}:9" in said or "rods.tex:9" in said
    assert what in said


PRINTED = [
    (r"$\V{q}^2$", "$(-4)^2$"),
    (r"$2^\V{p}$", "$2^{12}$"),
    (r"$\V{p}\V{q}$", "$12(-4)$"),
    (r"$\V{p}\V{p}$", "$12(12)$"),
    (r"$\V{p}-\V{q}$", "$12-(-4)$"),
    (r"$x_\V{p}$", "$x_{12}$"),
    (r"$3\V{q}x+\V{q}$", "$3(-4)x+(-4)$"),
    (r"\V{p}\% and \V{p}%", r"12\% and 12\%"),
    (r"\V{p} \num{\V{p * 1000}}", r"12 \num{12000}"),
]


@pytest.mark.parametrize(("text", "latex"), PRINTED, ids=[text for text, _ in PRINTED])
def test_a_value_is_printed_as_it_is_meant(text: str, latex: str, tmp_path: Path) -> None:
    path = _written(tmp_path, rf"{text} \answer{{r}}")
    exam = exam_of(read(path))
    bodies = {papers(exam, f"{seed}", copies(1)).__next__().parts[0].body for seed in range(20)}
    assert latex in {body.removesuffix(r" \answer{r}") for body in bodies}


HIDDEN = [
    ("iffalse", "\\V{p} \\V{q}\n\\iffalse Beware of \\V{p}\\fi \\answer{r}", 12, "Beware"),
    ("phantom", "\\V{q}\n\\phantom{\\V{p}} \\answer{r}", 12, "\\V{p}"),
    ("field off the sheet", "\\V{p} \\V{q}\n\n\\hspace*{25cm}\\mbox{\\answer{r}}", 13,
     "off the sheet"),
    ("overfull line", "\\V{p} \\V{q}\n\n\\mbox{" + "abcdefgh " * 15 + "} \\answer{r}", 13,
     "over the right"),
    ("TeX error", "\\V{p} \\V{q}\n\\nonsense \\answer{r}", 12, "Undefined control sequence"),
]  # fmt: skip


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize(
    ("body", "line", "what"), [row[1:] for row in HIDDEN], ids=[row[0] for row in HIDDEN]
)
def test_what_the_paper_lacks_is_a_fault_with_its_line(
    body: str, line: int, what: str, tmp_path: Path
) -> None:
    (report,) = prove([_written(tmp_path, body)], jobs=1)
    said = [fault for fault in report.faults if f"rods.tex:{line}: " in fault]
    assert any(what in fault for fault in said), report.faults
    assert not any("\n" in fault for fault in report.faults)


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize(
    ("answer", "formula"),
    [
        ("number: r, sigfigs: 3", "p/7 + q"),
        ("quantity: r, unit: m, sigfigs: 2", "p*q/7"),
        ("number: r, decimals: 1", "sqrt(p) + q"),
    ],
)
def test_a_key_of_so_many_figures_is_proven(answer: str, formula: str, tmp_path: Path) -> None:
    path = _written(tmp_path, r"Rods of $\V{p}$ and $\V{q}$. \answer{r}", formula, answer)
    (report,) = prove([path], jobs=1)
    assert report.faults == []


def test_a_mistake_that_touches_nothing_is_said(tmp_path: Path) -> None:
    path = _written(tmp_path, r"\V{p} \V{q} \answer{r}")
    idle = "  s: {formula: p*q}\nmistakes:\n  m: {says: multiplied, s: p-q}\nanswers:"
    path.write_text(path.read_text().replace("answers:", idle))
    (report,) = prove([path], jobs=1)
    assert any("the mistake m replaces s" in said for said in report.notices)
