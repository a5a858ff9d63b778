r"""Blanks in sentences and tables, and matrices of boxes: how they are printed and marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from examgen.ground.errors import InputError
from generator.exams.exam_file import exam_from_text
from generator.questions.question_file import read_question
from generator.render import paper_html, paper_tex
from generator.render.key import key_tex
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from pathlib import Path

    from generator.variants.paper import Paper

HEAD = r"""---
title: t
vary: {a: [3], b: [5]}
values:
  M: '[[a, b], [1/a, 2]]'
  v: '[a, b, a*b]'
  s: a + b
mistakes:
  flip: {says: exchanged, M: '[[a, 1/a], [b, 2]]', share: 50%}
answers:
  sum: {integer: s, marks: 1}
  inverse: {matrix: M, boxes: 2x2, marks: 4}
  vector: {list: v, boxes: 3, marks: 3, width: 10 mm}
  sign: {choice: positive, options: [positive, negative], marks: 1}
  prose: {rubric: [{says: yes, marks: 1}]}
---
"""
BODY = r"""With $\V{a}$ and $\V{b}$ the sum is \blank{sum}, which is \blank{sign}.
The inverse is \answer{inverse}
\begin{tabular}{l}\answer{vector}\end{tabular} \answer{prose}
"""


def _paper(folder: Path, text: str = HEAD + BODY) -> Paper:
    (folder / "q.tex").write_text(text, "utf-8")
    exam = "course: c\ntitle: t\nquestions: [{title: q, parts: [q]}]\n"
    return next(iter(papers(exam_from_text(exam, "x.yaml", [folder]), "1", copies(1))))


def test_each_box_of_a_matrix_is_an_answer_with_its_mistakes(tmp_path: Path) -> None:
    keys = {answer.id: answer for answer in _paper(tmp_path).key.answers}
    cells = {name: keys[f"1a.{name}"] for name in ("inverse_1_2", "inverse_2_1", "vector_3")}
    assert [str(one.expected) for one in cells.values()] == ["5", "1/3", "15"]  # type: ignore[union-attr]
    assert [str(one.marks) for one in cells.values()] == ["1", "1", "1"]
    assert [one.label for one in cells.values()] == ["row 1, column 2", "row 2, column 1", "row 3"]
    wrong = cells["inverse_1_2"].mistakes  # type: ignore[union-attr]
    assert [(one.name, one.expected) for one in wrong] == [("flip", "1/3")]
    assert not keys["1a.inverse_1_1"].mistakes  # type: ignore[union-attr]


def test_boxes_stand_where_the_sentence_has_them(tmp_path: Path) -> None:
    paper = _paper(tmp_path)
    tex, html, key = paper_tex(paper), paper_html(paper), key_tex(paper)
    assert r"the sum is \inlineblank{1a.sum\enspace[1]}{1a/sum}" in tex
    assert tex.count(r"\cellblank{") == 4 + 3
    assert "{1a/vector_3}" in tex
    assert r"{10mm}" in tex
    assert r"which is \inlineoptions{1a.sign}{1}" in tex
    assert html.count('<span class="matrix">') == 2
    assert 'name="1a.inverse_2_1" aria-label="row 2, column 1"' in html
    assert "the sum is <span" in html
    assert r"the sum is \keyblank{$8$}, which is \keyblank{positive}" in key


FAULTS = [
    (r"\blank{sum}", r"$x = \blank{sum}$", ":17: \\blank{sum} is in a formula"),
    (r"\answer{prose}", r"\blank{prose}", ":19: prose has no place in a sentence"),
    ("boxes: 2x2", "boxes: 2", ":12: boxes: expected rows and columns, found '2'"),
    ("boxes: 3", "boxes: 3x1", ":13: boxes: expected rows and columns, found '3x1'"),
    ("boxes: 3, marks: 3", "boxes: 3, marks: 3, mistakes: {x: {says: x, answer: 1}}",
     ":13: boxes: have no mistakes of their own"),
    ("  s: a + b", "  s: a + b\n  vector_2: a", ":14: boxes: vector_2 is the name of something"),
    ("matrix: M", "matrix: N", ":12: boxes: 'N' is no value"),
    ("width: 10 mm", "width: 10", ":13: width: expected a length"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "said"), FAULTS)
def test_a_fault_is_named_with_its_line(right: str, wrong: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text((HEAD + BODY).replace(right, wrong, 1), "utf-8")
    with pytest.raises(InputError) as error:
        read_question(path, "q")
    assert said in str(error.value)


@pytest.mark.parametrize("size", ["3x2", "2x3", "2x1"])
def test_a_matrix_of_another_size_is_never_printed(size: str, tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"does not hold|is no element of a list"):
        _paper(tmp_path, (HEAD + BODY).replace("boxes: 2x2", f"boxes: {size}"))
