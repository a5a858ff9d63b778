r"""Values in what is written out as right: another answer on each paper, from one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from examgen.folder.key import AnswerKey
from examgen.ground.errors import InputError
from generator.exams.exam_file import exam_from_text
from generator.questions.question_file import read_question
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from pathlib import Path

TRUTH = "choice: '\\B{if n == 2}true\\B{else}false\\B{endif}', options: ['true', 'false']"
# What stands under `answers`, the value of n, and what the key then has.
RIGHT = [
    ("choice: '\\V{options[n]}', options: [a, b, c]", 0, "a"),
    ("choice: '\\V{options[n]}', options: [a, b, c]", 2, "c"),
    (TRUTH, 1, "false"),
    (TRUTH, 2, "true"),
    ("expression: 'W*x_\\V{n}', variables: [W, 'x_\\V{n}']", 3, "W*x_3"),
    ("set: 'x_1, x_\\V{n}', variables: [x_1, 'x_\\V{n}']", 2, "x_1, x_2"),
    ("text: 'layer \\V{n}'", 2, "layer 2"),
    ("integer: \"\\\\V{n}2\"", 4, "42"),
]  # fmt: skip


def _file(folder: Path, answer: str, n: int) -> Path:
    text = f"title: t\nvary: {{n: [{n}]}}\nanswers:\n  it: {{{answer}, marks: 2}}\n"
    path = folder / "q.tex"
    path.write_text(f"---\n{text}---\nIt is $\\V{{n}}$. \\answer{{it}}\n", "utf-8")
    return path


def _key(folder: Path, answer: str, n: int) -> AnswerKey:
    _file(folder, answer, n)
    text = "course: c\ntitle: t\nquestions: [{title: q, parts: [q]}]\n"
    exam = exam_from_text(text, "x.yaml", [folder])
    (found,) = next(iter(papers(exam, "1", copies(1)))).key.answers
    assert isinstance(found, AnswerKey)
    return found


@pytest.mark.parametrize(("answer", "n", "expected"), RIGHT)
def test_the_key_has_the_values_of_the_draw(
    tmp_path: Path, answer: str, n: int, expected: str
) -> None:
    assert _key(tmp_path, answer, n).expected == expected


def test_spellings_names_label_and_mistakes_have_them_too(tmp_path: Path) -> None:
    answer = (
        "expression: 'W*x_\\V{n}', variables: [W, 'x_\\V{n}'], known: ['h_\\V{n}'],"
        " also: {'x_\\V{n}': ['u_\\V{n}']}, label: 'step \\V{n}',"
        " mistakes: {first: {says: the first step, answer: W*x_1, share: 0.5}}"
    )
    key = _key(tmp_path, answer, 3)
    assert (key.label, key.options["variables"]) == ("step 3", ["W", "x_3"])
    assert key.options["also"] == {"x_3": ["u_3"]}
    assert key.options["known"] == ["h_3"]
    assert [mistake.expected for mistake in key.mistakes] == ["W*x_1"]
    # At the first step that is no mistake.
    assert _key(tmp_path, answer, 1).mistakes == ()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("choice: '\\V{options[m]}', options: [a, b]", ":5: '\\\\V{options[m]}': there is no"),
        ("expression: 'x_\\V{n'", ":5: "),
        ("number: 1, label: 'step \\V{step}'", ":5: 'step \\\\V{step}': there is no quantity"),
    ],
)
def test_a_value_that_nobody_knows_is_a_fault(tmp_path: Path, answer: str, said: str) -> None:
    with pytest.raises(InputError, match=r"there is no|unexpected|expected token") as error:
        read_question(_file(tmp_path, answer, 1), "q")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("answer", "n", "said"),
    [
        (
            "choice: 'option \\V{n}', options: [a, b]",
            1,
            "q.tex:5: the answer it: 'option 1' is not",
        ),
        (
            "integer: '\\V{n}/'",
            3,
            "q.tex:5: the answer it: the expected answer '3/' is not of kind",
        ),
    ],
)
def test_what_is_no_answer_is_a_fault_with_its_line(
    tmp_path: Path, answer: str, n: int, said: str
) -> None:
    with pytest.raises(InputError) as error:
        _key(tmp_path, answer, n)
    assert said in str(error.value)


def test_a_place_beyond_the_options_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"options|element|index"):
        _key(tmp_path, "choice: '\\V{options[n]}', options: [a, b]", 2)
