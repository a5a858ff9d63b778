"""Question files: every fault with its line, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.question_file import read_question
from solvers.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = r"""---
title: Weights
vary:
  k: [3, 5]
values: {n: k**2 * 8}
mistakes:
  linear: {says: one side only, n: k * 8}
answers:
  n: {integer: n, marks: 2}
examples:
  - given: {k: 3}
    gives: {n: 72}
---
A filter has \V{k} rows. \answer{n}
"""

FAULTS = [
    ("title: Weights\n", "", ":2: 'title' is missing"),
    ("title:", "titel:", "the key 'titel' is not known here; did you mean 'title'?"),
    ("[3, 5]", "[3, five]", ":4: cannot read 'five' as a number"),
    ("k**2 * 8", "k**2 +", ":5: cannot read the formula 'k**2 +'"),
    ("n: k * 8", "n: open(k)", ":7: in the formula 'open(k)'"),
    ("marks: 2", "marks: none", ":9: the marks are missing or not positive"),
    ("integer: n, ", "", ":9: the answer 'n' has no kind"),
    ("marks: 2", "marks: 2, rle: 1%", ":9: an answer has no 'rle'"),
    ("gives: {n: 72}", "gives: {m: 72}", ":12: there is no answer 'm'"),
    (r"\answer{n}", r"\answer{m}", ":14: there is no answer 'm'"),
    (r"\answer{n}", r"\answer{n} \answer{n}", r":14: \answer{n} stands twice"),
    (r"\V{k}", r"\V{kk}", ":14: there is no quantity 'kk'; did you mean 'k'?"),
    (r"\V{k}", r"\V{k", ":14: "),
    (r"\V{k}", r"\B{if k > 3}x", ":14: "),
    ("values:", "title: again\nvalues:", ":5: 'title' stands here twice"),
    ("---\n", "", ":1: there is no front matter"),
    ("[3, 5]", "[]", ":4: k has no values"),
    ("integer: n,", "choice: a, options: [b, c],", ":9: 'a' is not among the options"),
    ("integer: n,", "choice: a, options: [a, a],", ":9: an option stands twice"),
    ("integer: n,", "choice: a, options: [a],", ":9: a choice has at least two options"),
    ("integer: n,", "choice: a, options: a,", ":9: a choice has at least two options"),
    ("integer: n, marks: 2", "rubric: []", ":9: the rubric has no criteria"),
    ("integer: n, marks: 2", "rubric: all", ":9: the rubric has no criteria"),
    ("answers:\n  n: {integer: n, marks: 2}", "answers: {}", ":8: nothing is asked"),
]


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text(GOOD)
    question = read_question(path, "q")
    assert question.vary == {"k": ("3", "5")}
    assert question.examples[0].gives == {"n": "72"}


@pytest.mark.parametrize(("right", "wrong", "message"), FAULTS)
def test_a_fault_is_named_with_its_line(
    right: str, wrong: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "q.tex"
    path.write_text(GOOD.replace(right, wrong, 1))
    with pytest.raises(InputError) as error:
        read_question(path, "q")
    assert message in str(error.value)


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text(GOOD.replace("[3, 5]", "[x]").replace("{n: 72}", "{m: 72}"))
    with pytest.raises(InputError) as error:
        read_question(path, "q")
    assert [fault.line for fault in error.value.faults] == [4, 12]
