"""Truth sets of comparisons: where a condition on one letter holds, decided exactly.

All polynomials that occur are cut at their real roots (Sturm's theorem). Between two roots, and at
each root, the truth of a condition is constant, so two conditions are equivalent if they agree in
each of these finitely many places.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.numeric import real_value
from answers.polynomials import Polynomial, Univariate, polynomial
from answers.reading.tree import (
    CONSTANTS,
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
    Seq,
    Sym,
    Union,
    children,
    symbols,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_DEGREE = 24
_ROUNDING = Fraction(1, 10**30)
# A comparison read from the other side.
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_ONE = Polynomial({(): Fraction(1)})


class NotDecidable(Exception):
    """A condition that is not made of polynomials in one letter."""


@dataclass(frozen=True)
class Place:
    """A point at which conditions are looked at: a number, or the only root in an interval."""

    low: Fraction
    high: Fraction

    def sign(self, of: Univariate) -> int:
        """The sign of a polynomial here."""
        if of.degree < 1 or self.low == self.high:
            return of.sign_at(self.high)
        if of.squarefree.roots_between(self.low, self.high):
            return 0
        return of.sign_at(self.high)

    def __str__(self) -> str:
        """The point as a person would write it."""
        if self.low == self.high and self.high.denominator < 1000:
            return str(self.high)
        return f"{float(self.high):.4g}"


@dataclass(frozen=True)
class Atom:
    """A polynomial compared with zero; where `pole` vanishes nothing holds.

    Attributes:
        exact: whether the coefficients are those written, and not irrational ones to 40 digits.
    """

    sign: str
    of: Univariate
    pole: Univariate
    exact: bool = True

    def holds(self, place: Place) -> bool:
        """Whether the comparison is true at a place."""
        if place.sign(self.pole) == 0:
            return False
        value = place.sign(self.of) * place.sign(self.pole)
        return {
            "<": value < 0,
            "<=": value <= 0,
            ">": value > 0,
            ">=": value >= 0,
            "=": value == 0,
            "!=": value != 0,
        }[self.sign]


@dataclass(frozen=True)
class Condition:
    """Atoms joined by and, or, not."""

    word: str
    parts: tuple[Condition | Atom, ...]

    def holds(self, place: Place) -> bool:
        """Whether the condition is true at a place."""
        truths = (part.holds(place) for part in self.parts)
        match self.word:
            case "and":
                return all(truths)
            case "or":
                return any(truths)
            case _:
                return not any(truths)

    def atoms(self) -> Iterator[Atom]:
        """All atoms."""
        for part in self.parts:
            if isinstance(part, Atom):
                yield part
            else:
                yield from part.atoms()


def difference(left: Node, right: Node, letter: str) -> str | None:
    """Where two conditions on a letter differ, as text; None where they are equivalent.

    Raises:
        NotDecidable: a side is not made of polynomials and absolute values in this letter.
    """
    mine, theirs = _condition(left, letter), _condition(right, letter)
    for place in _places([*mine.atoms(), *theirs.atoms()]):
        if mine.holds(place) != theirs.holds(place):
            said = (
                "yours is true, expected false"
                if mine.holds(place)
                else "yours is false, expected true"
            )
            return f"at {letter}={place}: {said}"
    return None


def _condition(node: Node, letter: str) -> Condition:
    node = without_abs(as_comparison(node, letter))
    match node:
        case Logic(word, parts):
            return Condition(word, tuple(_condition(part, letter) for part in parts))
        case Rel(sign, left, right):
            above, below = _fraction(Add((left, Neg(right))))
            if {*above.letters, *below.letters} - {letter}:
                raise NotDecidable
            exact = _is_exact(left) and _is_exact(right)
            atom = Atom(sign, above.univariate(letter), below.univariate(letter), exact)
            if max(atom.of.degree, atom.pole.degree) > MAX_DEGREE:
                raise NotDecidable
            return Condition("and", (atom,))
        case _:
            raise NotDecidable


def as_comparison(node: Node, letter: str) -> Node:
    """Membership in intervals, and an interval by itself, as comparisons of the letter."""
    match node:
        case Rel("in", Sym(name), right):
            return as_comparison(right, name)
        case Union(parts):
            return Logic("or", tuple(as_comparison(part, letter) for part in parts))
        case Seq("{", items, _):
            return Logic("or", tuple(Rel("=", Sym(letter), item) for item in items))
        case Seq(opening, (low, high), closing) if opening:
            ends: list[Node] = []
            if low != Neg(Sym("inf")):
                ends.append(Rel(">=" if opening == "[" else ">", Sym(letter), low))
            if high != Sym("inf"):
                ends.append(Rel("<=" if closing == "]" else "<", Sym(letter), high))
            return Logic("and", tuple(ends))
        case _:
            return node


def without_abs(node: Node) -> Node:
    """Comparisons with absolute values, written out by the sign of what stands between the bars."""
    if not isinstance(node, Rel):
        return node
    inner = _first_abs(node)
    if inner is None:
        return _inverted(_infinite(node))
    zero = Num(Fraction(0), "0")
    bars = Call("abs", (inner,))
    plus = Logic("and", (Rel(">=", inner, zero), without_abs(put(node, bars, inner))))
    minus = Logic("and", (Rel("<", inner, zero), without_abs(put(node, bars, Neg(inner)))))
    return Logic("or", (plus, minus))


def _infinite(node: Rel) -> Node:
    """`-inf < x` and `x < inf` say nothing."""
    if Sym("inf") in {node.left, node.right} or Neg(Sym("inf")) in {node.left, node.right}:
        return Logic("and", ())
    return node


def _inverted(node: Node) -> Node:
    """`e^u < c`, `ln u < c` and `sqrt(u) < c` as comparisons of u, by the inverse function."""
    if not isinstance(node, Rel):
        return node
    sign, left, right = node.sign, node.left, node.right
    if symbols(right) and not symbols(left):
        sign, left, right = TURNED[sign], right, left
    is_power = isinstance(left, Pow) and symbols(left.exponent)
    if not is_power and not (isinstance(left, Call) and left.name in {"sqrt", "ln", "exp"}):
        return node
    bound = None if symbols(right) else real_value(right)
    if bound is None:
        return node
    zero, is_above = Num(Fraction(0), "0"), Logic("and" if sign in {">", ">=", "!="} else "or", ())
    match left:
        case Call("sqrt", (inner,)):
            held = is_above if bound < 0 else Rel(sign, inner, Mul((right, right)))
            return Logic("and", (Rel(">=", inner, zero), held))
        case Call("ln", (inner,)):
            return Logic("and", (Rel(">", inner, zero), Rel(sign, inner, Call("exp", (right,)))))
        case Call("exp", (inner,)):
            return is_above if bound <= 0 else Rel(sign, inner, Call("ln", (right,)))
        case Pow(base, inner) if symbols(inner) and not symbols(base):
            growth = real_value(base)
            if growth is None or growth <= 0 or growth == 1:
                return node
            if bound <= 0:
                return is_above
            quotient = Div(Call("ln", (right,)), Call("ln", (base,)))
            return Rel(sign if growth > 1 else TURNED[sign], inner, quotient)
        case _:
            return node


def _first_abs(node: Node) -> Node | None:
    if isinstance(node, Call) and node.name == "abs":
        return node.args[0]
    return next((f for part in children(node) if (f := _first_abs(part)) is not None), None)


def put(node: Node, old: Node, new: Node) -> Node:
    """The node with one of its parts replaced wherever it occurs."""
    if node == old:
        return new
    return mapped(node, lambda part: put(part, old, new))


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with each of its parts changed."""
    match node:
        case Add(parts):
            return Add(tuple(map(change, parts)))
        case Mul(parts):
            return Mul(tuple(map(change, parts)))
        case Call(name, parts):
            return Call(name, tuple(map(change, parts)))
        case Neg(of):
            return Neg(change(of))
        case Div(above, below):
            return Div(change(above), change(below))
        case Pow(base, exponent):
            return Pow(change(base), change(exponent))
        case Rel(sign, left, right):
            return Rel(sign, change(left), change(right))
        case _:
            return node


