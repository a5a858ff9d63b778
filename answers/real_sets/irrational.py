"""Roots of polynomials with irrational coefficients: which of them are surely one, or surely two.

Such coefficients are rounded to cut a line, and roots that are close together are taken for one.
Here the exact expressions say whether they are; where they do not, nothing is decided.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.normal_forms.build import vanish_at
from answers.syntax.errors import NotDecidable
from answers.syntax.functions.table import SQRT
from answers.syntax.nodes import Add, Div, Mul, Neg, Node, Num, Sym, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from answers.algebra.univariate import Univariate
    from answers.real_sets.atom import Atom
    from answers.real_sets.sign_chart import CutLine

_NEAR, _NARROW = Fraction(1, 10**20), Fraction(1, 10**40)
_ZERO, _ONE = Num(Fraction(0), "0"), Num(Fraction(1), "1")


def check_stable(atoms: Iterable[Atom]) -> None:
    """Raise NotDecidable where rounded coefficients may hide a root, or make one of two."""
    for of in {side for atom in atoms if not atom.exact for side in (atom.of, atom.pole)}:
        if of.degree > 1 and not _is_stable(of):
            raise NotDecidable


def _is_stable(of: Univariate) -> bool:
    """Return whether a polynomial is far from zero wherever it is level."""
    slope = of.derivative()
    for ends in slope.squarefree.upright().isolated_roots():
        x = slope.squarefree.upright().refined(*ends, _NARROW)[1]
        value, scale = Fraction(0), Fraction(0)
        for c in reversed(of.coefficients):
            value, scale = value * x + c, scale * abs(x) + abs(c)
        if abs(value) <= scale * _NEAR:
            return False
    return True


def check_roots(atoms: list[Atom], line: CutLine, letter: str) -> None:
    """Raise NotDecidable where a root of several polynomials is not proved to be one."""
    for place in range(1, 2 * len(line.roots) + 1, 2):
        met = {side for atom in atoms for side in (atom.of, atom.pole)
               if side.degree > 0 and line.signs[side].zero >> place & 1}  # fmt: skip
        if len(met) > 1:
            readings = {side: _reading(side, atoms, letter) for side in met}
            _check_root(readings, line.roots[place // 2], letter)


def _reading(side: Univariate, atoms: list[Atom], letter: str) -> Node:
    """Return the exact expression that a polynomial was made of."""
    sources = [atom.source for atom in atoms if not atom.exact and side in (atom.of, atom.pole)]
    if not sources:
        return _exactly(side, letter)
    if sources[0] is None or any(side == atom.pole for atom in atoms if not atom.exact):
        raise NotDecidable
    return sources[0]


def _exactly(of: Univariate, letter: str) -> Node:
    """Return a polynomial with whole coefficients as a reading, by Horner's scheme."""
    found: Node = _ZERO
    for c in reversed(of.coefficients):
        found = Add((Mul((found, Sym(letter))), _number(Fraction(c))))
    return found


def _number(value: Fraction) -> Node:
    return Num(value) if value >= 0 else Neg(Num(-value))


def _check_root(
    readings: dict[Univariate, Node], near: tuple[Fraction, Fraction], letter: str
) -> None:
    root = next(_roots(readings, near, letter), None)
    if root is None or not vanish_at(list(readings.values()), letter, root):
        raise NotDecidable


def _roots(
    readings: dict[Univariate, Node], near: tuple[Fraction, Fraction], letter: str
) -> Iterator[Node]:
    """Return the root in closed form, from a polynomial that is linear or quadratic."""
    for of, reading in readings.items():
        if of.degree == 1:
            low, high = (put(reading, Sym(letter), at) for at in (_ZERO, _ONE))
            yield Div(low, Add((low, Neg(high))))
    for of in readings:
        for factor, _ in of.factors():
            if factor.degree == 2 and _holds(factor, near):
                yield _of_quadratic(factor, near)


def _holds(of: Univariate, near: tuple[Fraction, Fraction]) -> bool:
    low, high = (of.sign_at(x) for x in (near[0] - _NEAR, near[1] + _NEAR))
    return low * high < 0


def _of_quadratic(of: Univariate, near: tuple[Fraction, Fraction]) -> Node:
    c, b, a = of.coefficients
    root: Node = SQRT(_number(Fraction(b * b - 4 * a * c)))
    is_right = near[0] > Fraction(-b, 2 * a)
    signed = root if is_right == (a > 0) else Neg(root)
    return Div(Add((_number(Fraction(-b)), signed)), _number(Fraction(2 * a)))
