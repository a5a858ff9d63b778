"""The audit's own comparison: what it finds the same, different, and what it does not read."""

from __future__ import annotations

import pytest
from hypothesis import settings

from examgen.audit.comparison import compare
from examgen.audit.numbers import proves_zero
from examgen.audit.reading import NotRead
from tests.answers.cases import cases

STEP = 1 if settings().max_examples > 1_000 else 5
# Options by which a right value may be wrong.
FORMS = {"sigfigs", "decimals", "form", "unit_mode", "trailing_zeros"}
SAME: list[tuple[str, str, str, dict[str, object]]] = [
    ("integer", "9472", "9,472", {}),
    ("integer", "9472", "9 472", {}),
    ("integer", "9472", "9{,}472", {}),
    ("integer", "9472", "９４７２", {}),
    ("integer", "9472", "$9.472 \\times 10^{3}$", {}),
    ("integer", "9472", "9.472×10³", {}),
    ("integer", "9472", "x = 9472.0", {}),
    ("integer", "9472", "9472 parameters", {"nouns": ["parameters"]}),
    ("number", "6/5", "1,2", {}),
    ("number", "-7/4", "\\frac{-7}{4}", {}),
    ("number", "1/3", "0.333", {"rel": "1%"}),
    ("number", "1/3", "0.33", {"sigfigs": 2}),
    ("number", "2.345", "2.35", {"decimals": 2}),
    ("number", "1000", "2000", {"log10": "1/2"}),
    ("number", "sqrt(2)/2", "1/sqrt(2)", {}),
    ("number", "2/3", "(1-1/3)", {}),
    ("number", "1/2", "50%", {}),
    ("quantity", "1 MiB", "1048576 B", {}),
    ("quantity", "93184 B", "9.32E+4B", {"rel": "1/1000"}),
    ("quantity", "2600000 B", "2600 KB", {"rel": "1/100"}),
    ("quantity", "1048576 B", "1 MB", {"prefixes": "either"}),
    ("quantity", "1500 m", "1.5\\,\\mathrm{km}", {}),
    ("quantity", "8 B", "64 bit", {}),
    ("shape", "112x112x64", "112 \\times 112 \\times 64", {}),
    ("shape", "112x112x64", "(112, 112, 64)", {}),
    ("shape", "7x7x28", "7 by 7 by 28", {}),
    ("list", "(3/4, -5/4)", "0.75; -1.25", {}),
    ("list", "(4, 3, 2, 1)", "4; 3; 2; 1", {}),
    ("list", "(1000, 2)", "1 000, 2", {}),
    ("set", "{2, 4, 6}", "6, 4, 2, 2", {}),
    ("set", "{3, 5, 6}", "\\left\\{3, 5, 6\\right\\}", {}),
    ("set", "x_1, x_2", "{x_2, x_1}", {"variables": ["x_1", "x_2"]}),
    ("matrix", "[[1, 2], [3, 4]]", "[1, 2; 3, 4]", {}),
    ("matrix", "[[1, 2], [3, 4]]", "\\begin{pmatrix}1 & 2 \\\\ 3 & 4\\end{pmatrix}", {}),
    ("interval", "(0, 1]", "]0; 1]", {}),
    ("interval", "(0, 1]", "x in (0, 1]", {}),
    ("interval", "[3/4, 5/4]", "3/4 <= x <= 5/4", {}),
    ("interval", "[3/4, 5/4]", "5/4 ≥ g ≥ 3/4", {"variables": ["g"]}),
    ("interval", "[0, inf)", "[0, \\infty)", {}),
    ("text", "vanishing gradient", "Vanishing  gradient.", {}),
    ("choice", "forget gate", "(b)", {"choices": ["input gate", "forget gate"]}),
    ("choice", "false", "not true", {"also": {"false": ["not true"]}}),
    ("expression", "4*h*(h+x+1)", "4h^2+4h*x+4h", {}),
    ("expression", "4*h*(h+x+1)", "= 4 h \\left(h + x + 1\\right)", {}),
    ("expression", "1 - tanh(x)^2", "1/cosh(x)^2", {}),
    ("expression", "1 - tanh(x)^2", "$1 - \\tanh^{2}\\left(x\\right)$", {}),
    ("expression", "sqrt(x^2)", "|x|", {}),
    ("expression", "k0 + (l-1)*k", "$k_{0} + \\left(l - 1\\right) k$", {}),
    ("expression", "sigma(W*[h_{t-1}, x_t] + b)", "σ(W·[h_{t-1}, x_t] + b)", {}),
    ("expression", "ln(x^2)", "2*ln(x)", {"domain": "positive"}),
    ("equation", "c = f*d + i*g", "-2*(c) = -2*(f*d + i*g)", {"variables": list("cfdig")}),
    ("equation", "y = 2*ln(x)", "y = ln(x^2)", {"domain": "positive"}),
    ("inequality", "x^2 < 4", "-2 < x < 2", {}),
    ("selection", "a cat; a dog", "A dog\na cat", {"choices": ["a cat", "a cow", "a dog"]}),
    ("selection", "a cat; a dog", "c; a", {"choices": ["a cat", "a cow", "a dog"]}),
    ("ordering", "one; two; six", "One; two; (c)", {"choices": ["one", "two", "six"]}),
    ("matching", "1: cat; 2: dog", "2. dog; 1) cat", {"choices": ["cat", "dog"]}),
]  # fmt: skip
DIFFERENT: list[tuple[str, str, str, dict[str, object]]] = [
    ("integer", "9472", "9408", {}),
    ("number", "1/3", "0.333", {}),
    ("number", "1/3", "0.34", {"rel": "1%"}),
    ("number", "2.345", "2.34", {"decimals": 2}),
    ("number", "1000", "4000", {"log10": "1/2"}),
    ("number", "sqrt(2)", "1.41421356", {}),
    ("quantity", "1 MiB", "1 MB", {}),
    ("quantity", "1048576 B", "1 MB", {"prefixes": "decimal"}),
    ("shape", "112x112x64", "112x64x112", {}),
    ("list", "(1, 2)", "1, 2, 3", {}),
    ("set", "{2, 4, 6}", "{2, 4}", {}),
    ("matrix", "[[1, 2], [3, 4]]", "[1, 2; 3, 5]", {}),
    ("interval", "(0, 1]", "[0, 1]", {}),
    ("interval", "[0, 1]", "[0, 1.01]", {}),
    ("choice", "forget gate", "a", {"choices": ["input gate", "forget gate"]}),
    ("text", "vanishing gradient", "exploding gradient", {}),
    ("expression", "1 - tanh(x)^2", "1 + tanh(x)^2", {}),
    ("expression", "cos(x)", "cos(x) + exp(-120)", {}),
    ("expression", "sqrt(x^2)", "x", {}),
    ("equation", "y = 2*x", "y = 2*x + 1", {}),
    ("inequality", "x^2 < 4", "x < 2", {}),
    ("inequality", "x <= 2", "x < 2", {}),
    ("selection", "a cat; a dog", "a cat", {"choices": ["a cat", "a cow", "a dog"]}),
    ("ordering", "one; two; six", "two; one; six", {"choices": ["one", "two", "six"]}),
    ("matching", "1: cat; 2: dog", "1: dog; 2: cat", {"choices": ["cat", "dog"]}),
    ("integer", "100", "100.5", {"abs": "1"}),
    ("text", "a few", "some", {}),
]
REASONS = [
    ("expression", "x", "y", "a name that the key does not have"),
    ("expression", "x", "__import__('os')", "a sign that is not plain notation"),
    ("expression", "x", "2*x = x", "a comparison, or sides joined by ="),
    ("number", "1", "2 3", "brackets or signs that do not fit"),
    ("number", "1", "9**9**9**9**9", "too large to compute with"),
    ("number", "1", "1e999999999", "too many digits"),
    ("number", "1", "1/0", "a division by zero"),
    ("number", "1", "(" * 4_000, "too deep"),
    ("number", "1", "x" * 6_000, "too long"),
    ("expression", "x", "(x+1)^(10^9)", "too large to compute with"),
    ("quantity", "5 m", "5 furlong", "another unit"),
    ("interval", "[0, 1]", "0 <= 1", "an interval in another notation"),
    ("interval", "[0, 1]", "0 to 1", "commas or spaces that may be read"),
    ("expression", "log2(x)", "ln(x)/ln(2)", "letters in a row, or a function"),
    ("expression", "x^2", "--x^2", "two signs in a row"),
    ("equation", "y = 3*x", "y^2 = 9*x^2", "equations of which one may have more solutions"),
    ("list", "(1/2, 1)", "0,5; 1", "commas or spaces that may be read in two ways"),
    ("list", "(1, 2)", "12", "another number of brackets"),
    ("set", "{1, 2}", "{{1, 2}}", "a set of sets or lists"),
    ("shape", "1x512", "1 512", "commas or spaces that may be read in two ways"),
    ("text", "n!", "n", "words that differ in their marks"),
    ("choice", "yes", "perhaps", "words that are no option"),
]


