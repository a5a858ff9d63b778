"""Properties of the reader and the judge, on texts and expressions drawn at random."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.errors import Unreadable
from answers.judge import Kind, Options, Verdict, judge
from answers.reading.grammar import read
from answers.reading.latex import latex
from answers.reading.names import Names
from answers.reading.printing import shown
from answers.reading.tokens import Comma
from answers.reading.tree import Add, Call, Div, Mul, Neg, Node, Num, Pow, Sym
from answers.units import named

LETTERS = ["a", "b", "h", "x"]
OPTIONS = Options(variables=tuple(LETTERS))
NAMES = Names(frozenset(LETTERS))
WRITING = "0123456789.,;:+-*/^=<>!|()[]{}\\_ abehixπσ×·√½²₁∞∪≤°%$'\"&~\t\n"
EXPECTED = {
    Kind.INTEGER: "12", Kind.NUMBER: "0.5", Kind.QUANTITY: "5 m", Kind.SHAPE: "1x2",
    Kind.LIST: "(1, 2)", Kind.SET: "{1, 2}", Kind.INTERVAL: "[0, 1)", Kind.EXPRESSION: "x + 1",
    Kind.EQUATION: "y = x", Kind.INEQUALITY: "x < 1", Kind.MATRIX: "[[1, 2], [3, 4]]",
    Kind.CHOICE: "a", Kind.TEXT: "a word",
}  # fmt: skip


def numbers() -> st.SearchStrategy[Node]:
    return st.integers(0, 40).map(lambda n: Num(Fraction(n), str(n)))


def trees() -> st.SearchStrategy[Node]:
    """Expressions in a few letters, polynomial but for a tanh or a quotient here and there."""
    leaves = numbers() | st.sampled_from(LETTERS).map(Sym)

    def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        some = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return (
            st.builds(Add, some)
            | st.builds(Mul, some)
            | st.builds(Neg, inner)
            | st.builds(lambda of: Call("tanh", (of,)), inner)
            | st.builds(Div, inner, st.integers(1, 9).map(lambda n: Num(Fraction(n), str(n))))
            | st.builds(Pow, inner, st.integers(1, 4).map(lambda n: Num(Fraction(n), str(n))))
        )

    return st.recursive(leaves, grown, max_leaves=12)


def verdict(expected: Node, answer: str) -> Verdict:
    return judge("expression", shown(expected), answer, OPTIONS).verdict


@given(trees())
def test_what_is_printed_reads_back_as_the_same(tree: Node) -> None:
    assert verdict(tree, shown(tree)) is Verdict.CORRECT
    assert verdict(tree, latex(tree)) is Verdict.CORRECT


@given(trees(), trees())
def test_rewritten_by_an_identity_it_stays_right(tree: Node, other: Node) -> None:
    one = Num(Fraction(1), "1")
    rewritten: list[Node] = [
        Add((other, tree, Neg(other))),
        Mul((tree, one)),
        Neg(Neg(tree)),
        Add((Mul((tree, Add((one, Sym("x"))))), Neg(Mul((Sym("x"), tree))))),
        Div(Mul((tree, Num(Fraction(6), "6"))), Num(Fraction(6), "6")),
    ]
    for form in rewritten:
        text = shown(form)
        if not text.endswith("..."):
            assert verdict(tree, text) is Verdict.CORRECT, text


@given(trees(), st.sampled_from(["1", "x", "0.000001", "a*b", "tanh(x)"]))
def test_perturbed_it_is_wrong(tree: Node, by: str) -> None:
    text = f"({shown(tree)}) + {by}"
    if "..." not in text:
        assert verdict(tree, text) is not Verdict.CORRECT


@given(trees(), trees())
def test_the_verdict_does_not_depend_on_which_side_is_which(one: Node, other: Node) -> None:
    left, right = shown(one), shown(other)
    if "..." not in left + right:
        assert (verdict(one, right) is Verdict.CORRECT) == (verdict(other, left) is Verdict.CORRECT)


@given(st.fractions(max_denominator=10**6))
def test_a_fraction_equals_itself_and_no_other(value: Fraction) -> None:
    text = f"{value.numerator}/{value.denominator}"
    near = value + Fraction(1, 10**12)
    assert judge("number", text, text).verdict is Verdict.CORRECT
    assert judge("number", text, f"{near.numerator}/{near.denominator}").verdict is Verdict.WRONG


@given(st.integers(-(10**15), 10**15))
def test_an_integer_in_many_notations(value: int) -> None:
    mantissa = f"{value:e}" if abs(value) < 10**6 else str(value)
    grouped = f"{value:,}"
    spellings = [str(value), grouped, grouped.replace(",", " "), f"{value}.0", f"{value}."]
    for text in [*spellings, f"${value}$", f"({value})", f"n = {value}", mantissa]:
        assert judge("integer", str(value), text).verdict is Verdict.CORRECT, text
    assert judge("integer", str(value), str(value + 1)).verdict is Verdict.WRONG


@given(st.integers(1, 10**9), st.sampled_from(["B", "kB", "MB", "GiB", "MiB", "bit", "Mbit"]))
def test_a_quantity_in_another_unit(value: int, unit: str) -> None:
    known, other = named(unit), named("KiB")
    assert known is not None
    assert other is not None
    same = Fraction(value) * known.factor / other.factor
    text = f"{same.numerator}/{same.denominator} KiB"
    assert judge("quantity", f"{value} {unit}", text).verdict is Verdict.CORRECT
    assert judge("quantity", f"{value} {unit}", f"{value} m").verdict is Verdict.WRONG


@given(
    st.decimals(-(10**6), 10**6, places=3, allow_nan=False),
    st.decimals(0, 100, places=2, allow_nan=False),
)
def test_an_absolute_tolerance_is_inclusive_and_exact(value: object, slack: object) -> None:
    middle, reach = Fraction(str(value)), Fraction(str(slack))
    options = Options(abs=reach)
    for edge in (middle - reach, middle + reach):
        text = f"{edge.numerator}/{edge.denominator}"
        assert judge("number", str(value), text, options).verdict is Verdict.CORRECT
    beyond = middle + reach + Fraction(1, 10**20)
    text = f"{beyond.numerator}/{beyond.denominator}"
    assert judge("number", str(value), text, options).verdict is Verdict.WRONG


@given(st.text(alphabet=st.sampled_from(WRITING), max_size=40) | st.text(max_size=40))
@pytest.mark.parametrize("comma", list(Comma))
def test_the_reader_raises_nothing_but_its_own_error(comma: Comma, text: str) -> None:
    with contextlib.suppress(Unreadable):
        read(text, NAMES, comma=comma)


@given(st.text(alphabet=st.sampled_from(WRITING), max_size=30) | st.text(max_size=30))
@pytest.mark.parametrize("kind", list(Kind))
def test_any_text_gets_a_verdict(kind: Kind, text: str) -> None:
    found = judge(kind, EXPECTED[kind], text)
    assert found.verdict in set(Verdict)
    assert 0 <= found.score <= 1
