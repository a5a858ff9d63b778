"""The functions of formulas: exact where a value is exact, else all digits that are kept."""

from __future__ import annotations

from fractions import Fraction

import pytest

from examgen.ground.errors import DerivationError
from solvers.graph.derivation import arguments, evaluate
from solvers.graph.formulas import graphs
from solvers.graph.formulas.builder import KNOWN
from solvers.graph.formulas.text import condition, formula
from solvers.graph.number import Value, parse_value, value_text
from solvers.graph.printing.printer import print_term
from solvers.graph.printing.style import UNICODE
from solvers.graph.term import Ref, Term, as_terms

VALUES = {
    "n": "5", "x": "-3/2", "X": "[2, 4, 4, 4, 5, 5, 7, 9]", "Y": "[1, 2, 3]", "Z": "[4, 6, 5]",
    "A": "[[2, 1], [1, 3]]", "B": "[[0, 1], [1, 1]]", "C": "[[2, 0, 1], [1, 3, 2], [1, 1, 4]]",
}  # fmt: skip


def value(text: str) -> Value:
    found = formula(text)
    names = {name: parse_value(VALUES[name]) for name in found.call.needs}
    shaped = as_terms(found(*arguments(found.call, names)))
    return evaluate(shaped, names)


# By hand, or from the definition.
EXACT = [
    ("sin(0)", "0"), ("sin(pi)", "0"), ("sin(pi/6)", "1/2"), ("sin(-5*pi/6)", "-1/2"),
    ("cos(pi/3)", "1/2"), ("cos(100*pi)", "1"), ("tan(pi/4)", "1"), ("tan(3*pi/4)", "-1"),
    ("acos(1)", "0"), ("atan(0)", "0"), ("cosh(0)", "1"), ("ln(1)", "0"), ("log(1)", "0"),
    ("log2(1/8)", "-3"), ("log10(1000)", "3"), ("cbrt(-27/8)", "-3/2"), ("sign(x)", "-1"),
    ("factorial(n)", "120"), ("factorial(0)", "1"), ("binomial(10, 3)", "120"),
    ("binomial(3, 5)", "0"), ("gcd(12, 18, 27)", "3"), ("lcm(4, 6)", "12"), ("mod(-7, 3)", "2"),
    ("round(2.5)", "3"), ("round(-2.5)", "-3"), ("round(1.005, 2)", "101/100"),
    ("round(1250, -2)", "1300"), ("len(X)", "8"), ("sum(X)", "40"), ("prod(Y)", "6"),
    ("mean(X)", "5"), ("median(X)", "9/2"), ("median(3, 1, 2)", "2"), ("pvar(X)", "4"),
    ("psd(X)", "2"), ("var(X)", "32/7"), ("cov(Y, Z)", "1/2"), ("cor(Y, Z)", "1/2"),
    ("ss(X)", "32"), ("sp(Y, Z)", "1"), ("ss([1, 1])", "0"),
    ("sum(X[i] for i in range(n, 5))", "0"), ("prod([])", "1"),
    ("sum(a*b for a, b in zip([1, 2, 3], Y))", "14"),
    ("sort(Z)", "[4, 5, 6]"), ("dot(Y, Z)", "31"), ("norm([3, 4])", "5"), ("det(A)", "5"),
    ("det(C)", "18"), ("inverse(A)", "[[3/5, -1/5], [-1/5, 2/5]]"), ("trace(C)", "9"),
    ("transpose([[1, 2, 3]])", "[[1], [2], [3]]"), ("A @ B", "[[1, 3], [3, 4]]"),
    ("A @ [1, 2]", "[4, 7]"), ("[1, 2] @ A", "[4, 7]"), ("A @ inverse(A)", "[[1, 0], [0, 1]]"),
    ("Y + Z", "[5, 8, 8]"), ("2*Y - Z", "[-2, -2, 1]"), ("-Y/2", "[-1/2, -1, -3/2]"),
    ("[k**2 for k in Y]", "[1, 4, 9]"), ("sum(k**2 for k in range(1, n + 1))", "55"),
    ("sum(a*b for a, b in zip(Y, Z))", "31"), ("[[i*j for j in Y] for i in Y]",
     "[[1, 2, 3], [2, 4, 6], [3, 6, 9]]"), ("sum(X[i] for i in range(0, n, 2))", "11"),
    ("1 if n > 4 else 2", "1"), ("1/x if x > 0 else 1/(x + 1)", "-2"),
    ("1/(n - 5) if n != 5 else 0", "0"), ("n > 4", "1"), ("(n > 4) + (1 < n <= 5)", "2"),
    ("sum(1 if k > 1 else 0 for k in Y)", "2"), ("max(X) - min(Y)", "8"), ("max(3, n)", "5"),
]  # fmt: skip

