"""What a wrong answer earns by the mistakes that give it, and what is said of it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from examgen.folder.key import AnswerKey, PaperKey
from generator.exams.exam_file import exam_from_text
from generator.variants.assemble import copies, papers
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from grader.scoring.marked import MarkedAnswer
from tests.bundled import first_papers

BANK = Path("templates/questions")
NAMES = sorted(p.relative_to(BANK).with_suffix("").as_posix() for p in BANK.rglob("*.tex"))


def key_of(name: str, given: dict[str, int], folder: Path = BANK) -> PaperKey:
    part = f"{{use: {name}, fix: {json.dumps(given)}}}"
    text = f"course: c\ntitle: t\nquestions: [{{title: q, parts: [{part}]}}]\n"
    return next(iter(papers(exam_from_text(text, "x.yaml", [folder]), "1", copies(1)))).key


def marked(key: PaperKey, answers: dict[str, str]) -> dict[str, MarkedAnswer]:
    paper = mark_paper(key, Submission("001", "001", {f"1a.{n}": t for n, t in answers.items()}))
    return {answer.id.partition(".")[2]: answer for answer in paper.answers}


BASIC = {"in_channels": 64, "out_channels": 128}
NOTHING = [
    ("resnet/basic_block", BASIC, "second"),
    ("resnet/basic_block", BASIC, "shortcut"),
    ("resnet/basic_block", BASIC, "norm"),
    ("resnet/bottleneck_block", {"in_channels": 64, "width": 32, "stride": 2}, "shortcut"),
]


@pytest.mark.parametrize(("name", "given", "answer"), NOTHING)
def test_nothing_is_paid_for_0(name: str, given: dict[str, int], answer: str) -> None:
    found = marked(key_of(name, given), {answer: "0"})[answer]
    assert found.marks == 0
    assert found.says


@pytest.mark.parametrize("name", NAMES)
def test_0_pays_for_no_question_of_the_bank(name: str) -> None:
    key = key_of(name, {})
    names = [one.id.partition(".")[2] for one in key.answers if isinstance(one, AnswerKey)]
    for answer in marked(key, dict.fromkeys(names, "0")).values():
        assert not answer.marks or answer.verdict == "correct", answer


def test_the_mistake_pays_where_it_leaves_something() -> None:
    # 9*64*128 + 64*128 + 3*2*128, without the second convolution; 230,144 less 8,192 and 2*128.
    key = key_of("resnet/basic_block", BASIC)
    assert marked(key, {"total": "82688"})["total"].marks == Fraction(1, 4)
    assert marked(key, {"total": "221696"})["total"].marks == Fraction(1, 4)


OWN = """---
title: Weights
vary: {a: [3, 4], b: [5, 6]}
values: {v: a * b, w: a * b + a, l: "[a, a * b]", none: a - a}
mistakes:
  nothing: {says: nothing was counted, share: 0.5, v: 0, w: 0, l: "[0, 0]", none: a}
  first: {says: one cause, share: 0.25, w: a + b}
  second: {says: another cause, share: 0.75, w: b + a}
  third: {says: a third, share: 0.5, w: a + b}
answers:
  v: {integer: v, marks: 4}
  w: {number: w, rel: 1%, marks: 4}
  l: {list: l, marks: 4}
  none: {integer: none, marks: 4, trivial: true}
---
$\\V{a} \\V{b}$, to three significant digits \\answer{v} \\answer{w} \\answer{l} \\answer{none}
"""


@pytest.mark.parametrize(
    ("answer", "text", "marks", "says"),
    [
        ("v", "0", 0, "nothing was counted"),
        ("w", "0.0", 0, "nothing was counted"),
        ("l", "0, 0", 0, "nothing was counted"),
        ("none", "3", 2, "nothing was counted"),
        ("none", "0", 4, ""),
        ("w", "8", 3, "one cause; or another cause; or a third"),
    ],
)
def test_a_question_of_ones_own(
    answer: str, text: str, marks: int, says: str, tmp_path: Path
) -> None:
    (tmp_path / "own.tex").write_text(OWN)
    found = marked(key_of("own", {"a": 3, "b": 5}, tmp_path), {answer: text})[answer]
    assert found.marks == marks
    assert found.says == says


def test_both_causes_of_one_size_are_named() -> None:
    # 64 + 2 - 5 = 61 and 64 + 4 - 5 = 63: 30 + 1 = 31 with the padding of one side, and 31 without
    # the 1 of 31 + 1.
    given = {"height": 64, "in_channels": 3, "out_channels": 16, "kernel": 5, "stride": 2}
    found = marked(key_of("cnn/conv_layer", given | {"padding": 2}), {"size": "31x31x16"})["size"]
    assert found.marks == 2
    assert "padding was added on one side" in found.says
    assert "; or the first position of the window was not counted" in found.says


def test_a_cause_is_named_once() -> None:
    for paper in first_papers(20):
        for answer in paper.key.answers:
            for mistake in answer.mistakes if isinstance(answer, AnswerKey) else ():
                causes = mistake.says.split("; or ")
                assert len(set(causes)) == len(causes)


NEARLY = """---
title: Chance
given: {a: 4}
values: {p: a / 10, q: a / 5}
mistakes:
  small: {says: nearly nothing was left, share: 0.5, p: a / 1000, q: a / 1000}
answers:
  p: {number: p, abs: 0.006, marks: 4}
  q: {number: q, abs: 0.001, marks: 4}
---
\\answer{p} \\answer{q} to three decimals
"""


def test_0_within_the_tolerance_of_a_mistake_pays_nothing(tmp_path: Path) -> None:
    # The mistake gives 0.004: within 0.006 of 0, but not within 0.001 of it.
    (tmp_path / "chance.tex").write_text(NEARLY, "utf-8")
    key = key_of("chance", {}, tmp_path)
    assert [one.marks for one in marked(key, {"p": "0", "q": "0"}).values()] == [0, 0]
    assert [one.marks for one in marked(key, {"p": "0.004", "q": "0.004"}).values()] == [0, 2]