def _is_exact(node: Node) -> bool:
    """Whether no irrational constant occurs."""
    if not symbols(node):
        return polynomial(node) is not None
    return all(map(_is_exact, children(node)))


def _fraction(node: Node) -> tuple[Polynomial, Polynomial]:
    """Numerator and denominator; irrational constants are taken to 40 digits."""
    if not symbols(node) and polynomial(node) is None:
        value = real_value(node)
        if value is None:
            raise NotDecidable
        return _constant(round(value, 40)), _ONE
    whole = polynomial(node)
    if whole is not None:
        return whole, _ONE
    match node:
        case Add(parts):
            above, below = _constant(Fraction(0)), _ONE
            for part in parts:
                over, under = _fraction(part)
                above = _times(above, under).plus(_times(over, below))
                below = _times(below, under)
            return above, below
        case Mul(parts):
            above, below = _ONE, _ONE
            for part in parts:
                over, under = _fraction(part)
                above, below = _times(above, over), _times(below, under)
            return above, below
        case Neg(of):
            over, under = _fraction(of)
            return _times(_constant(Fraction(-1)), over), under
        case Div(top, bottom):
            (a, b), (c, d) = _fraction(top), _fraction(bottom)
            return _times(a, d), _times(b, c)
        case Pow(base, Num(value)) if value.denominator == 1 and 0 < value <= 8:
            return _fraction(Mul((base,) * int(value)))
        case _:
            raise NotDecidable