@pytest.mark.parametrize(("kind", "expected", "text", "options"), SAME)
def test_the_same(kind: str, expected: str, text: str, options: dict[str, object]) -> None:
    assert compare(kind, expected, text, options).same


@pytest.mark.parametrize(("kind", "expected", "text", "options"), DIFFERENT)
def test_different(kind: str, expected: str, text: str, options: dict[str, object]) -> None:
    assert not compare(kind, expected, text, options).same


@pytest.mark.parametrize(("kind", "expected", "text", "reason"), REASONS)
def test_not_read(kind: str, expected: str, text: str, reason: str) -> None:
    with pytest.raises(NotRead, match=reason):
        compare(kind, expected, text, {})


@pytest.mark.parametrize("kind", sorted({case[1] for case in cases()}))
def test_no_verdict_of_the_tables_is_contradicted(kind: str) -> None:
    rows = [case for case in cases() if case[1] == kind and case[2] in {"correct", "wrong"}][::STEP]
    for name, _, verdict, expected, text, options in rows:
        try:
            found = compare(kind, expected, text, options)
        except NotRead:
            continue
        if verdict == "correct" or (found.is_certain and found.same):
            by_form = options.keys() & FORMS or not text.strip()
            assert found.same is (verdict == "correct") or by_form, name


def test_sympy_proves_what_points_agree_on() -> None:
    found = compare("expression", "x^2 - 1", "(x-1)*(x+1)", {})
    assert found.zero is not None
    assert proves_zero(found.zero, positive=False)
