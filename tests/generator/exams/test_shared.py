"""Parameters that parts share, the text before them, and parts to choose: faults and draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from examgen.ground.errors import InputError
from generator.exams.exam_file import exam_from_text
from generator.questions.draw import NoDraw
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = """---
title: t
vary: {{n: {0}, m: [1, 2]}}
where: {1}
values: {{s: n + m + 5}}
answers:
  it: {{integer: s, marks: {2}}}
---
It is $\\V{{n}}$, $\\V{{m}}$. \\answer{{it}}
"""
EXAM = "course: c\ntitle: t\n{}questions:\n  - title: q\n    parts: [one, two]\n{}"


def _papers(
    folder: Path, more: str, everywhere: str = "", where: str = "n > 0", marks: int = 2
) -> list[dict[str, dict[str, str]]]:
    (folder / "one.tex").write_text(QUESTION.format("[3, 4, 5, 6]", "n > 0", 2), "utf-8")
    (folder / "two.tex").write_text(QUESTION.format("[4, 5, 6, 7]", where, marks), "utf-8")
    (folder / "three.tex").write_text(QUESTION.format("[8]", "n > 0", 2), "utf-8")
    exam = exam_from_text(EXAM.format(everywhere, more), "x.yaml", [folder])
    return [
        {part.id: dict(part.model.inputs) for part in paper.key.parts}
        for paper in papers(exam, "1", copies(30))
    ]


@pytest.mark.parametrize(
    ("more", "everywhere"), [("    share: [n]\n", ""), ("", "share: n\n"), ("    share: n\n", "")]
)
def test_what_is_shared_is_the_same_and_what_is_not_is_drawn(
    more: str, everywhere: str, tmp_path: Path
) -> None:
    found = _papers(tmp_path, more, everywhere)
    assert all(paper["1a"]["n"] == paper["1b"]["n"] for paper in found)
    assert {paper["1a"]["n"] for paper in found} == {"4", "5", "6"}
    assert any(paper["1a"]["m"] != paper["1b"]["m"] for paper in found)


def test_a_shared_value_is_one_that_all_parts_accept(tmp_path: Path) -> None:
    found = _papers(tmp_path, "    share: [n]\n", where="n == 5")
    assert {paper["1a"]["n"] for paper in found} == {"5"}
    with pytest.raises(NoDraw, match="n are shared, and where: n == 7 does not hold"):
        _papers(tmp_path, "    share: [n]\n", where="n == 7")


FAULTS = [
    ("    share: [k]\n", ":6: share: k is drawn by 0 of the parts"),
    ("    share: [n]\n  - title: r\n    share: [n]\n    parts: [one, three]\n",
     ":8: share: n has no value that all parts can take"),
    ("    text: It is $\\V{k}$.\n", ":6: text: there is no quantity 'k'"),
    ("    text: It is $\\V{n}$.\n", ":6: text: there is no quantity 'n'"),
    ("    choose: 2\n", ":6: choose: 2 of 2 parts"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "said"), FAULTS)
def test_a_fault_is_named_with_its_line(more: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        _papers(tmp_path, more)
    assert said in str(error.value)


def test_parts_to_choose_have_equal_marks(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="choose: the parts have different marks"):
        _papers(tmp_path, "    choose: 1\n", marks=3)
