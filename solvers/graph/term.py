r"""The arithmetic that a quantity is written in.

A quantity's function is called with terms in place of numbers and gives back a term: a small tree
that remembers how the formula was written. Everything that is ever said about the quantity (its
value, its general formula, the substitution step, the expression in letters) is read off this one
tree, so they cannot disagree.

    Term
    ├── Number      an exact rational
    ├── Ref         a quantity of the graph, or one element of a list
    ├── Sum, Product, Negative, Quotient, Power
    └── Apply       floor, sqrt, exp, ... (`Function`)
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from examgen.ground.errors import DerivationError
from solvers.graph.functions import arithmetic as functions
from solvers.graph.functions.whole import RELATIONS
from solvers.graph.number import CONTEXT, Exact, to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from solvers.graph.functions.arithmetic import Function

Operand: TypeAlias = "Term | Fraction | int"
Shaped: TypeAlias = "Term | tuple[Shaped, ...]"
Written: TypeAlias = "Operand | tuple[Written, ...]"
Vector: TypeAlias = "tuple[Term, ...]"
Matrix: TypeAlias = "tuple[Vector, ...]"
Lookup: TypeAlias = "Callable[[Ref], Exact]"

MAX_POWER_BITS = 400_000


class Term:
    """A formula as it was written. Build terms with `+ - * / **` and the functions below."""

    __slots__ = ()

    def evaluate(self, lookup: Lookup) -> Exact:
        """Return the exact value, with `lookup` giving the value of each reference."""
        raise NotImplementedError

    def __add__(self, other: Operand) -> Term:
        return Sum((self, term(other)))

    def __radd__(self, other: Operand) -> Term:
        return Sum((term(other), self))

    def __sub__(self, other: Operand) -> Term:
        return Sum((self, Negative(term(other))))

    def __rsub__(self, other: Operand) -> Term:
        return Sum((term(other), Negative(self)))

    def __mul__(self, other: Operand) -> Term:
        return Product((self, term(other)))

    def __rmul__(self, other: Operand) -> Term:
        return Product((term(other), self))

    def __truediv__(self, other: Operand) -> Term:
        return Quotient(self, term(other))

    def __rtruediv__(self, other: Operand) -> Term:
        return Quotient(term(other), self)

    def __pow__(self, other: Operand) -> Term:
        return Power(self, term(other))

    def __rpow__(self, other: Operand) -> Term:
        return Power(term(other), self)

    def __neg__(self) -> Term:
        return Negative(self)

    def __le__(self, other: Operand) -> Condition:
        return Condition(self, "<=", term(other))

    def __lt__(self, other: Operand) -> Condition:
        return Condition(self, "<", term(other))

    def __ge__(self, other: Operand) -> Condition:
        return Condition(self, ">=", term(other))

    def __gt__(self, other: Operand) -> Condition:
        return Condition(self, ">", term(other))

    def __bool__(self) -> NoReturn:
        raise TypeError("a quantity has no value yet: use minimum, maximum or a flag, not `if`")


@dataclass(frozen=True, slots=True)
class Number(Term):
    """A number: as the author wrote it, or the value put in the place of a letter."""

    value: Exact

    def evaluate(self, lookup: Lookup) -> Exact:  # noqa: ARG002 - a number needs no values
        """Return the number itself."""
        return self.value


@dataclass(frozen=True, slots=True)
class Ref(Term):
    """A quantity by its name; `index` picks an element of a list (counted from 0)."""

    name: str
    index: tuple[int, ...] = ()

    def evaluate(self, lookup: Lookup) -> Exact:
        """Return the quantity's value."""
        return lookup(self)


@dataclass(frozen=True, slots=True)
class Sum(Term):
    """Terms added up, in the order in which they were written."""

    terms: tuple[Term, ...]

    def evaluate(self, lookup: Lookup) -> Exact:
        """Return the sum of the terms' values."""
        total: Exact = Fraction(0)
        for item in self.terms:
            value = item.evaluate(lookup)
            if isinstance(total, Fraction) and isinstance(value, Fraction):
                total = total + value
            else:
                total = CONTEXT.add(to_decimal(total), to_decimal(value))
        return total


@dataclass(frozen=True, slots=True)
class Negative(Term):
    """The opposite of a term."""

    of: Term

    def evaluate(self, lookup: Lookup) -> Exact:
        """Return minus the term's value."""
        value = self.of.evaluate(lookup)
        return -value if isinstance(value, Fraction) else CONTEXT.minus(value)


@dataclass(frozen=True, slots=True)
class Product(Term):
    """Factors multiplied, in the order in which they were written."""

    factors: tuple[Term, ...]

    def evaluate(self, lookup: Lookup) -> Exact:
        """Return the product of the factors' values."""
        result: Exact = Fraction(1)
        for item in self.factors:
            value = item.evaluate(lookup)
            if isinstance(result, Fraction) and isinstance(value, Fraction):
                result = result * value
            else:
                result = CONTEXT.multiply(to_decimal(result), to_decimal(value))
        return result


