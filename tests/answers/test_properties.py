"""Properties of the reader and the judge, on texts and expressions drawn at random."""

from __future__ import annotations

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answers.algebra.rational_value import exact_value
from answers.judge import Options, Verdict, all_kinds, judge
from answers.numbers.units import find_unit
from answers.syntax.errors import Unreadable, UnreadableKey
from answers.syntax.latex_printer import latex
from answers.syntax.nodes import (
    Add,
    Call,
    Div,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Rel,
    Sym,
    map_children,
    substitute,
)
from answers.syntax.parser import read
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma
from answers.syntax.vocabulary import Names
from tests.answers.cases import cases

LETTERS = ["a", "b", "h", "x"]
OPTIONS = Options(variables=tuple(LETTERS))
NAMES = Names(frozenset(LETTERS))
WRITING = "0123456789.,;:+-*/^=<>!|()[]{}\\_ abehixπσ×·√½²₁∞∪≤°%$'\"&~\t\n"
PIECES = (
    "() √ sqrt ^ _ { } ( ) [ ] | || < = , ; x y e i π inf 0 1 2 -1 / * ± ! % ° ' max( abs( ln log_2"
    r" floor( \frac \sqrt \left( \right) \begin{matrix} & \\ ∪ ∩ ∖ ∈ {x| not and or relu( binom"
    r" eˣ vₒ Aᵀ III ±1 [2;1] gcd( mod 1e9 1e4999 ^-1 {} [] x^x MiB m min 10^ .. == ≠ R U \{ \}"
).split()
EXPECTED = {
    "growth": "n*log(n)", "selection": "a; b", "matching": "1: a; 2: b", "ordering": "a; b",
    "integer": "12", "number": "0.5", "quantity": "5 m", "shape": "1x2",
    "list": "(1, 2)", "set": "{1, 2}", "interval": "[0, 1)", "expression": "x + 1",
    "equation": "y = x", "inequality": "x < 1", "matrix": "[[1, 2], [3, 4]]",
    "choice": "a", "text": "a word",
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
    return judge("expression", format_expression(expected), answer, OPTIONS).verdict


@given(trees())
def test_what_is_printed_reads_back_as_the_same(tree: Node) -> None:
    assert verdict(tree, format_expression(tree)) is Verdict.CORRECT
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
        text = format_expression(form)
        if not text.endswith("..."):
            assert verdict(tree, text) is Verdict.CORRECT, text


@given(trees(), st.sampled_from(["1", "x", "0.000001", "a*b", "tanh(x)"]))
def test_perturbed_it_is_wrong(tree: Node, by: str) -> None:
    text = f"({format_expression(tree)}) + {by}"
    if "..." not in text:
        assert verdict(tree, text) is not Verdict.CORRECT


@given(trees(), trees())
def test_the_verdict_does_not_depend_on_which_side_is_which(one: Node, other: Node) -> None:
    left, right = format_expression(one), format_expression(other)
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
    known, other = find_unit(unit), find_unit("KiB")
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
@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_any_text_gets_a_verdict(kind: str, text: str) -> None:
    found = judge(kind, EXPECTED[kind], text)
    assert found == judge(kind, EXPECTED[kind], text)
    assert (found.score == 1) == (found.verdict is Verdict.CORRECT)
    assert found.why


def spliced() -> st.SearchStrategy[str]:
    """Answers of the tables with pieces of each other and of the grammar put in or taken out."""
    answers = st.sampled_from([answer for *_, answer, _ in cases()])
    pieces = st.sampled_from(PIECES) | st.builds(lambda a, n: a[:n], answers, st.integers(1, 12))
    cuts = st.tuples(st.integers(0, 40), st.sampled_from([0, 0, 1, 1, 2, 4]), pieces)

    def put_in(answer: str, changes: list[tuple[int, int, str]]) -> str:
        for at, size, piece in changes:
            answer = answer[:at] + piece + answer[at + size :]
        return answer

    return st.builds(put_in, answers, st.lists(cuts, min_size=1, max_size=3))


@given(st.sampled_from([(kind, expected, options) for _, kind, _, expected, _, options in cases()]),
       spliced())  # fmt: skip
def test_what_is_nearly_an_answer_gets_a_verdict(
    question: tuple[str, str, dict[str, str | list[str]]], text: str
) -> None:
    kind, expected, options = question
    with contextlib.suppress(UnreadableKey):
        found = judge(kind, expected, text, Options.from_mapping(options))
        assert found.why
        assert found.verdict is not Verdict.CORRECT or found.ground


def conditions() -> st.SearchStrategy[Node]:
    """Comparisons of polynomials and absolute values in two letters, joined by and, or, not."""
    letters = st.sampled_from(["x", "y"]).map(Sym)
    terms = st.builds(lambda n, x: Mul((Num(Fraction(n), str(n)), x)), st.integers(1, 3), letters)
    products = st.builds(lambda a, b: Mul((a, b)), letters, letters)
    signed = (terms | products | numbers()).flatmap(lambda n: st.sampled_from([n, Neg(n)]))
    sums = st.lists(signed, min_size=1, max_size=3).map(lambda items: Add(tuple(items)))
    sides = sums | sums.map(lambda of: Call("abs", (of,)))
    signs = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
    relations: st.SearchStrategy[Node] = st.builds(Rel, signs, sides, sums)

    def joined(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        pairs = st.tuples(inner, inner)
        words = st.sampled_from(["and", "or"])
        return st.builds(Logic, words, pairs) | inner.map(lambda of: Logic("not", (of,)))

    return st.recursive(relations, joined, max_leaves=3)


def holds(node: Node, x: Fraction, y: Fraction) -> bool:
    """Whether a condition is true at a point, in the plainest way."""
    match node:
        case Logic("not", (part,)):
            return not holds(part, x, y)
        case Logic(word, parts):
            return (all if word == "and" else any)(holds(part, x, y) for part in parts)
        case Rel(sign, left, right):
            at_point = substitute(
                substitute(Add((left, Neg(right))), Sym("x"), Num(x)), Sym("y"), Num(y)
            )
            value = exact_value(at_point)
            assert value is not None
            return {"<": value < 0, "<=": value <= 0, ">": value > 0, ">=": value >= 0,
                    "=": value == 0, "!=": value != 0}[sign]  # fmt: skip
        case _:
            raise AssertionError(node)


def slackened(node: Node) -> Node:
    """The condition with `<=` for each `<`: a near miss."""
    changed = map_children(node, slackened) if isinstance(node, Logic) else node
    return Rel("<=", node.left, node.right) if isinstance(node, Rel) else changed


POINTS = [(Fraction(x, 2), Fraction(y, 2)) for x in range(-8, 9) for y in range(-8, 9)]


NEAR_MISSES = conditions().map(lambda one: (one, slackened(one)))


@given(st.tuples(conditions(), conditions()) | NEAR_MISSES)
def test_conditions_that_are_accepted_hold_at_the_same_points(pair: tuple[Node, Node]) -> None:
    one, other = pair
    found = judge("inequality", format_expression(one), format_expression(other))
    if found.verdict is Verdict.CORRECT:
        assert not [point for point in POINTS if holds(one, *point) != holds(other, *point)]


@given(conditions())
def test_a_condition_turned_round_twice_is_never_wrong(one: Node) -> None:
    twice = Logic("not", (Logic("not", (one,)),))
    assert (
        judge("inequality", format_expression(one), format_expression(twice)).verdict
        is not Verdict.WRONG
    )
