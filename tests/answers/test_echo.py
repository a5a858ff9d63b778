"""How a text is read, without any key."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from answers.echo import Problem, echo
from answers.judge import all_kinds

if TYPE_CHECKING:
    from collections.abc import Sequence

# kind, answer, variables, how it is read, as LaTeX
READ = [
    ("integer", "9,472", (), "9472", "9{,}472"),
    ("number", "3*4 = 12", (), "12", "12"),
    ("quantity", "3.06 MiB", (), "3.06 MiB", r"3.06\,\mathrm{MiB}"),
    ("shape", "112×112×64", (), "112x112x64", r"112 \times 112 \times 64"),
    ("list", "1; 2.5", (), "(1, 2.5)", r"\left(1, 2.5\right)"),
    ("interval", "[0,1)", (), "[0, 1)", r"\left[0, 1\right)"),
    ("expression", "4h^2+4hx", ("h", "x"), "4*h^2 + 4*h*x", "4 h^{2} + 4 h x"),
    ("equation", "y = 2x+1", (), "y = 2*x + 1", "y = 2 x + 1"),
    ("choice", "Many-to-one.", (), "many to one", ""),
    ("number", "1e4999", (), "1e4999", r"1 \cdot 10^{4999}"),
    ("shape", "2.5E4400x2", (), "2.5E4400x2", r"2.5 \cdot 10^{4400} \times 2"),
    ("quantity", "-1e-4999 m", (), "-1e-4999 m", r"-1 \cdot 10^{-4999}\,\mathrm{m}"),
]
OTHERS = [
    ("number", "2,176", ("2.176",)),
    ("list", "1, 2,5", ("(1, 2.5)",)),
    ("number", "5x10-3", ("5*10^(-3)",)),
]


@pytest.mark.parametrize(("kind", "answer", "variables", "read_as", "latex"), READ)
def test_a_text_is_shown_as_it_is_read(
    kind: str, answer: str, variables: Sequence[str], read_as: str, latex: str
) -> None:
    found = echo(kind, answer, variables)
    assert (found.read_as, found.problem) == (read_as, None)
    assert found.latex == latex


@pytest.mark.parametrize(("kind", "answer", "others"), OTHERS)
def test_what_else_could_be_meant_is_listed(
    kind: str, answer: str, others: tuple[str, ...]
) -> None:
    assert set(others) <= set(echo(kind, answer).other_readings)


def test_what_cannot_be_read_is_named_with_its_place() -> None:
    assert echo("expression", "h + foo").problem == Problem("the word 'foo' is not known", 4)


@pytest.mark.parametrize("kind", sorted(all_kinds()))
@pytest.mark.parametrize("answer", ["", "0", "0 B", "x", "x = 0", "-", "{x}", "((((", "1" * 2_000])
def test_every_kind_reads_every_text(kind: str, answer: str) -> None:
    found = echo(kind, answer)
    assert found.read_as or found.problem is not None


def test_the_command_prints_json() -> None:
    command = [sys.executable, "-m", "examgen", "read", "--kind", "number", "--answer", "2,176"]
    printed = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)  # noqa: S603
    assert json.loads(printed.stdout) == {
        "read_as": "2176",
        "latex": "2{,}176",
        "other_readings": ["2.176"],
        "problem": None,
    }