# DLMF 4.14 and OEIS A049469, A003881, A001113, A000796; tables of Abramowitz and Stegun 26; R's
# qt(0.975, 10), qchisq(0.95, 3), pt(2, 5), pchisq(3, 2), pnorm(1.96), qnorm(0.975).
DIGITS = [
    ("sin(1)", "0.84147098480789650665"), ("cos(x)", "0.070737201667702910088"),
    ("atan(1)", "0.78539816339744830962"), ("asin(1/2)*6/pi", "1"), ("e", "2.7182818284590452354"),
    ("pi", "3.1415926535897932385"), ("tan(1)", "1.5574077246549022305"),
    ("sinh(1)", "1.1752011936438014569"), ("asinh(1)", "0.88137358701954302523"),
    ("acosh(2)", "1.3169578969248167086"), ("atanh(0.5)", "0.54930614433405484570"),
    ("cbrt(2)", "1.2599210498948731648"), ("log2(3)", "1.5849625007211561815"),
    ("sin(10**6)", "-0.34999350217129295212"), ("sd(X)", "2.1380899352993950775"),
    ("normal_cdf(1.96)", "0.975002104851779"), ("normal_quantile(0.975)", "1.9599639845400542355"),
    ("t_cdf(2, 5)", "0.94903026058"), ("t_quantile(0.975, 10)", "2.2281388519862747"),
    ("t_quantile(0.2, 3)", "-0.97847231236"), ("chi2_cdf(3, 2)", "0.77686983985157"),
    ("chi2_quantile(0.95, 3)", "7.8147279032512"),
]  # fmt: skip

REFUSED = [
    ("asin(2)", "asin(2) is not a real number"), ("tan(pi/2)", "not a real number"),
    ("factorial(1/2)", "whole numbers from 0 on, not of 0.5"), ("factorial(10**9)", "too many"),
    ("log2(0)", "not a real number"), ("det([[1, 2, 3]])", "not square"),
    ("Y + X", "do not add up"),
    ("Y + 1", "write [x + 1 for x in X]"), ("Y*Z", "dot(A, B)"), ("mod(3, 0)", "divides by zero"),
    ("sqrt(Y)", "a list where a number is needed"),
    ("sum(k for k in Y if k > 1)", "leaves elements"),
    ("sum(k for k in 3)", "runs over a number"), ("cov(Y)", "number of arguments"),
    ("sum(k for k in range(10**9))", "at most 1000"), ("var([3])", "two values"),
    ("1/(n - 5) if n == 5 else 0", "divides by zero"), ("gamma(3)", "unknown function"),
    ("binomial(3)", "number of arguments"), ("t_quantile(2, 3)", "not a real number"),
    ("round(1, 2, 3)", "decimal places"),
    ("2 if x else 3", "write a comparison"),
    ("'a'", "is not arithmetic"), ("[1, 2][5]", "no element"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EXACT)
def test_what_is_exact_stays_exact(text: str, expected: str) -> None:
    assert value_text(value(text)) == value_text(parse_value(expected))


@pytest.mark.parametrize(("text", "digits"), DIGITS)
def test_all_digits_are_right(text: str, digits: str) -> None:
    found = value(text)
    assert not isinstance(found, tuple)
    wanted = Fraction(digits)
    places = len(digits.lstrip("-0").replace(".", "").lstrip("0"))
    assert abs(Fraction(found) - wanted) <= abs(wanted) * Fraction(10) ** (1 - places)


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_has_no_value_is_said(text: str, why: str) -> None:
    with pytest.raises(DerivationError) as error:
        value(text)
    assert why in str(error.value)


def test_a_name_of_the_question_wins_over_a_constant() -> None:
    assert formula("2*pi", ["pi"]).call.needs == ("pi",)
    assert formula("2*pi*r").call.needs == ("r",)


@pytest.mark.parametrize("name", sorted(KNOWN - graphs.KNOWN))
def test_every_function_is_tried(name: str) -> None:
    old = {"abs", "ceil", "exp", "floor", "relu", "sigmoid", "sqrt", "tanh"}
    assert name in old or any(f"{name}(" in text for text, *_ in (*EXACT, *DIGITS))


PRINTED = [
    ("factorial(n + 1)", r"\left(n + 1\right)!", "(n + 1)!"),
    ("binomial(n, 2)", r"\binom{n}{2}", "binomial(n, 2)"),
    ("2*sin(pi*n)", r"2 \sin\left(\pi n\right)", "2·sin(π·n)"),
    ("1 if n > 4 and n < 9 else n",
     r"\begin{cases} 1 & n > 4 \text{ and } n < 9 \\ n & \text{else} \end{cases}",
     "(1 if n > 4 and n < 9, else n)"),
    ("(n >= 4) + 1", r"\left(n \ge 4\right) + 1", "(n ≥ 4) + 1"),
    ("mod(n + 1, 3)", r"\left(n + 1\right) \bmod 3", "(n + 1) mod 3"),
    ("mean([n, 2])", r"\frac{n + 2}{2}", "(n + 2)/2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "latex", "plain"), PRINTED)
def test_how_they_are_printed(text: str, latex: str, plain: str) -> None:
    found = formula(text)(Ref("n"))
    assert isinstance(found, Term)
    assert print_term(found, lambda ref: ref.name) == latex
    assert print_term(found, lambda ref: ref.name, UNICODE) == plain


def test_conditions_use_them_too() -> None:
    given: dict[str, Value] = {"n": Fraction(6), "X": (Fraction(1), Fraction(2))}
    assert condition("gcd(n, 4) == 2 and not mean(X) > 2").holds(given)
    assert condition("n % 2 == 0 or factorial(n) < 3").holds(given)