@dataclass(frozen=True, slots=True)
class Quotient(Term):
    """One term divided by another."""

    above: Term
    below: Term

    def evaluate(self, lookup: Lookup) -> Exact:
        """Return the quotient of the values."""
        above, below = self.above.evaluate(lookup), self.below.evaluate(lookup)
        if not below:
            raise DerivationError("a formula divides by zero for these inputs")
        if isinstance(above, Fraction) and isinstance(below, Fraction):
            return above / below
        return CONTEXT.divide(to_decimal(above), to_decimal(below))


@dataclass(frozen=True, slots=True)
class Power(Term):
    """A base raised to an exponent."""

    base: Term
    exponent: Term

    def evaluate(self, lookup: Lookup) -> Exact:
        """Return the power of the values; exact for whole exponents."""
        base, exponent = self.base.evaluate(lookup), self.exponent.evaluate(lookup)
        if not isinstance(base, Fraction) or not isinstance(exponent, Fraction):
            return CONTEXT.power(to_decimal(base), to_decimal(exponent))
        if exponent.denominator != 1:
            return functions.root_power(base, exponent)
        bits = base.numerator.bit_length() + base.denominator.bit_length()
        if bits * abs(exponent.numerator) > MAX_POWER_BITS:
            raise DerivationError(f"{base} to the power {exponent} has too many digits")
        if not base and exponent < 0:
            raise DerivationError("a formula divides by zero for these inputs")
        return base**exponent.numerator


@dataclass(frozen=True, slots=True)
class Apply(Term):
    """A function applied to terms."""

    function: Function
    args: tuple[Term, ...]

    def evaluate(self, lookup: Lookup) -> Exact:
        """Return the function of the arguments' values."""
        if self.function.picks:
            first, then, otherwise = self.args
            return (then if first.evaluate(lookup) else otherwise).evaluate(lookup)
        return self.function.evaluate([arg.evaluate(lookup) for arg in self.args])


@dataclass(frozen=True, slots=True)
class Condition:
    """A comparison of two terms: what must hold for a derivation to make sense."""

    left: Term
    relation: str
    right: Term

    def holds(self, lookup: Lookup) -> bool:
        """Return whether the comparison is true for the given values."""
        sides = [self.left.evaluate(lookup), self.right.evaluate(lookup)]
        return bool(RELATIONS[self.relation].evaluate(sides))


def term(value: Operand) -> Term:
    """Return a number or a term as a term."""
    return value if isinstance(value, Term) else Number(Fraction(value))


def as_terms(written: Written) -> Shaped:
    """Return what a formula gives, with its numbers as terms."""
    return tuple(map(as_terms, written)) if isinstance(written, tuple) else term(written)


def equal(left: Operand, right: Operand) -> Condition:
    """Return the condition that two terms have the same value."""
    return Condition(term(left), "==", term(right))


def total(terms: Iterable[Operand]) -> Term:
    """Return the sum of a list, written out."""
    return Sum(tuple(map(term, terms)))


def product(factors: Iterable[Operand]) -> Term:
    """Return the product of a list, written out."""
    return Product(tuple(map(term, factors)))


def dot(left: Iterable[Operand], right: Iterable[Operand]) -> Term:
    """Return the scalar product of two equally long lists, written out."""
    return total(term(a) * b for a, b in zip(left, right, strict=True))


def indicator(left: Operand, relation: str, right: Operand) -> Term:
    """Return 1 where a comparison (`<`, `<=`, `>`, `>=`, `==`, `!=`) is true, else 0."""
    return Apply(RELATIONS[relation], (term(left), term(right)))


def floor(value: Operand) -> Term:
    """Return the largest whole number that is not above the value."""
    return Apply(functions.FLOOR, (term(value),))


def ceil(value: Operand) -> Term:
    """Return the smallest whole number that is not below the value."""
    return Apply(functions.CEIL, (term(value),))


def sqrt(value: Operand) -> Term:
    """Return the square root; exact where it is rational."""
    return Apply(functions.SQRT, (term(value),))


def exp(value: Operand) -> Term:
    """Return the exponential function."""
    return Apply(functions.EXP, (term(value),))


def log10(value: Operand) -> Term:
    """Return the decimal logarithm."""
    return Apply(functions.LOG10, (term(value),))


def ln(value: Operand) -> Term:
    """Return the natural logarithm."""
    return Apply(functions.LN, (term(value),))


def tanh(value: Operand) -> Term:
    """Return the hyperbolic tangent."""
    return Apply(functions.TANH, (term(value),))


def sigmoid(value: Operand) -> Term:
    """Return the logistic function 1 / (1 + exp(-x))."""
    return Apply(functions.SIGMOID, (term(value),))


def relu(value: Operand) -> Term:
    """Return the value where it is positive, else 0."""
    return Apply(functions.RELU, (term(value),))


def absolute(value: Operand) -> Term:
    """Return the value without its sign."""
    return Apply(functions.ABS, (term(value),))


def minimum(*values: Operand) -> Term:
    """Return the smallest of the values."""
    return Apply(functions.MIN, tuple(map(term, values)))


def maximum(*values: Operand) -> Term:
    """Return the largest of the values."""
    return Apply(functions.MAX, tuple(map(term, values)))
