"""Conditions rewritten: sets, signs and inverse functions as comparisons joined by and, or, not.

Roots stay where they are, and absolute values and maxima, unless there are few of a simple kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.algebra.identity_test import as_integer
from answers.evaluation.number import real_value
from answers.real_sets.square_roots import TURNED, without_root
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.exact import logarithm
from answers.syntax.functions.table import LN, PLUS_MINUS, function_of, integer
from answers.syntax.nodes import (
    INFINITY,
    Builder,
    Call,
    Div,
    Logic,
    Neg,
    Node,
    Num,
    Pow,
    Rel,
    Seq,
    Sets,
    Sym,
    constants_in,
    free_symbols,
    functions_in,
    has,
    is_infinite,
    map_children,
    substitute,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from answers.syntax.functions.record import Inverse

# Each bend, and each logarithm, doubles what a condition is written out to. A few bends are
# written out since that is quick.
FEW_BENDS, MAX_BENDS = 3, 5
ALWAYS, NEVER = Logic("and", ()), Logic("or", ())


def comparisons(node: Node, letter: str) -> Node:
    """Return sets, and membership in them, as comparisons of a letter."""
    match node:
        case Rel("in", Sym(name), right):
            return comparisons(right, name)
        case Rel():
            return with_both_signs(node)
        case Logic(word, parts):
            rewritten = tuple([comparisons(part, letter) for part in parts])
            return node if rewritten == parts else Logic(word, rewritten)
        case Sets(sign, parts):
            inner = [comparisons(part, letter) for part in parts]
            if sign == "∖":
                inner[1:] = [Logic("not", (part,)) for part in inner[1:]]
            return Logic("or" if sign == "∪" else "and", tuple(inner))
        case Builder(bound, where):
            return comparisons(substitute(where, bound, Sym(letter)), letter)
        case Seq("{", items, _):
            return Logic("or", tuple(Rel("=", Sym(letter), item) for item in items))
        case Seq(opening, (low, high), closing) if opening:
            low_sign, high_sign = ">=" if opening == "[" else ">", "<=" if closing == "]" else "<"
            ends = (Rel(low_sign, Sym(letter), low), Rel(high_sign, Sym(letter), high))
            return Logic("and", ends)
        case _:
            return node


def signs_of(node: Node) -> int:
    """Return how often ± occurs."""
    if PLUS_MINUS.name not in functions_in(node):
        return 0
    return sum(isinstance(part, Call) and part.name == PLUS_MINUS.name for part in walk(node))


def with_sign(node: Node, sign: Callable[[Node], Node]) -> Node:
    """Return the reading with ± replaced by one of its signs."""
    if isinstance(node, Call) and node.name == PLUS_MINUS.name:
        return sign(node.args[0])
    return map_children(node, lambda part: with_sign(part, sign))


def with_both_signs(node: Rel) -> Node:
    """Rewrite `x = ±1` as `x = 1 or x = -1`, and `x != ±1` as both at once."""
    if node.sign not in {"=", "!="} or signs_of(node) != 1:
        return node
    both = tuple(with_sign(node, sign) for sign in (lambda of: of, Neg))
    return Logic("or" if node.sign == "=" else "and", both)


def to_rational_comparisons(node: Node) -> Node:
    """Return a condition without infinity, signs and functions that can be inverted.

    Raises:
        NotDecidable: it would have too many parts.
    """
    functions = list(filter(_is_function, walk(node))) if has(node, Call, Pow) else []
    if not functions and INFINITY.name not in constants_in(node):
        return node
    if sum(map(_needs_positive, functions)) > MAX_BENDS:
        raise NotDecidable
    bends = [part for part in functions if isinstance(part, Call) and _has_pieces(part)]
    if len(bends) <= FEW_BENDS:
        quick = (_infinite, _without_bends, _inverted, _without_root)
        return _plain(node, quick if functions else quick[:1])
    if sum(map(_must_go, bends)) > MAX_BENDS:
        raise NotDecidable
    return _plain(node, (_infinite, _without_steps, _inverted))


def _without_root(node: Rel) -> Node | None:
    return without_root(node) if node.sign in TURNED else None


def _has_pieces(node: Call) -> bool:
    return function_of(node.name).pieces is not None


def _must_go(node: Call) -> bool:
    """Return whether it has to be written out by its pieces, however many there are."""
    return function_of(node.name).jumps or any(_is_inverted(part) for part in walk(node))


def _needs_positive(node: Node) -> bool:
    """Return whether inverting it adds a condition on what it is taken of."""
    inverse = function_of(node.name).inverse if isinstance(node, Call) else None
    return inverse is not None and inverse.above is not None and bool(free_symbols(node))


def _is_inverted(node: Node) -> bool:
    match node:
        case Call(name):
            return function_of(name).inverse is not None and bool(free_symbols(node))
        case Pow(_, exponent):
            return bool(free_symbols(exponent))
        case _:
            return False


def _is_function(node: Node) -> bool:
    return isinstance(node, Call) or (isinstance(node, Pow) and as_integer(node.exponent) is None)


def _plain(node: Node, rewrites: Sequence[Callable[[Rel], Node | None]]) -> Node:
    match node:
        case Logic(word, parts):
            return Logic(word, tuple(_plain(part, rewrites) for part in parts))
        case Rel():
            for rewrite in rewrites:
                found = rewrite(node)
                if found is not None:
                    return _plain(found, rewrites)
    return node


def _infinite(node: Rel) -> Node | None:
    """Decide comparisons with infinity: `-inf < x` always holds, `x < -inf` never."""
    if is_infinite(node.left) == is_infinite(node.right):
        return None
    is_right = is_infinite(node.right)
    sign, end = (node.sign, node.right) if is_right else (TURNED.get(node.sign, "in"), node.left)
    is_true = sign == "!=" or sign[0] == ("<" if end == INFINITY else ">")
    return ALWAYS if is_true else NEVER


def _without_bends(node: Rel, chosen: Callable[[Call], bool] = _has_pieces) -> Node | None:
    """Return one sign, absolute value or the like written out by its pieces."""
    for part in walk(node):
        if isinstance(part, Call) and _has_pieces(part) and chosen(part):
            pieces = function_of(part.name).pieces_at(part.args)
            cases = (
                Logic("and", (where, substitute(node, part, value))) for where, value in pieces
            )
            return Logic("or", tuple(cases)) if pieces else None
    return None


def _without_steps(node: Rel) -> Node | None:
    return _without_bends(node, _must_go)


def _inverted(node: Rel) -> Node | None:
    """Rewrite `e^u < c`, `log u < c`, `cbrt(u) < c` by the inverse function."""
    sign, left, right = node.sign, node.left, node.right
    if sign not in TURNED:
        return None
    if free_symbols(right) and not free_symbols(left):
        sign, left, right = TURNED[sign], right, left
    if isinstance(left, Neg) and free_symbols(left):
        sign, left, right = TURNED[sign], left.of, Neg(right)
    if isinstance(left, Pow):
        return _exponents_compared(sign, left, right)
    if isinstance(left, Call) and (inverse := function_of(left.name).inverse_at(left.args)):
        return _arguments_compared(sign, left, right, inverse)
    return None


def _arguments_compared(sign: str, left: Call, right: Node, inverse: Inverse) -> Node | None:
    """Rewrite `f(u) < f(v)` or `f(u) < c` by u and v, or by the inverse at c."""
    inner, *rest = left.args
    turned = _by_growth(sign, inverse.growth(*rest)) if inverse.growth else sign
    if turned is None:
        return None
    if isinstance(right, Call) and (right.name, right.args[1:]) == (left.name, left.args[1:]):
        both = inner, right.args[0]
        return _where_defined(Rel(turned, *both), both, inverse)
    if not inverse.is_of_all:
        bound = real_value(right) if free_symbols(left) and not free_symbols(right) else None
        if bound is None:
            return None
        if side := inverse.side_of(bound):
            return _with_no_value(sign, side)
    return _where_defined(Rel(turned, inner, inverse.of(right, *rest)), (inner,), inverse)


def _where_defined(compared: Rel, arguments: Sequence[Node], inverse: Inverse) -> Node:
    """Return a comparison of arguments where their function has values."""
    if inverse.above is None:
        return compared
    end = integer(inverse.above)
    return Logic("and", (*(Rel(">", argument, end) for argument in arguments), compared))


def _with_no_value(sign: str, side: int) -> Node:
    """Return a function compared with a number that is below (-1) or above (1) all its values."""
    is_true = sign == "!=" or sign[0] == (">" if side < 0 else "<")
    return ALWAYS if is_true else NEVER


def _exponents_compared(sign: str, left: Pow, right: Node) -> Node | None:
    """Compare powers of one constant, or such a power and a number, by the exponents."""
    base, inner = left.base, left.exponent
    turned = None if free_symbols(base) else _by_growth(sign, base)
    if turned is None:
        return None
    if isinstance(right, Pow) and right.base == base:
        return Rel(turned, inner, right.exponent)
    bound = real_value(right) if free_symbols(inner) and not free_symbols(right) else None
    if bound is None:
        return None
    return _with_no_value(sign, -1) if bound <= 0 else Rel(turned, inner, _bound_of(right, base))


def _bound_of(power: Node, base: Node) -> Node:
    """Return the logarithm of a power to a base, as a number where that is quickly seen."""
    if isinstance(power, Num) and power.value == 1:
        return integer(0)
    if isinstance(power, Num) and isinstance(base, Num) and base.value.denominator == 1:
        whole = logarithm(power.value, base.value.numerator)
        if whole is not None:
            return integer(whole.numerator)
    return exponent_of(power, base)


def exponent_of(power: Node, base: Node) -> Node:
    """Return the logarithm of a power to a base."""
    return LN(power) if base == Sym("e") else Div(LN(power), LN(base))


def _by_growth(sign: str, base: Node) -> str | None:
    """Return the sign between exponents of a base; None where the base is not positive."""
    growth = real_value(base)
    if growth is None or growth <= 0 or growth == 1:
        return None
    return sign if growth > 1 else TURNED[sign]
