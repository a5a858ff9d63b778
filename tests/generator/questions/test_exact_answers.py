"""An answer without a tolerance has an exact form, or is a fault that says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from examgen.ground.errors import InputError
from generator.questions.draw import draw
from generator.questions.question_file import read_question

QUESTION = r"""---
title: T
vary: {n: [2, 3]}
values: {x: "%s"}
answers: {x: {%s: x, marks: 1, trivial: yes%s}}
---
\V{n} \answer{x}
"""
REFUSED = [
    ("normal_cdf(n/3)", "number", ""), ("t_quantile(0.9, n)", "number", ""),
    ("[n, normal_cdf(n/3)]", "list", ""), ("chi2_quantile(0.5, n)", "set", ""),
    ("normal_cdf(1)", "quantity", ", unit: m"),
]  # fmt: skip
EXACT = [
    ("1 + sqrt(n)", "number", ""), ("exp(n)", "number", ""), ("pi/n", "number", ""),
    ("[sqrt(n), n/7]", "list", ""), ("sqrt(n)", "quantity", ", unit: m"),
    ("normal_cdf(n/3)", "number", ", rel: 1%"), ("normal_cdf(n/3)", "number", ", sigfigs: 3"),
    ("normal_cdf(n/3)", "number", ", decimals: 2"),
]  # fmt: skip


def drawn(tmp_path: Path, *parts: str) -> None:
    path = tmp_path / "q.tex"
    path.write_text(QUESTION % parts, encoding="utf-8")
    draw(read_question(path, "q"), {}, "1", "s")


@pytest.mark.parametrize(("value", "kind", "more"), REFUSED)
def test_a_real_without_an_exact_form_needs_a_tolerance(
    value: str, kind: str, more: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"q\.tex:5: the answer x is .*no exact form; give it"):
        drawn(tmp_path, value, kind, more)


@pytest.mark.parametrize(("value", "kind", "more"), EXACT)
def test_an_exact_form_or_a_tolerance_is_enough(
    value: str, kind: str, more: str, tmp_path: Path
) -> None:
    drawn(tmp_path, value, kind, more)
