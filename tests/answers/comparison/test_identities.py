"""Identities applied to random terms, some with a fault: every verdict against 4,096-bit balls.

Nothing of the exact arithmetic is used here: the balls are those of the readings themselves.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.evaluation.evaluate import Undefined, at
from answers.evaluation.sample_points import Domain, points
from answers.judge import Verdict, judge
from answers.syntax.nodes import symbols
from answers.syntax.parser import read

BITS = 4_096
# Formulas with terms u and v, from Bronstein and Semendjajew, "Handbook of Mathematics", chapter 2.
IDENTITIES = [
    ("sin(2*u)", "2*sin(u)*cos(u)"), ("cos(2*u)", "1-2*sin(u)^2"), ("tan(u)", "sin(u)/cos(u)"),
    ("sin(u+v)", "sin(u)*cos(v)+cos(u)*sin(v)"), ("cos(u)^2", "(1+cos(2*u))/2"),
    ("1+tan(u)^2", "1/cos(u)^2"), ("sin(u)^4", "(3-4*cos(2*u)+cos(4*u))/8"),
    ("sin(u)", "cos(pi/2-u)"), ("cos(u+pi)", "-cos(u)"),
    ("sin(u+pi/4)", "(sin(u)+cos(u))/sqrt(2)"), ("cos(u+pi/5)+cos(u-pi/5)", "cos(u)*(1+sqrt(5))/2"),
    ("tanh(u)", "(e^(2*u)-1)/(e^(2*u)+1)"), ("tanh(u)", "2*sigmoid(2*u)-1"),
    ("sigmoid(-u)", "1-sigmoid(u)"), ("cosh(u)^2-sinh(u)^2", "1"), ("e^(u+v)", "e^u*e^v"),
    ("e^(2*u)", "(e^u)^2"), ("ln(u^2)", "2*ln(abs(u))"), ("ln(e^u)", "u"), ("2^u", "e^(u*ln(2))"),
    ("ln(u^2+1)+ln(v^2+1)", "ln((u^2+1)*(v^2+1))"), ("4^u", "2^(2*u)"),
    ("log10(u^2+1)", "ln(u^2+1)/ln(10)"), ("sqrt(u^2)", "abs(u)"), ("abs(u)*abs(v)", "abs(u*v)"),
    ("abs(u)^2", "u^2"), ("max(u,v)", "(u+v+abs(u-v))/2"), ("min(u,v)+max(u,v)", "u+v"),
    ("relu(u)-relu(-u)", "u"), ("sqrt(4*(u^2+1))", "2*sqrt(u^2+1)"),
    ("u^2/(sqrt(u^2+1)+1)", "sqrt(u^2+1)-1"), ("sqrt(12)*u", "2*sqrt(3)*u"),
    ("u/sqrt(2)", "sqrt(2)/2*u"), ("sqrt(5+2*sqrt(6))*u", "u*sqrt(2)+sqrt(3)*u"),
    ("(u+v)^3", "u^3+3*u^2*v+3*u*v^2+v^3"), ("1/u-1/v", "(v-u)/(u*v)"), ("atan(u)", "-atan(-u)"),
    ("cos(atan(u))", "1/sqrt(1+u^2)"), ("sin(asin(u/9))", "u/9"), ("asin(u/9)+acos(u/9)", "pi/2"),
    ("sin(2*atan(u))", "2*u/(1+u^2)"), ("asinh(u)", "ln(u+sqrt(u^2+1))"), ("cbrt(u)^3", "u"),
    ("(u^4+1)^(1/2)*(u^4+1)^(1/3)", "(u^4+1)^(5/6)"), ("(u+1)!/u!", "u+1"), ("u!", "u*(u-1)!"),
    ("binomial(u,2)", "u*(u-1)/2"), ("floor(u+v)", "floor(v+u)"), ("max(u,v,1)", "max(1,v,u)"),
]  # fmt: skip
WRAPPED = [
    "{}",
    "{}",
    "({})+{more}",
    "({})*({more})",
    "sin({})",
    "e^({})",
    "ln(({})^2+1)",
    "abs({})",
]
FAULTS = [("2", "3"), ("+", "-"), ("sin", "cos"), ("1", "4"), ("x", "y"), ("sqrt", "cbrt")]

letters = st.sampled_from(["x", "y", "a"])
numbers = st.sampled_from(["1", "2", "3", "5", "(-2)", "1/3"])
lines = st.builds("({}*{}+{})".format, numbers, letters, numbers)
squares = st.builds("({}*{}^2+{}*{})".format, numbers, letters, numbers, letters)
terms = lines | squares | letters
more = st.builds("{}({})".format, st.sampled_from(["sin", "tanh", "sqrt", "abs", ""]), lines)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """Two sides of an identity, in the same surroundings."""
    u, v, beside, around = draw(terms), draw(terms), draw(more), draw(st.sampled_from(WRAPPED))
    left, right = draw(st.sampled_from(IDENTITIES))
    one, other = (
        around.format("".join({"u": f"({u})", "v": f"({v})"}.get(c, c) for c in _marked(side)),
                      more=beside)
        for side in (left, right)
    )  # fmt: skip
    return (one, other) if draw(st.booleans()) else (other, one)


def _marked(side: str) -> list[str]:
    """The characters of a formula, the names of functions in one piece."""
    found: list[str] = []
    for c in side:
        if found and (found[-1] + c).isalpha() and (found[-1] + c not in {"uv", "vu"}):
            found[-1] += c
        else:
            found.append(c)
    return found


def apart(expected: str, answer: str) -> bool:
    """Whether two expressions surely have different real values at one of many points."""
    one, other = read(expected), read(answer)
    names = sorted(symbols(one) | symbols(other))
    for point in points(names, Domain.REAL, b"an independent check", 14):
        try:
            left, right = at(one, point, BITS), at(other, point, BITS)
        except Undefined:
            continue
        if left.imag.is_zero() and right.imag.is_zero() and not left.overlaps(right):
            return True
    return False


@given(pairs())
def test_an_identity_is_never_refuted(pair: tuple[str, str]) -> None:
    found = judge("expression", *pair)
    assert found.verdict is not Verdict.WRONG, found.why


@given(pairs(), st.sampled_from(FAULTS), st.integers(0, 3))
def test_what_is_accepted_is_nowhere_apart(
    pair: tuple[str, str], fault: tuple[str, str], place: int
) -> None:
    expected, right = pair
    parts = right.split(fault[0])
    answer = fault[0].join(parts[:place]) + fault[1] + fault[0].join(parts[place:])
    if place == 0 or place >= len(parts):
        answer = right
    found = judge("expression", expected, answer)
    if found.verdict is Verdict.CORRECT:
        assert not apart(expected, answer), found.why
    elif found.verdict is Verdict.WRONG:
        assert answer != right, found.why


@pytest.mark.parametrize(("left", "right"), IDENTITIES, ids=[left for left, _ in IDENTITIES])
def test_each_identity_is_proved(left: str, right: str) -> None:
    assert judge("expression", left, right).verdict is Verdict.CORRECT
    assert judge("expression", left, f"({right})*(1+1/10^30)").verdict is not Verdict.CORRECT
