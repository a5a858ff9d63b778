"""Conditions rewritten: sets, absolute values, roots and inverse functions as comparisons.

What comes out is built of comparisons of rational expressions by and, or, not.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.identity_test import whole
from answers.evaluation.evaluate import real_value
from answers.real_sets.rational_function import Atoms, node_of, quotient, times
from answers.syntax.errors import NotDecidable
from answers.syntax.nodes import (
    INFINITY,
    Add,
    Builder,
    Call,
    Div,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Rel,
    Seq,
    Sets,
    Sym,
    has,
    is_infinite,
    mapped,
    put,
    symbols,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from answers.algebra.polynomial import Polynomial

# Each bar and each root doubles what a condition is written out to.
MAX_BRANCHES = 5
MAX_TERMS = 40
# A comparison read from the other side.
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
ALWAYS, NEVER = Logic("and", ()), Logic("or", ())
_INVERTIBLE = frozenset({"ln", "log", "log10", "log2", "exp"})
_ZERO = Num(Fraction(0), "0")
_HALVES = (Num(Fraction(1, 2), "0.5"), Div(Num(Fraction(1), "1"), Num(Fraction(2), "2")))


def comparisons(node: Node, letter: str) -> Node:
    """Sets, and membership in them, as comparisons of a letter."""
    match node:
        case Rel("in", Sym(name), right):
            return comparisons(right, name)
        case Rel():
            return with_both_signs(node)
        case Logic(word, parts):
            return Logic(word, tuple(comparisons(part, letter) for part in parts))
        case Sets(sign, parts):
            inner = [comparisons(part, letter) for part in parts]
            if sign == "∖":
                inner[1:] = [Logic("not", (part,)) for part in inner[1:]]
            return Logic("or" if sign == "∪" else "and", tuple(inner))
        case Builder(bound, where):
            return comparisons(put(where, bound, Sym(letter)), letter)
        case Seq("{", items, _):
            return Logic("or", tuple(Rel("=", Sym(letter), item) for item in items))
        case Seq(opening, (low, high), closing) if opening:
            low_sign, high_sign = ">=" if opening == "[" else ">", "<=" if closing == "]" else "<"
            ends = (Rel(low_sign, Sym(letter), low), Rel(high_sign, Sym(letter), high))
            return Logic("and", ends)
        case _:
            return node


def signs_of(node: Node) -> int:
    """How often ± occurs."""
    if not has(node, Call):
        return 0
    return sum(isinstance(part, Call) and part.name == "pm" for part in walk(node))


def with_sign(node: Node, sign: Callable[[Node], Node]) -> Node:
    """The reading with ± replaced by one of its signs."""
    if isinstance(node, Call) and node.name == "pm":
        return sign(node.args[0])
    return mapped(node, lambda part: with_sign(part, sign))


def with_both_signs(node: Rel) -> Node:
    """`x = ±1` as `x = 1 or x = -1`, and `x != ±1` as both at once."""
    if node.sign not in {"=", "!="} or signs_of(node) != 1:
        return node
    both = tuple(with_sign(node, sign) for sign in (lambda of: of, Neg))
    return Logic("or" if node.sign == "=" else "and", both)


def plain(node: Node) -> Node:
    """A condition with all comparisons between rational expressions, as far as that can be had.

    Raises:
        NotDecidable: it would have too many parts.
    """
    functions, is_finite = [], True
    for part in walk(node):
        if _is_function(part):
            functions.append(part)
        elif isinstance(part, Sym) and part.name == INFINITY.name:
            is_finite = False
    if is_finite and not functions:
        return node
    if sum(isinstance(part, Call) + _is_root(part) for part in functions) > MAX_BRANCHES:
        raise NotDecidable
    return _plain(node, _ALL if functions else _ALL[:1])


def _is_function(node: Node) -> bool:
    return isinstance(node, Call) or (isinstance(node, Pow) and whole(node.exponent) is None)


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
    """`-inf < x` and `x < inf` say nothing; `x < -inf` never holds."""
    if is_infinite(node.left) == is_infinite(node.right):
        return None
    is_right = is_infinite(node.right)
    sign, end = (node.sign, node.right) if is_right else (TURNED.get(node.sign, "in"), node.left)
    is_true = sign == "!=" or sign[0] == ("<" if end == INFINITY else ">")
    return ALWAYS if is_true else NEVER


def _without_bends(node: Rel) -> Node | None:
    """One absolute value, maximum or minimum written out by what is the larger."""
    for part in walk(node):
        match part:
            case Call("abs", (one,)):
                other: Node = Neg(one)
            case Call("relu", (one,)):
                other = _ZERO
            case Call("max" | "min", (one, other)):
                pass
            case _:
                continue
        above, below = (other, one) if part.name == "min" else (one, other)
        first = Logic("and", (Rel(">=", one, other), put(node, part, above)))
        second = Logic("and", (Rel("<", one, other), put(node, part, below)))
        return Logic("or", (first, second))
    return None


def _inverted(node: Rel) -> Node | None:
    """`e^u < c`, `log u < c`, `cbrt(u) < c` as comparisons of u, by the inverse function."""
    sign, left, right = node.sign, node.left, node.right
    if sign not in TURNED:
        return None
    if symbols(right) and not symbols(left):
        sign, left, right = TURNED[sign], right, left
    match left, right:
        case Call("cbrt", (inner,)), _:
            return Rel(sign, inner, Mul((right, right, right)))
        case Call("ln", (one,)), Call("ln", (other,)):
            have_values = (Rel(">", one, _ZERO), Rel(">", other, _ZERO))
            return Logic("and", (*have_values, Rel(sign, one, other)))
        case Call("exp", (one,)), Call("exp", (other,)):
            return Rel(sign, one, other)
        case Pow(base, one), Pow(same, other) if base == same and not symbols(base):
            return _power_compared(sign, base, one, other)
    is_invertible = isinstance(left, Pow) or (isinstance(left, Call) and left.name in _INVERTIBLE)
    if not is_invertible or symbols(right) or not symbols(left):
        return None
    bound = real_value(right)
    return None if bound is None else _inverted_at(sign, left, right, bound)


def _inverted_at(sign: str, left: Node, right: Node, bound: Fraction) -> Node | None:
    is_above = ALWAYS if sign in {">", ">=", "!="} else NEVER
    match left:
        case Call("ln", (inner,)):
            return Logic("and", (Rel(">", inner, _ZERO), Rel(sign, inner, Call("exp", (right,)))))
        case Call("log", (inner, base)) if not symbols(base):
            return _logarithm_compared(sign, inner, base, right)
        case Call("log10" | "log2", (inner,)):
            base = Num(Fraction(10 if left.name == "log10" else 2))
            return _logarithm_compared(sign, inner, base, right)
        case Call("exp", (inner,)):
            return is_above if bound <= 0 else Rel(sign, inner, Call("ln", (right,)))
        case Pow(base, inner) if symbols(inner) and not symbols(base):
            quotient_of_logs = Div(Call("ln", (right,)), Call("ln", (base,)))
            found = _power_compared(sign, base, inner, quotient_of_logs)
            return is_above if found is not None and bound <= 0 else found
        case _:
            return None


def _logarithm_compared(sign: str, inner: Node, base: Node, right: Node) -> Node | None:
    growth = real_value(base)
    if growth is None or growth <= 0 or growth == 1:
        return None
    compared = Rel(sign if growth > 1 else TURNED[sign], inner, Pow(base, right))
    return Logic("and", (Rel(">", inner, _ZERO), compared))


def _power_compared(sign: str, base: Node, one: Node, other: Node) -> Node | None:
    """Two powers of one base by their exponents; None where the base is not positive."""
    growth = real_value(base)
    if growth is None or growth <= 0 or growth == 1:
        return None
    return Rel(sign if growth > 1 else TURNED[sign], one, other)


def _is_root(node: Node) -> bool:
    return _radicand(node) is not None


def _radicand(node: Node) -> Node | None:
    """What a square root with letters is taken of."""
    match node:
        case Call("sqrt", (inner,)) if symbols(inner):
            return inner
        case Pow(inner, exponent) if exponent in _HALVES and symbols(inner):
            return inner
        case _:
            return None


def _without_root(node: Rel) -> Node | None:
    """Written out for one square root s: A + B*s compared with zero, by squares.

    All roots must have a value for the comparison to hold.
    """
    if node.sign not in TURNED or not any(map(_is_root, walk(node))):
        return None
    atoms = Atoms()
    above, below = quotient(atoms.put(Add((node.left, Neg(node.right)))))
    roots = {name: u for name, of in atoms.meant.items() if (u := _radicand(of)) is not None}
    product = times(above, below)
    if not roots or len(product.terms) > MAX_TERMS:
        raise NotDecidable  # a root within another function, or too long to square
    name = min(roots)
    even, odd = (_meant(p, atoms) for p in _by_parity(product, name, roots[name]))
    conditions = [Rel(">=", radicand, _ZERO) for radicand in roots.values()]
    if below.letters:
        conditions.append(Rel("!=", _meant(node_of(below), atoms), _ZERO))
    return Logic("and", (*conditions, _compared_with_zero(node.sign, even, odd, roots[name])))


def _by_parity(poly: Polynomial, name: str, radicand: Node) -> tuple[Node, Node]:
    """A and B of A + B*s, even powers of the root s being powers of what it is taken of."""
    sides: tuple[list[Node], list[Node]] = ([], [])
    for monomial, value in poly.terms.items():
        power = dict(monomial).get(name, 0)
        rest = [Pow(Sym(letter), Num(Fraction(n))) for letter, n in monomial if letter != name]
        sides[power % 2].append(Mul((Num(Fraction(value)), *rest, *(radicand,) * (power // 2))))
    even, odd = (Add((_ZERO, *side)) for side in sides)
    return even, odd


def _meant(node: Node, atoms: Atoms) -> Node:
    if isinstance(node, Sym):
        return atoms.meant.get(node.name, node)
    return mapped(node, lambda part: _meant(part, atoms))


def _compared_with_zero(sign: str, a: Node, b: Node, radicand: Node) -> Node:
    """`a + b*sqrt(radicand) < 0` and the like without the root."""
    if sign[0] == "<":
        a, b, sign = Neg(a), Neg(b), TURNED[sign]
    square, other = Mul((a, a)), Mul((b, b, radicand))
    vanishes = Logic("and", (Rel("=", square, other), Rel("<=", Mul((a, b)), _ZERO)))
    if sign in {"=", "!="}:
        return vanishes if sign == "=" else Logic("not", (vanishes,))
    first = Logic(
        "and",
        (
            Rel(">", a, _ZERO),
            Logic("or", (Rel(">=", b, _ZERO), Rel(">", square, other))),
        ),
    )
    second = Logic("and", (Rel(">", b, _ZERO), Rel(">", other, square)))
    return Logic("or", (first, second, *([vanishes] if sign == ">=" else [])))


# In this order: what is inverted has no bends, and what is squared has no inverse.
_ALL = (_infinite, _without_bends, _inverted, _without_root)
