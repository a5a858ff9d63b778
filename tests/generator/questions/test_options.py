r"""Options of choices: values and formulas in them, and the wrong ones that mistakes make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answers.judge import Options, judge
from examgen.folder.key import AnswerKey
from examgen.ground.errors import InputError
from generator.exams.exam_file import exam_from_text
from generator.questions.draw import NoDraw
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """---
title: t
vary: {a: [%s], b: [4]}
values:
  area: {formula: a * b / 2, unit: cm}
  far: sqrt(a) * 1000
mistakes:
  no_half: {says: no half, area: a * b, share: 25%%}
  sum: {says: the sum, area: a + b}
  twice: {says: doubled, area: a * b}
answers:
  it: {%s, marks: 2}
---
It is $\\V{a}$, $\\V{b}$. \\answer{it}
"""
CM = r"$%s\,\mathrm{cm}$"
# What stands under the answer, the value of a, and the options, of which the first is right.
MADE = [
    ("choice: area, options: mistakes", 3, [CM % 6, CM % 12, CM % 7]),
    (r"choice: 'about $\V{area}$', options: [mistakes, 'none']", 5,
     ["about $10$", "about $20$", "about $9$", "none"]),
    (r"choice: '$\V{area|fixed(1)}$', options: mistakes, harmless: [sum]", 3, ["$6.0$", "$12.0$"]),
    (r"choice: '$x^\V{a}$', options: ['$x^\V{a}$', '$x^\V{a + 1}$']", 3, ["$x^{3}$", "$x^{4}$"]),
    (r"choice: '\V{1000 * a} m', options: ['\V{1000 * a} m', 'none']", 3, ["3,000 m", "none"]),
]  # fmt: skip


def _key(folder: Path, answer: str, a: object, shuffle: str = "[]") -> AnswerKey:
    (folder / "q.tex").write_text(HEAD % (a, answer), "utf-8")
    text = f"course: c\ntitle: t\nshuffle: {shuffle}\nquestions: [{{title: q, parts: [q]}}]\n"
    exam = exam_from_text(text, "x.yaml", [folder])
    (found,) = next(iter(papers(exam, "1", copies(1)))).key.answers
    assert isinstance(found, AnswerKey)
    return found


@pytest.mark.parametrize(("answer", "a", "options"), MADE)
def test_options_have_values_and_what_mistakes_make(
    tmp_path: Path, answer: str, a: int, options: list[str]
) -> None:
    key = _key(tmp_path, answer + ", shuffle: no", a)
    assert (key.expected, list(key.choices)) == (options[0], options)


def test_a_mistake_that_is_an_option_says_itself_and_keeps_its_share(tmp_path: Path) -> None:
    key = _key(tmp_path, "choice: area, options: mistakes", 3)
    found = [(one.expected, one.says, str(one.share)) for one in key.mistakes]
    assert found == [(CM % 12, "no half; or doubled", "1/4"), (CM % 7, "the sum", "0")]


def test_options_of_mistakes_are_shuffled_unless_the_answer_keeps_them(tmp_path: Path) -> None:
    computed = "choice: '{} $\\V{{area}}$', options: mistakes"
    keys = [_key(tmp_path, computed.format(number), 3) for number in range(9)]
    assert {key.choices.index(key.expected) for key in keys} == {0, 1, 2}
    kept = "choice: v, options: [v, w, x, y, z], shuffle: {}"
    assert _key(tmp_path, kept.format("no"), 3, "[options]").choices == tuple("vwxyz")
    assert _key(tmp_path, kept.format("yes"), 3).choices != tuple("vwxyz")


@pytest.mark.parametrize(
    ("answer", "a"),
    [
        ("choice: area, options: mistakes", 4),  # 4 * 4 / 2 = 4 + 4
        (r"choice: '$\V{a}$', options: ['$\V{a}$', '$\V{b}$']", 4),
        (r"choice: 'x \V{a}', options: ['x \V{a}', 'X \V{b}']", 4),
    ],
)
def test_a_draw_that_makes_options_alike_is_refused(tmp_path: Path, answer: str, a: int) -> None:
    with pytest.raises(NoDraw, match="two options that read alike"):
        _key(tmp_path, answer, f"{a}, {a}")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (r"choice: x, options: [x, '\frac{1}{2}']", r"has \\frac outside of a formula"),
        (r"choice: x, options: [x, '$5']", "a dollar sign without another"),
        ("choice: x, options: [x, area]", "is the name of a value"),
        ("choice: none, options: [mistakes, none]", "has one option only"),
        (r"choice: '\V{a / 3}', options: ['\V{a / 3}', x]", r"has \\frac outside of a formula"),
        ("choice: x, options: [x, X]", "an option occurs twice"),
    ],
)
def test_options_that_cannot_be_printed_are_faults(tmp_path: Path, answer: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        _key(tmp_path, answer, 4 if "/ 3" in answer else 3)


def test_a_text_may_be_several(tmp_path: Path) -> None:
    key = _key(tmp_path, "text: [recursion, recursive call], typos: 1", 3)
    assert (key.expected, key.options["also"]) == ("recursion", {"answer": ["recursive call"]})
    assert key.options["typos"] == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("text: [recursion, loop], typos: 1", "'loop' is too short for typos: 1"),
        ("text: recursion, typos: 9", "typos is a number of slips from 0 to 3"),
        ("integer: 3, typos: 1", "typos: is for answers of kind text"),
        ("choice: x, options: [x, y], case: matter", "case: is for answers of kind text"),
        ("text: Co, case: ignored", "case is one of ignore, matter"),
        ("text: x, penalty: 50%", "penalty: is for answers that are chosen"),
        ("text: x, scoring: each", "scoring: is for several options"),
        ("ordering: [x, y], scoring: balance", "scoring of kind ordering is one of"),
        ("matching: [x, y]", "matching: is not written as it has to be"),
        ("selection: [z], options: [x, y]", "'z' is not among the options"),
        ("selection: {x: yes, y: q > 3}", "uses the unknown name 'q'"),
        ("selection: {x: yes, 'y; z': no}", "has a semicolon or a colon inside"),
    ],
)
def test_what_an_answer_cannot_have_is_a_fault(tmp_path: Path, answer: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        _key(tmp_path, answer, 3)


def test_a_draw_without_a_right_option_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoDraw, match="would have no right option"):
        _key(tmp_path, "selection: {x: a > 3, y: a > 4}", "3, 2")
    assert _key(tmp_path, "selection: {x: a > 3, y: a > 4}", "3, 4").expected == "x"


TYPED = [
    ("12.5 cm", "correct"),
    ("12.5 CM", "correct"),
    ("(a)", "correct"),
    (r"$12.5\,\mathrm{cm}$", "correct"),
    ("25 cm", "wrong"),
    ("b", "wrong"),
    ("12,5 cm", "undecided"),
    ("37 cm", "undecided"),
]


@pytest.mark.parametrize(("text", "verdict"), TYPED)
def test_an_option_with_a_formula_may_be_typed_out(text: str, verdict: str) -> None:
    choices = (CM % 12.5, CM % 25)
    assert judge("choice", choices[0], text, Options(choices=choices)).verdict == verdict
