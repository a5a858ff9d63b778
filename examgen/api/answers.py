"""One answer: judged beside the right one, or read without it; one derivation, solved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.judge import judge as judge_answer
from answers.options import Options, Scalar

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from answers.echo import Echo
    from answers.verdict import Judgement
    from examgen.solving import Solved


def judge(kind: str, expected: str, answer: str, **options: Scalar) -> Judgement:
    """Judge one answer.

    Args:
        kind: "integer", "number", "quantity", "expression" and so on; see `docs/judging.md`.
        expected: the right answer, in the notation that students use.
        answer: what the student wrote; it is never evaluated, and whatever it is gives a verdict.
        options: tolerance, form, unit and so on, by name: `rel="1%"`, `variables=["h", "x"]`.

    Raises:
        UnreadableKey: the expected answer cannot be read as this kind, or an option is wrong.

    >>> judge("number", "3.14159", "3.1", rel="2%").verdict
    <Verdict.CORRECT: 'correct'>
    """
    return judge_answer(kind, expected, answer, Options.from_mapping(options))


def read(kind: str, answer: str, variables: Sequence[str] = ()) -> Echo:
    """Return how a text is read, without any key.

    >>> read("expression", "4h^2 + 4hx", ["h", "x"]).latex
    '4 h^{2} + 4 h x'
    """
    from answers.echo import echo

    return echo(kind, answer, variables)


def solve(derivation: str, /, **inputs: str | int | Fraction) -> Solved:
    """Solve a derivation: its exact values, with worked steps and typical mistakes.

    Args:
        derivation: as `examgen solve --list` prints it.
        inputs: numbers, or texts such as "0.3", "1/3" or "[1, 2, 3]", by name.

    Raises:
        DerivationError: the derivation or an input is unknown, or a value is impossible.

    >>> int(solve("lstm", input_size=10, hidden_size=20, biases=1)["parameters"])
    2480
    """
    from examgen.solving import solve as solve_named

    return solve_named(derivation, inputs)
