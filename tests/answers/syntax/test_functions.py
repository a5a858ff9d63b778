"""The table of functions: a new one is a row, and all rows hold what they say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from typer.testing import CliRunner

import answers
from answers.algebra.rational_value import exact_value
from answers.evaluation.number import real_value
from answers.judge import Verdict, judge
from answers.syntax.functions import table as functions
from answers.syntax.functions.record import Function, Inverse
from answers.syntax.functions.table import (
    ABS,
    CALLS,
    FUNCTIONS,
    LETTERS,
    LOG,
    ROOT,
    SIGNS,
    ZERO,
    integer,
)
from answers.syntax.latex_printer import latex
from answers.syntax.nodes import Add, Call, Div, Logic, Neg, Node, Num, Rel, Sym
from answers.syntax.parser import read
from answers.syntax.printer import format_expression
from examgen.cli import app

X, ONE, SIX = Sym("x"), integer(1), integer(6)

# -- functions that examgen does not have ----------------------------------------------------------

# Softsign under a made-up name: Glorot and Bengio (2010), "Understanding the difficulty of training
# deep feedforward neural networks", section 2.
SQUASH = Function(
    "squash", ("squish",), sign="⌾", is_real=True,
    evaluate=lambda _: lambda x: x / (1 + abs(x)), exact=lambda x: x / (1 + abs(x)),
    definition=lambda x: Div(x, Add((ONE, ABS(x)))),
    pieces=lambda x: [(Rel(">=", x, ZERO), Div(x, Add((ONE, x)))),
                      (Rel("<", x, ZERO), Div(x, Add((ONE, Neg(x)))))],
    inverse=Inverse(lambda y: Div(y, Add((ONE, Neg(ABS(y))))), least=-1, most=1),
)  # fmt: skip
# min(max(x, 0), 6): Krizhevsky (2010), "Convolutional deep belief networks on CIFAR-10".
RELU6 = Function(
    "relu6", latex=r"\mathrm{ReLU6}\left(%s\right)", also=("ReLU6",), is_real=True,
    evaluate=lambda balls: lambda x: balls.smallest(
        balls.largest(x, balls.number(0)), balls.number(6)),
    exact=lambda x: min(max(x, Fraction(0)), Fraction(6)),
    definition=lambda x: Call("min", (Call("max", (x, ZERO)), SIX)),
    pieces=lambda x: [(Rel("<", x, ZERO), ZERO), (Rel(">", x, SIX), SIX),
                      (Logic("and", (Rel(">=", x, ZERO), Rel("<=", x, SIX))), x)],
)  # fmt: skip
TABLES = (FUNCTIONS, CALLS, LETTERS, SIGNS)


@pytest.fixture
def made_up() -> Iterator[None]:
    """Has a row for each of the two functions, for one test."""
    before = [dict(table) for table in TABLES]
    functions.add(SQUASH)
    functions.add(RELU6)
    yield
    for table, rows in zip(TABLES, before, strict=True):
        table.clear()
        table.update(rows)


def test_it_is_not_there_before_it_has_a_row() -> None:
    assert not {"squash", "relu6"} & FUNCTIONS.keys()


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("squash(x)", SQUASH(X)),
        ("squash x", SQUASH(X)),
        ("squish(x)", SQUASH(X)),
        ("⌾x", SQUASH(X)),
        (r"\squash x", SQUASH(X)),
        (r"\operatorname{squash}\left(x\right)", SQUASH(X)),
        (r"\mathrm{squish}{(x)}", SQUASH(X)),
        ("relu6(x)", RELU6(X)),
        ("ReLU6 (x)", RELU6(X)),
        (r"\relu6{x}", RELU6(X)),
        (r"\text{ReLU6}(x)", RELU6(X)),
    ],
)
def test_it_is_read_and_printed(text: str, node: Call) -> None:
    assert read(text) == node
    assert read(format_expression(node)) == node
    assert read(latex(node)) == node


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize(
    ("kind", "verdict", "expected", "answer"),
    [
        ("expression", "correct", "squash(x)", "x/(1 + |x|)"),
        ("expression", "wrong", "squash(x)", "x/(1 + x)"),
        ("expression", "wrong", "squash(x)", "squash(2x)"),
        ("expression", "correct", "3squash(x) + x", "x + squish(x)*3"),
        ("expression", "correct", "relu6(x)", "min(max(x, 0), 6)"),
        ("expression", "wrong", "relu6(x)", "relu(x)"),
        ("expression", "wrong", "relu6(x)", "min(x, 6)"),
        ("expression", "wrong", "relu6(x - 90)", "relu(x - 90)"),
        ("number", "correct", "squash(1)", "1/2"),
        ("number", "wrong", "squash(1)", "0.25"),
        ("number", "correct", "6", "relu6(7)"),
        ("equation", "correct", "x = 1", "squash(x) = 1/2"),
        ("equation", "wrong", "squash(x) = 1/2", "x = 2"),
        ("inequality", "correct", "x < 1", "squash(x) < 1/2"),
        ("inequality", "wrong", "squash(x) < 1/2", "x <= 1"),
        ("inequality", "correct", "x < y", "squash(x) < squash(y)"),
        ("inequality", "correct", "relu6(x) > 2", "x > 2"),
        ("inequality", "wrong", "relu6(x) >= 6", "x > 6"),
        ("interval", "correct", "(-inf, inf)", "squash(x) < 2"),
        ("interval", "correct", "[6, inf)", "relu6(x) = 6"),
    ],
)
def test_it_is_compared_and_solved(kind: str, verdict: str, expected: str, answer: str) -> None:
    found = judge(kind, expected, answer)
    assert found.verdict == verdict, found


@pytest.mark.usefixtures("made_up")
def test_its_reading_is_promised() -> None:
    words = ["read", "--kind", "expression", "--answer", r"2\operatorname{squish}(x) + relu6 x"]
    done = CliRunner().invoke(app, words)
    assert done.stdout == "2*squash(x) + relu6(x)\n"


# -- the rows that examgen has ---------------------------------------------------------------------

ROWS = list(CALLS.values())
NUMBERS = [*map(Fraction, (-3, -1, 0, 1, 2, 3, 6, 8, 9, 100)), Fraction(-5, 2), Fraction(1, 4)]
POINTS = {count: list(product(NUMBERS, repeat=count)) for count in (1, 2)}
TINY = Fraction(1, 10**40)
# What LaTeX has no other way to write.
READ_AS = {
    "log10": LOG(X, integer(10)),
    "log2": LOG(X, integer(2)),
    "cbrt": ROOT(X, integer(3)),
    "norm": ABS(X),
}


def letters_of(row: Function) -> list[Sym]:
    return [Sym(letter) for letter in "xy"[: row.arity or 2]]


@pytest.mark.parametrize(("name", "row"), FUNCTIONS.items(), ids=FUNCTIONS)
def test_each_spelling_is_read(name: str, row: Function) -> None:
    node = row(*letters_of(row))
    args = ", ".join(map(format_expression, node.args))
    assert read(f"{name}({args})") == node
    if name != "binom":  # as a command it has its arguments in braces
        assert read(rf"\operatorname{{{name}}}\left({args}\right)") == node


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_each_is_printed_as_it_is_read(row: Function) -> None:
    node = row(*letters_of(row))
    if row.is_written or row is LOG:
        assert read(format_expression(node)) == node
    assert read(latex(node)) == READ_AS.get(row.name, node)


@pytest.mark.parametrize("row", LETTERS.values(), ids=LETTERS)
def test_each_letter_is_its_function(row: Function) -> None:
    assert read(f"{row.letter}(x)") == read(rf"\{row.letter}(x)") == row(X)


@pytest.mark.parametrize("row", SIGNS.values(), ids=SIGNS)
def test_each_sign_is_its_function(row: Function) -> None:
    assert read(f"{row.sign}x") == row(X)


def test_no_function_is_a_single_letter_or_has_a_name_of_another() -> None:
    spelled = [name for row in ROWS if row.is_written for name in (row.name, *row.also)]
    assert len(spelled) == len(set(spelled)) == len(FUNCTIONS)
    assert min(map(len, spelled)) > 1


def numbers(values: tuple[Fraction, ...]) -> list[Node]:
    return [Num(value, str(value)) for value in values]


@pytest.mark.parametrize("row", [r for r in ROWS if r.exact and r.evaluate], ids=lambda r: r.name)
def test_exact_values_are_those_that_are_computed(row: Function) -> None:
    for values in POINTS[row.arity or 2]:
        call = row(*numbers(values))
        found = exact_value(call)
        computed = None if found is None else real_value(call)
        if found is not None and computed is not None:
            assert abs(found - computed) <= TINY * (1 + abs(found)), call


@pytest.mark.parametrize("row", [r for r in ROWS if r.pieces], ids=lambda r: r.name)
def test_one_piece_holds_everywhere(row: Function) -> None:
    for values in POINTS[row.arity or 2]:
        args = tuple(numbers(values))
        pieces = [value for where, value in row.pieces_at(args) if holds(where)]
        (piece,) = map(exact_value, pieces)
        value = real_value(row(*args))
        assert piece is not None
        assert value is not None
        assert abs(piece - value) <= TINY, values


def holds(node: Node) -> bool:
    assert isinstance(node, Rel)
    left, right = exact_value(node.left), exact_value(node.right)
    assert left is not None
    assert right is not None
    return {"<": left < right, ">=": left >= right, ">": left > right, "=": left == right}[
        node.sign
    ]


@pytest.mark.parametrize("row", [r for r in ROWS if r.inverse], ids=lambda r: r.name)
def test_an_inverse_undoes_its_function(row: Function) -> None:
    assert row.inverse is not None
    rest = numbers((Fraction(3),) * ((row.arity or 1) - 1))
    values = [value for value in NUMBERS if abs(value) < 4 and not row.inverse.side_of(value)]
    for value in values:
        found = real_value(row(row.inverse.of(*numbers((value,)), *rest), *rest))
        assert found is not None
        assert abs(found - value) < TINY, value


@pytest.mark.parametrize("row", [r for r in ROWS if r.is_positive], ids=lambda r: r.name)
def test_what_is_positive_is_so_everywhere(row: Function) -> None:
    assert all((real_value(row(*numbers(values))) or -1) > 0 for values in POINTS[1])


# -- one row in one file ---------------------------------------------------------------------------

ALLOWED = {
    ("kinds/growth.py", "factorial"): "a word for an order of growth",
    ("kinds/growth.py", ")*log("): "an order of growth that is another one",
    ("syntax/arithmetic.py", r"\binom"): "a command of LaTeX with two arguments in braces",
    ("syntax/tokenizer.py", "binom"): "the same command",
    ("syntax/tokenizer.py", "sign"): "a group of a regular expression",
    ("syntax/unwrap.py", r"\im"): "how \\implies begins",
    ("numbers/units.py", "sign"): "a group of a regular expression",
    ("options.py", "abs"): "the option of that name",
}
TREE = Path(answers.__file__).parent


def literals(path: Path) -> Iterator[str]:
    """Strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    lone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in lone:
            yield node.value


