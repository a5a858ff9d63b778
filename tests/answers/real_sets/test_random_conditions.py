"""Random conditions in one letter against near ones: verdicts are compared with balls at points.

The balls know nothing of cuts, norms and places. `HYPOTHESIS_PROFILE=fuzz` tries many.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from answers.algebra.rational_value import exact_value
from answers.evaluation.evaluate import value as ball_of
from answers.evaluation.precision import Undefined
from answers.judge import Verdict, judge
from answers.syntax.errors import TooLarge
from answers.syntax.nodes import Add, Call, Logic, Neg, Node, Num, Rel, Sym, substitute, walk
from answers.syntax.parser import read

CONSTANTS = ["0", "1", "2", "-3", "1/2", "sqrt(2)", "sqrt(3)-1", "pi", "e", "ln(3)", "cbrt(5)"]
STRETCHES = [Fraction(n, 7) for n in range(-70, 71, 5)] + [Fraction(n) for n in range(-4, 5)]
BITS = 512
EXAMPLES = 2_000 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 60


def linear(random: Random) -> str:
    sign, constant = random.choice("+-"), random.choice(CONSTANTS[: random.choice([5, 11])])
    return f"({random.choice(['', '2', '3', '-'])}x{sign}({constant}))"


def term(random: Random, depth: int = 2) -> str:
    def inner() -> str:
        return term(random, depth - 1) if depth else linear(random)

    forms: list[Callable[[], str]] = [
        lambda: linear(random), lambda: f"|{inner()}|", lambda: f"sqrt({inner()})",
        lambda: f"({inner()}+{inner()})", lambda: f"({linear(random)}*{inner()})",
        lambda: f"({inner()})/({linear(random)})", lambda: f"max({linear(random)},{inner()})",
        lambda: f"({inner()})^2", lambda: f"cbrt({linear(random)})", lambda: f"min({inner()},2)",
    ]  # fmt: skip
    return random.choice(forms)()


def condition(random: Random, depth: int = 1) -> str:
    if depth and random.random() < 0.3:
        word = random.choice(["and", "or"])
        return f"({condition(random, 0)} {word} {condition(random, 0)})"
    sign = random.choice(["<", "<=", ">", ">=", "!=", "="])
    return f"{term(random)} {sign} {random.choice([term(random, 0), random.choice(CONSTANTS)])}"


def same(random: Random, of: str) -> str:
    """Return a condition that holds for the same numbers."""
    return random.choice([
        f"{of} and x*x>=0", f"{of} or x*x<0", f"not (not ({of}))", f"{of} and |x|>=-1",
        f"({of} and x<sqrt(2)) or ({of} and x>=sqrt(2))",
    ])  # fmt: skip


def near(random: Random, of: str) -> str:
    """Return a condition that may hold for other numbers."""
    return random.choice([
        of.replace("<=", "<", 1) if "<=" in of else of.replace("<", "<=", 1),
        of.replace("2", "3", 1), of.replace("+", "-", 1), f"{of} or x={random.choice(CONSTANTS)}",
        f"{of} and x!={random.choice(CONSTANTS)}",
    ])  # fmt: skip


def holds(node: Node, x: Fraction) -> bool | None:
    """Return whether a condition is true at a point; None where it is not seen."""
    match node:
        case Logic("not", (part,)):
            found = holds(part, x)
            return None if found is None else not found
        case Logic(word, parts):
            truths = [holds(part, x) for part in parts]
            return None if None in truths else (all if word == "and" else any)(map(bool, truths))
        case Rel(sign, left, right):
            try:
                value = difference_at(Add((left, Neg(right))), x)
            except ZeroDivisionError:
                return False
            if value is None:
                return None
            return {"<": value < 0, "<=": value <= 0, ">": value > 0, ">=": value >= 0,
                    "=": value == 0, "!=": value != 0}[sign]  # fmt: skip
        case _:
            raise AssertionError(node)


def difference_at(node: Node, x: Fraction) -> Fraction | int | None:
    """Return a number with the sign of a value; None where it is not seen.

    Raises:
        ZeroDivisionError: it has no real value.
    """
    at_x = substitute(node, Sym("x"), Num(x) if x >= 0 else Neg(Num(-x)))
    try:
        exact = exact_value(at_x)
        if exact is not None:
            return exact
        # All parts must be real: sqrt(x)^2 has no value at -1.
        parts = [ball_of(part, {}, BITS).imag for part in walk(at_x) if isinstance(part, Call)]
        value = ball_of(at_x, {}, BITS)
    except (Undefined, TooLarge):
        return None
    if not all(imaginary.contains(0) for imaginary in (*parts, value.imag)):
        raise ZeroDivisionError
    if not value.imag.is_zero() or value.real.contains(0):
        return None
    return 1 if value.real > 0 else -1


SHOWN = re.compile(r"^at x=(-?\d+(?:/\d+)?): yours is (true|false)")


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 10**9))
def test_verdicts_agree_with_balls(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - draws examples
    expected = condition(random)
    is_same = random.random() < 0.5
    answer = (same if is_same else near)(random, expected)
    one, other = read(expected), read(answer)
    found = judge("inequality", expected, answer)
    if found.verdict is Verdict.CORRECT:
        for x in STRETCHES:
            truths = holds(one, x), holds(other, x)
            assert None in truths or truths[0] == truths[1], (expected, answer, x)
    elif found.verdict is Verdict.WRONG:
        assert not is_same, (expected, answer, found.why)
        if shown := SHOWN.match(found.why):
            mine = holds(other, Fraction(shown[1]))
            assert mine is None or mine == (shown[2] == "true"), (expected, answer, found.why)
