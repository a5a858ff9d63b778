"""`working:` of an answer: its steps and their shares, what is refused, and where it is printed."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from examgen.folder.key import AnswerKey
from examgen.ground.errors import InputError
from generator.exams.exam_file import exam_from_text
from generator.render import key_tex, paper_html, paper_tex
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from pathlib import Path

    from generator.variants.paper import Paper

QUESTION = r"""---
title: Boxes
given: {a: 7, b: 5, n: 12}
values:
  area: {formula: a * b, symbol: A, says: area}
  volume: {formula: area * n, symbol: V, says: volume}
  half: {formula: volume / 2, symbol: 'V_{\mathrm{half}}', says: half the volume}
answers:
  base: {integer: area, marks: 2, label: area}
  half: {integer: half, marks: 8, label: half the volume, working: WORKING}
  sides: {shape: [area, half], marks: 1, label: both, WORKING_TOO}
---
Sides $\V{a}$, $\V{b}$, height $\V{n}$. \answer{base} \answer{half} \answer{sides}
"""


def printed(folder: Path, working: str, too: str = "trivial: false") -> Paper:
    """A paper that asks for the boxes."""
    text = QUESTION.replace("WORKING_TOO", too).replace("WORKING", working)
    (folder / "boxes.tex").write_text(text, "utf-8")
    exam = exam_from_text("course: c\ntitle: t\nquestions: [{title: q, parts: [{use: boxes}]}]\n",
                          "x.yaml", [folder])  # fmt: skip
    return next(iter(papers(exam, "1", copies(1))))


def shares(paper: Paper, name: str = "half") -> dict[str, Fraction]:
    """The shares of an answer's steps."""
    (answer,) = (a for a in paper.key.answers if a.id == f"1a.{name}")
    assert isinstance(answer, AnswerKey)
    return dict(answer.working)


def test_steps_are_those_not_asked_for_above(tmp_path: Path) -> None:
    """The area was asked for; volume and half of it are left."""
    half = Fraction(1, 2)
    assert shares(printed(tmp_path, "true")) == {"volume": half, "half": half}
    assert shares(printed(tmp_path, "'no'")) == {}


def test_weights_are_shares(tmp_path: Path) -> None:
    found = shares(printed(tmp_path, "{half: 3, volume: 1}"))
    assert found == {"volume": Fraction(1, 4), "half": Fraction(3, 4)}
    assert shares(printed(tmp_path, "{half: 2}")) == {"volume": 0, "half": 1}


@pytest.mark.parametrize(
    ("working", "too", "said"),
    [
        ("maybe", "trivial: false", "neither yes nor what its steps count"),
        ("{half: -1}", "trivial: false", "the weight of half is no number from 0 on"),
        ("{half: x}", "trivial: false", "the weight of half is no number from 0 on"),
        ("{area: 1}", "trivial: false", "half has no step area"),
        ("{halb: 1}", "trivial: false", "its steps are volume, half"),
        ("{half: 0}", "trivial: false", "half has no step that counts"),
        ("true", "working: true", "sides has no steps that lead to it"),
    ],
)
def test_what_is_refused(tmp_path: Path, working: str, too: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        printed(tmp_path, working, too)
    assert said in str(error.value)
    assert "boxes.tex:" in str(error.value)


def test_where_it_is_printed(tmp_path: Path) -> None:
    """A box and a field for several lines; the key has the marks of each step."""
    paper = printed(tmp_path, "{half: 3, volume: 1}")
    assert r"\writingspace{1a.half}{1a/half}" in paper_tex(paper)
    assert r"\blank{1a.half}" not in paper_tex(paper)
    assert '<textarea id="1a.half"' in paper_html(paper)
    assert "with your working" in paper_html(paper)
    key = key_tex(paper)
    assert r"volume~[2]" in key
    assert r"half the volume~[6]" in key