def named() -> set[tuple[str, str]]:
    """Strings of which each word is a function, outside of the table, with their files."""
    return {
        (path.relative_to(TREE).as_posix(), text)
        for path in TREE.rglob("*.py")
        if path.parent.name != "functions"
        for text in literals(path)
        if (words := re.findall(r"[A-Za-z]+\d*", text)) and FUNCTIONS.keys() >= set(words)
    }


def test_a_function_is_named_in_the_table_alone() -> None:
    found = named()
    assert not found - ALLOWED.keys(), "give the table another attribute, which all files read"
    assert not ALLOWED.keys() - found, "this is allowed and no longer needed"


# -- how many arguments a function has -------------------------------------------------------------

KINDS = (("number", "3"), ("expression", "2*x+1"), ("equation", "y=2x+1"), ("inequality", "x<1"),
         ("list", "1, 2"), ("interval", "[1, 2]"))  # fmt: skip
BEFORE = [*FUNCTIONS, *SIGNS, *(f"{letter}" for letter in LETTERS), r"\sqrt[3]", "log_2", r"\ln"]
BEHIND = [
    "",
    "1/2",
    "1/2; 1/4",
    r"\dfrac12, \tfrac14",
    "x, 1/4",
    "1, 2",
    "1, 2, 3",
    "1,2",
    "x; 1; 2",
]


@pytest.mark.parametrize("name", BEFORE)
def test_wrong_count_of_arguments_is_unreadable(name: str) -> None:
    """Judge calls with none to three arguments; each gets a verdict, and none is left out."""
    for behind, (kind, expected) in product(BEHIND, KINDS):
        judge(kind, expected, f"{name}({behind})")
    found = judge("number", "3", f"{name}(1/2; 1/4; 1/8; 1/16; 1/32)")
    has_any = name in FUNCTIONS and FUNCTIONS[name].arity is None
    assert (found.verdict is Verdict.UNREADABLE) is not has_any, found.why


@pytest.mark.parametrize("text", ["sin(1,2)", "sqrt(1,2)", r"\sin(1,2)", "log_2(1,2)", "lg(1,2)"])
def test_comma_in_function_of_one_argument_is_decimal(text: str) -> None:
    """Read a comma as decimal where the function could not have a second argument."""
    point = judge("number", text.replace(",", "."), text)
    assert point.verdict is Verdict.CORRECT, point.why
