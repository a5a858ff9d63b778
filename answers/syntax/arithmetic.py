"""The grammar of arithmetic: sums, what they are made of, and functions.

Implicit multiplication binds like the explicit one: `1/2x` is (1/2)x. A function without brackets
takes the factors that follow without a sign: `sin 2x cos x` is sin(2x) cos(x).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.syntax.cursor import Cursor, bare, part_bars
from answers.syntax.functions.table import (
    ABS,
    BINOMIAL,
    CEIL,
    DEGREES,
    FACTORIAL,
    FLOOR,
    LN,
    LOG,
    MOD,
    PLUS_MINUS,
    ROOT,
    SQRT,
)
from answers.syntax.lookahead import (
    circle_length,
    divides,
    factor_follows,
    is_open_interval,
    removes_a_set,
)
from answers.syntax.names import (
    FunctionName,
    arguments_in_brackets,
    check_count,
    is_function_next,
    is_plain_letter,
    read_name,
)
from answers.syntax.nodes import Add, Call, Div, Mul, Neg, Node, Num, Pow, Seq, Sym
from answers.syntax.numerals import read_number, split_digits
from answers.syntax.tokenizer import Comma, tokenize

if TYPE_CHECKING:
    from answers.syntax.functions.record import Function

_MATRICES = frozenset(
    {"matrix", "pmatrix", "bmatrix", "vmatrix", "Bmatrix", "smallmatrix", "array"}
)
_PLUS = frozenset({"+", "-", "±"})
_TIMES = frozenset({"*", "·", "×"})
_WORDS = frozenset({"num", "name"})
_ENDS_PRODUCT = frozenset({"", *"+ - ) ] } \\} , ; = < > <= >= !=".split()})
# Behind most numbers and letters; none of these changes what they are.
_BEHIND_WORDS = _ENDS_PRODUCT | {"*", "·", "/"}
_MARKS = frozenset({"!", "%", "°", "'"})
_MINUS_ONE = Neg(Num(Fraction(1), "1"))


def read_sum(cursor: Cursor) -> Node:
    """Read a sum.

    sum := product {("+" | "-" | "±") product}
    """
    first = read_product(cursor)
    if cursor.tokens[cursor.at].text not in _PLUS or removes_a_set(cursor):
        return first
    terms = [first]
    while (sign := cursor.tokens[cursor.at].text) in _PLUS and not removes_a_set(cursor):
        cursor.at += 1
        term = read_product(cursor)
        if sign == "±":
            terms.append(PLUS_MINUS(term))
        else:
            terms.append(term if sign == "+" else Neg(term))
    return Add(tuple(terms))


def read_product(cursor: Cursor) -> Node:
    r"""Read a product; a sign for times may be left out.

    product := factor {(("*" | "·" | "×" | "/" | ":" | "mod" | "\bmod") factor) | power}
    """
    node = read_factor(cursor)
    while True:
        sign = cursor.tokens[cursor.at].text
        if sign in _ENDS_PRODUCT:
            return node
        if sign in _TIMES:
            cursor.at += 1
            node = _times(node, read_factor(cursor))
        elif sign == "/" or (sign == ":" and divides(cursor)):
            cursor.at += 1
            node = Div(node, read_factor(cursor))
        elif sign == "\\bmod" or (sign == MOD.name and cursor.tokens[cursor.at + 1].text != "("):
            cursor.at += 1
            node = MOD(node, read_factor(cursor))
        elif factor_follows(cursor):
            node = _times(node, read_power(cursor))
        else:
            return node


def _times(left: Node, right: Node) -> Node:
    return Mul((*left.factors, right)) if isinstance(left, Mul) else Mul((left, right))


def read_factor(cursor: Cursor) -> Node:
    """Read a power with its signs.

    factor := {"+" | "-"} ["±"] power
    """
    if cursor.tokens[cursor.at].text not in _PLUS:
        return read_power(cursor)
    start, minus = cursor.at, False
    while (sign := cursor.tokens[cursor.at].text) in {"+", "-"}:
        minus ^= sign == "-"
        cursor.at += 1
        if cursor.at - start > cursor.limits.depth:
            raise cursor.error("too many signs in a row")
    if cursor.is_next("±"):
        cursor.at += 1
        return PLUS_MINUS(read_power(cursor))
    node = read_power(cursor)
    return Neg(node) if minus else node


def read_power(cursor: Cursor) -> Node:
    r"""Read a power; a circle as exponent is a sign for degrees: `90^\circ`.

    power := marked ["^" ("·" | "{" "·" "}" | argument | factor)]
    """
    token = cursor.tokens[cursor.at]
    kind = token.kind
    # Most are numbers and letters that are by themselves.
    if kind in _WORDS and cursor.tokens[cursor.at + 1].text in _BEHIND_WORDS:
        if kind == "num":
            cursor.at += 1
            return Num(token.value, token.text)
        if is_plain_letter(token.text):
            cursor.at += 1
            return Sym(token.text)
    base = read_marked(cursor)
    if cursor.tokens[cursor.at].text != "^":
        return base
    cursor.at += 1
    if circle := circle_length(cursor):
        cursor.at += circle
        return DEGREES(base)
    is_braced = cursor.tokens[cursor.at].text == "{"
    return Pow(base, read_argument(cursor) if is_braced else cursor.descend(read_factor))


def read_marked(cursor: Cursor) -> Node:
    """Read a primary with the marks behind it.

    marked := primary {"!" | "%" | "°"}
    """
    # What is nested in a name is counted there.
    is_word = cursor.tokens[cursor.at].kind in _WORDS
    node = read_primary(cursor) if is_word else cursor.descend(read_primary)
    while (sign := cursor.tokens[cursor.at].text) in _MARKS:
        cursor.at += 1
        match sign:
            case "!" if cursor.is_next("!"):
                raise cursor.error("write a double factorial as a product")
            case "!":
                node = FACTORIAL(node)
            case "%":
                node = Div(node, Num(Fraction(100), "100"))
            case "°":
                node = DEGREES(node)
            case _:
                raise cursor.error("this mark has no meaning here", cursor.tokens[cursor.at].at - 1)
    return node


def read_primary(cursor: Cursor) -> Node:
    r"""Read one of the smallest parts.

    primary := number | name | application | brackets | bars | rounded | fraction | matrix
    """
    token = cursor.tokens[cursor.at]
    match token.kind:
        case "num":
            return read_number(cursor)
        case "name":
            name = read_name(cursor)
            return read_application(cursor, name) if isinstance(name, FunctionName) else name
        case "op":
            return _structure(cursor, token.text)
    raise cursor.error("the answer ends too early" if cursor.at else "nothing to read")


def _structure(cursor: Cursor, sign: str) -> Node:
    match sign:
        case "(" | "[" | "{" | "\\{":
            return cursor.brackets(cursor)
        case "]" if is_open_interval(cursor):
            return cursor.brackets(cursor)
        case "|" | "||":
            return read_bars(cursor)
        case "⌊" | "⌈":
            return read_rounded(cursor)
        case "\\frac" | "\\binom":
            return read_fraction(cursor)
        case "\\begin":
            return read_matrix(cursor)
        case _:
            raise cursor.error(f"{bare(sign)!r} is not expected here")


# -- functions -------------------------------------------------------------------------------------


def read_application(cursor: Cursor, name: FunctionName) -> Node:
    r"""Read what a function applies to; its exponent may be before that: `sin^2 x`.

    application := FUNCTION ["^" exponent] ["[" sum "]"] arguments
    """
    function = name.function
    exponent: Node | None = None
    if cursor.is_next("^"):
        cursor.at += 1
        exponent = cursor.descend(read_exponent)
    index = _root_index(cursor) if function is SQRT else None
    args = read_arguments(cursor, function)
    if function is LN and len(args) == 2 and not name.index:
        function = LOG
    check_count(cursor, function, len(args))
    node = ROOT(args[0], index) if index is not None else _call(cursor, function, name.index, args)
    if exponent is None:
        return node
    if exponent == _MINUS_ONE and function.to_minus_one:
        return Call(function.to_minus_one, args)
    return Pow(node, exponent)


def _call(cursor: Cursor, function: Function, index: str, args: tuple[Node, ...]) -> Node:
    if not index:
        return function(*args)
    if function is not LN:
        raise cursor.error("a function has no index")
    return LOG(args[0], _index(cursor, index))


def _index(cursor: Cursor, text: str) -> Node:
    """Return the base of a logarithm, which is part of its name: `log_2`."""
    tokens = tokenize(text, cursor.limits, Comma.BETWEEN)
    index = Cursor(text, tokens, cursor.names, Comma.BETWEEN, cursor.limits, cursor.brackets)
    node = read_sum(index)
    if tokens[index.at].kind != "end":
        raise index.error(f"{bare(tokens[index.at].text)!r} is not expected here")
    return node


def read_exponent(cursor: Cursor) -> Node:
    """Read the exponent of a function, which ends before what the function applies to.

    exponent := ["-"] primary
    """
    if cursor.is_next("-"):
        cursor.at += 1
        return Neg(read_primary(cursor))
    return read_primary(cursor)


def _root_index(cursor: Cursor) -> Node | None:
    if not cursor.is_next("["):
        return None
    cursor.at += 1
    index = cursor.descend(read_sum)
    cursor.expect("]")
    return index


def read_arguments(cursor: Cursor, function: Function) -> tuple[Node, ...]:
    r"""Read the arguments of a function.

    arguments := brackets | argument | ["+" | "-"] factors
    """
    sign = cursor.tokens[cursor.at].text
    if sign == "(":
        return arguments_in_brackets(cursor)
    if sign == "\\{" or (sign == "{" and function.arity is None):
        inner = cursor.descend(cursor.brackets)
        return inner.items if isinstance(inner, Seq) else (inner,)
    if sign == "{":
        return (read_argument(cursor),)
    if sign in {"+", "-"}:
        cursor.at += 1
    argument = read_factors(cursor, is_tight=function.is_tight)
    return (Neg(argument) if sign == "-" else argument,)


def read_factors(cursor: Cursor, *, is_tight: bool) -> Node:
    """Read factors that follow a function without any sign, up to the next function.

    factors := power {power}
    """
    node = cursor.descend(read_power)
    while not is_tight and factor_follows(cursor) and not is_function_next(cursor):
        node = _times(node, read_power(cursor))
    return node


# -- structures ------------------------------------------------------------------------------------


def read_fraction(cursor: Cursor) -> Node:
    r"""Read a fraction or a binomial coefficient of LaTeX.

    fraction := ("\frac" | "\binom") argument argument
    """
    is_quotient = cursor.take().text == "\\frac"
    above, below = read_argument(cursor), read_argument(cursor)
    return Div(above, below) if is_quotient else BINOMIAL(above, below)


def read_argument(cursor: Cursor) -> Node:
    r"""Read what is in braces after a command; without braces one digit or primary.

    argument := "{" sum "}" | DIGIT | primary
    """
    token = cursor.tokens[cursor.at]
    if token.text == "{":
        cursor.at += 1
        inner = cursor.descend(read_sum)
        cursor.expect("}")
        return inner
    if token.kind == "num" and len(token.text) > 1 and token.text.isdigit():
        first, cursor.tokens[cursor.at] = split_digits(token)
        return Num(first.value, first.text)
    return cursor.descend(read_primary)


def read_bars(cursor: Cursor) -> Node:
    """Read an absolute value; between two bars in a row one value ends and one begins: `|x||y|`.

    bars := "|" sum "|"
    """
    part_bars(cursor)
    cursor.at += 1
    cursor.bars += 1
    inner = read_sum(cursor)
    cursor.bars -= 1
    part_bars(cursor)
    cursor.expect("|")
    return ABS(inner)


def read_rounded(cursor: Cursor) -> Node:
    """Read a number that is rounded down or up.

    rounded := "⌊" sum "⌋" | "⌈" sum "⌉"
    """
    is_down = cursor.take().text == "⌊"
    inner = read_sum(cursor)
    cursor.expect("⌋" if is_down else "⌉")
    return FLOOR(inner) if is_down else CEIL(inner)


def read_matrix(cursor: Cursor) -> Node:
    r"""Read a matrix of LaTeX as rows in brackets.

    matrix := "\begin" "{" MATRIX "}" row {"\\" row} ["\\"] "\end" "{" MATRIX "}"
    """
    cursor.at += 1
    start = cursor.at
    name = _environment(cursor)
    if name == "array" and cursor.is_next("{"):
        while not cursor.is_next("}"):
            cursor.take()
        cursor.at += 1
    rows = [read_row(cursor)]
    while cursor.is_next("\\\\"):
        cursor.at += 1
        if not cursor.is_next("\\end"):
            rows.append(read_row(cursor))
    if not cursor.is_next("\\end"):
        raise cursor.error("the matrix is not closed")
    cursor.at += 1
    if _environment(cursor) != name:
        raise cursor.error(f"the {name} is not closed", cursor.tokens[start].at)
    return Seq("[", tuple(rows), "]")


def read_row(cursor: Cursor) -> Node:
    """Read the row of a matrix.

    row := sum {"&" sum}
    """
    cells = [read_sum(cursor)]
    while cursor.is_next("&"):
        cursor.at += 1
        cells.append(read_sum(cursor))
    return Seq("[", tuple(cells), "]")


def _environment(cursor: Cursor) -> str:
    cursor.expect("{")
    name = bare(cursor.take().text)
    cursor.expect("}")
    if name not in _MATRICES:
        raise cursor.error(f"the environment {name!r} is not known")
    return name
