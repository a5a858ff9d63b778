r"""The functions of students' notation: a row for each, with all that is known of it.

Whatever reads, prints, computes, compares or solves asks here. A new function is one row, and no
other file changes: its attributes are those of `Function`. What is left out is not known of it,
which makes verdicts careful, never false.

>>> FUNCTIONS["arcsin"].name, function_of("tanh").latex, function_of("F").evaluate
('asin', '\\tanh', None)
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

from answers.syntax.functions import exact
from answers.syntax.functions.record import Function, Inverse
from answers.syntax.nodes import Add, Call, Div, Mul, Neg, Node, Num, Pow, Rel

if TYPE_CHECKING:
    from collections.abc import Callable

    from answers.syntax.functions.record import Arguments, Evaluate

    Number: TypeAlias = Any  # of mpmath
    Numeric: TypeAlias = Callable[..., Number]

# By each spelling, by the name of calls in a tree, by the letter and by the sign that they have.
FUNCTIONS: dict[str, Function] = {}
CALLS: dict[str, Function] = {}
LETTERS: dict[str, Function] = {}
SIGNS: dict[str, Function] = {}
_UNKNOWN = Function("")
_FARTHEST = 10**9


def add(row: Function) -> Function:
    """Add a function to the table."""
    CALLS[row.name] = row
    if row.is_written:
        FUNCTIONS.update(dict.fromkeys((row.name, *row.also), row))
    if row.letter:
        LETTERS[row.letter] = row
    if row.sign:
        SIGNS[row.sign] = row
    return row


def function_of(name: str) -> Function:
    """Return what is known of the function of a call: nothing, where examgen does not know it."""
    return CALLS.get(name, _UNKNOWN)


# -- where they bend, and of which pieces they are -------------------------------------------------


def integer(value: int) -> Num:
    """Return a number of a tree."""
    return Num(Fraction(value), str(value))


ZERO = integer(0)


def at(*places: int) -> Arguments:
    """Return what gives, for an argument, what vanishes where it is at one of some places."""
    return lambda of, *_: [_away(of, place) for place in places]


def _away(node: Node, place: int) -> Node:
    if not place:
        return node
    return Add((node, Neg(integer(place)) if place > 0 else integer(-place)))


def _where_equal(*args: Node) -> list[Node]:
    return [Add((one, Neg(other))) for one, other in combinations(args, 2)]


def _larger(*args: Node) -> list[tuple[Node, Node]]:
    if len(args) != 2:
        return []
    one, other = args
    return [(Rel(">=", one, other), one), (Rel("<", one, other), other)]


def _smaller(*args: Node) -> list[tuple[Node, Node]]:
    if len(args) != 2:
        return []
    one, other = args
    return [(Rel(">=", one, other), other), (Rel("<", one, other), one)]


# -- how some of them are computed -----------------------------------------------------------------


def _reciprocal(name: str) -> Evaluate:
    """Return how one over a function of mpmath is computed."""

    def evaluate(mp: Number) -> Numeric:
        function = getattr(mp, name)
        return lambda x: 1 / function(x)

    return evaluate


def _of_reciprocal(name: str) -> Evaluate:
    """Return how a function of mpmath is computed of one over its argument."""

    def evaluate(mp: Number) -> Numeric:
        function = getattr(mp, name)
        return lambda x: function(1 / x)

    return evaluate


def _logarithm(mp: Number) -> Numeric:
    def logarithm(x: Number, base: Number = None) -> Number:
        if not abs(x):
            raise ValueError
        return mp.log(x) if base is None else mp.log(x) / mp.log(base)

    return logarithm


def _logarithm_to(base: int) -> Evaluate:
    def evaluate(mp: Number) -> Numeric:
        logarithm, number = _logarithm(mp), mp.mpf(base)
        return lambda x: logarithm(x, number)

    return evaluate


def _root(mp: Number) -> Numeric:
    def root(x: Number, n: Number) -> Number:
        is_odd = not n.imag and n.real == int(n.real) and int(n.real) % 2 == 1
        if is_odd and not x.imag and x.real < 0:
            return -mp.power(-x, 1 / n)
        return mp.power(x, 1 / n)

    return root


def _cube_root(mp: Number) -> Numeric:
    root, three = _root(mp), mp.mpf(3)
    return lambda x: root(x, three)


def _sigmoid(mp: Number) -> Numeric:
    def sigmoid(x: Number) -> Number:
        if abs(x) > _FARTHEST:
            raise ValueError
        return 1 / (1 + mp.exp(-x))

    return sigmoid


def _binomial(mp: Number) -> Numeric:
    gamma = mp.gamma
    return lambda n, k: gamma(n + 1) / (gamma(k + 1) * gamma(n - k + 1))


# fmt: off

# -- trigonometric and hyperbolic functions, and their inverses ------------------------------------

SIN = add(Function("sin", latex=r"\sin", to_minus_one="asin", evaluate=lambda mp: mp.sin))
COS = add(Function("cos", latex=r"\cos", to_minus_one="acos", evaluate=lambda mp: mp.cos))
add(Function("tan", latex=r"\tan", to_minus_one="atan", evaluate=lambda mp: mp.tan,
             definition=lambda x: Div(SIN(x), COS(x))))
add(Function("cot", latex=r"\cot", to_minus_one="acot", evaluate=_reciprocal("tan")))
add(Function("sec", latex=r"\sec", to_minus_one="asec", evaluate=_reciprocal("cos")))
add(Function("csc", ("cosec",), latex=r"\csc", to_minus_one="acsc", evaluate=_reciprocal("sin")))
add(Function("asin", ("arcsin",), evaluate=lambda mp: mp.asin, bends=at(-1, 1)))
add(Function("acos", ("arccos",), evaluate=lambda mp: mp.acos, bends=at(-1, 1)))
add(Function("atan", ("arctan",), evaluate=lambda mp: mp.atan, bends=at(0), takes_large=True))
add(Function("acot", ("arccot",), evaluate=_of_reciprocal("atan"), bends=at(0)))
add(Function("asec", ("arcsec",), evaluate=_of_reciprocal("acos"), bends=at(0, -1, 1)))
add(Function("acsc", ("arccsc",), evaluate=_of_reciprocal("asin"), bends=at(0, -1, 1)))
add(Function("sinh", latex=r"\sinh", to_minus_one="asinh", saturates=True,
             evaluate=lambda mp: mp.sinh))
add(Function("cosh", latex=r"\cosh", to_minus_one="acosh", saturates=True, is_positive=True,
             evaluate=lambda mp: mp.cosh))
add(Function("tanh", latex=r"\tanh", to_minus_one="atanh", saturates=True, takes_large=True,
             evaluate=lambda mp: mp.tanh))
add(Function("coth", latex=r"\coth", saturates=True, evaluate=_reciprocal("tanh")))
add(Function("sech", saturates=True, evaluate=_reciprocal("cosh")))
add(Function("csch", ("cosech",), saturates=True, evaluate=_reciprocal("sinh")))
add(Function("asinh", ("arsinh", "arcsinh"), branch_cut=True,
             evaluate=lambda mp: lambda x: mp.log(x + mp.sqrt(x * x + 1))))
add(Function("acosh", ("arcosh", "arccosh"), branch_cut=True,
             evaluate=lambda mp: lambda x: mp.log(x + mp.sqrt(x + 1) * mp.sqrt(x - 1))))
add(Function("atanh", ("artanh", "arctanh"), branch_cut=True,
             evaluate=lambda mp: lambda x: (mp.log(1 + x) - mp.log(1 - x)) / 2))
add(Function("acoth", ("arcoth", "arccoth"), branch_cut=True,
             evaluate=lambda mp: lambda x: (mp.log(1 + 1 / x) - mp.log(1 - 1 / x)) / 2))
add(Function("asech", ("arsech", "arcsech"), branch_cut=True, evaluate=lambda mp: lambda x:
             mp.log(1 / x + mp.sqrt(1 / x + 1) * mp.sqrt(1 / x - 1))))
add(Function("acsch", ("arcsch", "arccsch"), branch_cut=True,
             evaluate=lambda mp: lambda x: mp.log(1 / x + mp.sqrt(1 / (x * x) + 1))))

# -- powers, logarithms and roots ------------------------------------------------------------------

EXP = add(Function("exp", latex=r"\exp", evaluate=lambda mp: mp.exp, saturates=True,
                   is_positive=True, inverse=Inverse(lambda y: Call("ln", (y,)), least=0)))
LN = add(Function("ln", ("log",), latex=r"\ln", evaluate=_logarithm, branch_cut=True,
                  inverse=Inverse(EXP, above=0)))
LOG10 = add(Function("log10", ("lg",), latex=r"\log_{10}\left(%s\right)", branch_cut=True,
                     evaluate=_logarithm_to(10), exact=lambda x: exact.logarithm(x, 10),
                     inverse=Inverse(lambda y: Pow(Num(Fraction(10)), y), above=0)))
LOG2 = add(Function("log2", latex=r"\log_{2}\left(%s\right)", branch_cut=True,
                    evaluate=_logarithm_to(2), exact=lambda x: exact.logarithm(x, 2),
                    inverse=Inverse(lambda y: Pow(Num(Fraction(2)), y), above=0)))
LOG = add(Function("log", is_written=False, arity=2, evaluate=_logarithm, branch_cut=True,
                   inverse=Inverse(lambda y, base: Pow(base, y), above=0,
                                   growth=lambda base: base)))
SQRT = add(Function("sqrt", sign="√", is_tight=True, latex=r"\sqrt{%s}", bends=at(0),
                    evaluate=lambda mp: mp.sqrt, exact=lambda x: exact.root(x, 2)))
add(Function("cbrt", sign="∛", is_tight=True, latex=r"\sqrt[3]{%s}", bends=at(0),
             evaluate=_cube_root, exact=lambda x: exact.root(x, 3),
             inverse=Inverse(lambda y: Mul((y, y, y)))))
ROOT = add(Function("root", arity=2, bends=at(0), evaluate=_root))

# -- pieces, steps and parts of numbers ------------------------------------------------------------

ABS = add(Function("abs", ("Abs",), is_tight=True, latex=r"\left|%s\right|", takes_large=True,
                   evaluate=lambda mp: lambda x: mp.mpf(abs(x)), exact=abs, bends=at(0),
                   pieces=lambda x: _larger(x, Neg(x))))
add(Function("sign", ("sgn",), is_real=True, takes_large=True, bends=at(0),
             evaluate=lambda mp: mp.sign, exact=lambda x: Fraction((x > 0) - (x < 0)),
             pieces=lambda x: [(Rel(">", x, ZERO), integer(1)), (Rel("=", x, ZERO), ZERO),
                               (Rel("<", x, ZERO), integer(-1))]))
add(Function("relu", ("ReLU",), is_real=True, takes_large=True, bends=at(0),
             evaluate=lambda mp: lambda x: max(x, mp.mpf(0)), pieces=lambda x: _larger(x, ZERO)))
add(Function("max", ("Max",), arity=None, latex=r"\max", is_real=True, takes_large=True,
             evaluate=lambda _: lambda *x: max(x), exact=lambda *x: max(x), bends=_where_equal,
             pieces=_larger))
add(Function("min", ("Min",), arity=None, latex=r"\min", is_real=True, takes_large=True,
             evaluate=lambda _: lambda *x: min(x), exact=lambda *x: min(x), bends=_where_equal,
             pieces=_smaller))
FLOOR = add(Function("floor", latex=r"\left\lfloor %s\right\rfloor", is_real=True, jumps=True,
                     evaluate=lambda mp: mp.floor, exact=lambda x: Fraction(math.floor(x))))
CEIL = add(Function("ceil", ("ceiling",), latex=r"\left\lceil %s\right\rceil", is_real=True,
                    jumps=True, evaluate=lambda mp: mp.ceil,
                    exact=lambda x: Fraction(math.ceil(x))))
add(Function("round", is_real=True, jumps=True, exact=exact.nearest,
             evaluate=lambda mp: lambda x: mp.floor(x + mp.mpf(1) / 2)))
MOD = add(Function("mod", arity=2, is_real=True, jumps=True, exact=exact.remainder,
                   evaluate=lambda mp: lambda a, b: a - b * mp.floor(a / b)))
add(Function("re", ("Re",), jumps=True, evaluate=lambda mp: lambda x: mp.mpf(x.real)))
add(Function("im", ("Im",), jumps=True, evaluate=lambda mp: lambda x: mp.mpf(x.imag)))
add(Function("conj", jumps=True, evaluate=lambda mp: mp.conj))
add(Function("arg", latex=r"\arg", jumps=True, evaluate=lambda mp: mp.arg))

# -- others ----------------------------------------------------------------------------------------

add(Function("sigmoid", ("logistic",), letter="sigma", latex=r"\sigma\left(%s\right)",
             saturates=True, takes_large=True, is_positive=True, evaluate=_sigmoid))
add(Function("erf", saturates=True, takes_large=True, cost=25, evaluate=lambda mp: mp.erf))
FACTORIAL = add(Function("factorial", ("fact",), latex=r"\left(%s\right)!", cost=25,
                         evaluate=lambda mp: lambda x: mp.gamma(x + 1), exact=exact.factorial))
BINOMIAL = add(Function("binomial", ("binom", "comb", "nCr"), arity=2, cost=75,
                        evaluate=_binomial, exact=exact.binomial))
add(Function("gcd", arity=None, latex=r"\gcd", exact=exact.gcd))
add(Function("lcm", arity=None, exact=exact.lcm))
DEGREES = add(Function("degrees", is_written=False, latex=r"\left(%s\right)^{\circ}",
                       evaluate=lambda mp: lambda x: x * mp.pi / 180))
PLUS_MINUS = add(Function("pm", is_written=False, latex=r"\pm\left(%s\right)"))
add(Function("norm", latex=r"\left\lVert %s\right\rVert"))
add(Function("diag"))
# fmt: on