def _with_atoms(node: Node) -> Node:
    """Constants and functions as letters of their own: cross-multiplying needs no more of them."""
    match node:
        case Sym(name) if name in CONSTANTS:
            return Sym(f"{name}\x1f")
        case Call("tan", args):
            return _with_atoms(Div(Call("sin", args), Call("cos", args)))
        case Call():
            return Sym(f"{node}\x1f")
        case _:
            return mapped(node, _with_atoms)


def numerator(node: Node) -> Polynomial | None:
    """The numerator of a rational expression over a common denominator; None if it is none."""
    try:
        return _fraction(_with_atoms(node))[0]
    except NotDecidable:
        return None


def _constant(value: Fraction) -> Polynomial:
    return Polynomial({(): value} if value else {})


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    found = left.times(right)
    if found is None:
        raise NotDecidable
    return found


def _places(atoms: list[Atom]) -> Iterator[Place]:
    """A point in each stretch between roots, and each root."""
    sides = {poly for atom in atoms for poly in (atom.of, atom.pole) if poly.degree > 0}
    factors = {factor for side in sides for factor in side.factors()}
    if not all(atom.exact for atom in atoms):
        roots = _merged(factors)
    elif all(factor.degree == 1 for factor in factors):
        roots = sorted((-f.coefficients[0], -f.coefficients[0]) for f in factors)
    else:
        roots = _isolated(factors)
    if not roots:
        yield Place(Fraction(0), Fraction(0))
        return
    yield _point(roots[0][0] - 1)
    for i, (low, high) in enumerate(roots):
        yield Place(low, high)
        after = roots[i + 1][0] if i + 1 < len(roots) else high + 2
        yield _point((high + after) / 2)


def _isolated(factors: Iterable[Univariate]) -> list[tuple[Fraction, Fraction]]:
    """Intervals around all roots of some polynomials, with room between them."""
    product = Univariate((Fraction(1),))
    for of in factors:
        factor = of.squarefree
        product = _product(product, factor.divided(product.gcd(factor))[0])
        if product.degree > 2 * MAX_DEGREE:
            raise NotDecidable
    return _apart(product, product.isolated_roots())


def _merged(factors: Iterable[Univariate]) -> list[tuple[Fraction, Fraction]]:
    """The roots of all; those that differ by the rounding of irrational coefficients are one."""
    own = (of.squarefree for of in factors)
    roots = sorted(of.refined(*root, _ROUNDING) for of in own for root in of.isolated_roots())
    out: list[tuple[Fraction, Fraction]] = []
    for low, high in roots:
        if out and low - out[-1][1] < _ROUNDING:
            out[-1] = (out[-1][0], high)
        else:
            # A place is open at its lower end.
            out.append((low - _ROUNDING, high))
    return out


def _point(x: Fraction) -> Place:
    return Place(x, x)


def _product(left: Univariate, right: Univariate) -> Univariate:
    out = [Fraction(0)] * (left.degree + right.degree + 1)
    for i, a in enumerate(left.coefficients):
        for j, b in enumerate(right.coefficients):
            out[i + j] += a * b
    return Univariate.of(out)


def _apart(
    of: Univariate, roots: list[tuple[Fraction, Fraction]]
) -> list[tuple[Fraction, Fraction]]:
    """The intervals around the roots made smaller until there is room between them."""
    out = list(roots)
    for _ in range(200):
        touching = [i for i in range(len(out) - 1) if out[i][1] >= out[i + 1][0]]
        if not touching:
            return out
        for i in touching:
            for k in (i, i + 1):
                low, high = out[k]
                out[k] = of.refined(low, high, (high - low) / 2)
    raise NotDecidable
