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

from answers.syntax.functions import exact
from answers.syntax.functions.record import Function, Inverse
from answers.syntax.nodes import Add, Call, Div, Mul, Neg, Node, Num, Pow, Rel, Sym

# By each spelling, by the name of calls in a tree, by the letter and by the sign that they have.
FUNCTIONS: dict[str, Function] = {}
CALLS: dict[str, Function] = {}
LETTERS: dict[str, Function] = {}
SIGNS: dict[str, Function] = {}
_UNKNOWN = Function("")


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


# -- of which pieces they are ----------------------------------------------------------------------


def integer(value: int) -> Num:
    """Return a number of a tree."""
    return Num(Fraction(value), str(value))


ZERO, ONE, TWO = integer(0), integer(1), integer(2)
PI = Sym("pi")


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


# -- the same in other functions -------------------------------------------------------------------


def _sum(*terms: Node) -> Node:
    return Add(terms)


def _less(one: Node, other: Node) -> Node:
    return Add((one, Neg(other)))


def _times(*factors: Node) -> Node:
    return Mul(factors)


def _over(node: Node) -> Node:
    return Div(ONE, node)


def _half(node: Node) -> Node:
    return Div(node, TWO)


def _tanh(x: Node) -> Node:
    square = EXP(_times(TWO, x))
    return Div(_less(square, ONE), _sum(square, ONE))


def _asinh(x: Node) -> Node:
    return LN(_sum(x, SQRT(_sum(_times(x, x), ONE))))


def _acosh(x: Node) -> Node:
    return LN(_sum(x, _times(SQRT(_less(x, ONE)), SQRT(_sum(x, ONE)))))


def _atanh(x: Node) -> Node:
    return _half(LN(Div(_sum(ONE, x), _less(ONE, x))))


# fmt: off

# -- trigonometric and hyperbolic functions, and their inverses ------------------------------------

SIN = add(Function("sin", latex=r"\sin", to_minus_one="asin", evaluate=lambda balls: balls.sin))
COS = add(Function("cos", latex=r"\cos", to_minus_one="acos", evaluate=lambda balls: balls.cos))
TAN = add(Function("tan", latex=r"\tan", to_minus_one="atan", evaluate=lambda balls: balls.tan,
                   definition=lambda x: Div(SIN(x), COS(x))))
add(Function("cot", latex=r"\cot", to_minus_one="acot", evaluate=lambda balls: balls.cot,
             definition=lambda x: Div(COS(x), SIN(x))))
add(Function("sec", latex=r"\sec", to_minus_one="asec", evaluate=lambda balls: balls.sec,
             definition=lambda x: _over(COS(x))))
add(Function("csc", ("cosec",), latex=r"\csc", to_minus_one="acsc",
             evaluate=lambda balls: balls.csc, definition=lambda x: _over(SIN(x))))
ASIN = add(Function("asin", ("arcsin",), is_partly_real=True, evaluate=lambda balls: balls.asin))
ACOS = add(Function("acos", ("arccos",), evaluate=lambda balls: balls.acos,
                    definition=lambda x: _less(_half(PI), ASIN(x))))
ATAN = add(Function("atan", ("arctan",), evaluate=lambda balls: balls.atan))
add(Function("acot", ("arccot",), evaluate=lambda balls: lambda x: balls.atan(1 / x),
             definition=lambda x: ATAN(_over(x))))
add(Function("asec", ("arcsec",), evaluate=lambda balls: lambda x: balls.acos(1 / x),
             definition=lambda x: ACOS(_over(x))))
add(Function("acsc", ("arccsc",), evaluate=lambda balls: lambda x: balls.asin(1 / x),
             definition=lambda x: ASIN(_over(x))))
SINH = add(Function("sinh", latex=r"\sinh", to_minus_one="asinh",
                    evaluate=lambda balls: balls.sinh,
                    definition=lambda x: _half(_less(EXP(x), EXP(Neg(x))))))
COSH = add(Function("cosh", latex=r"\cosh", to_minus_one="acosh", is_positive=True,
                    evaluate=lambda balls: balls.cosh,
                    definition=lambda x: _half(_sum(EXP(x), EXP(Neg(x))))))
TANH = add(Function("tanh", latex=r"\tanh", to_minus_one="atanh",
                    evaluate=lambda balls: balls.tanh, definition=_tanh))
add(Function("coth", latex=r"\coth", evaluate=lambda balls: balls.coth,
             definition=lambda x: _over(TANH(x))))
add(Function("sech", evaluate=lambda balls: balls.sech, definition=lambda x: _over(COSH(x))))
add(Function("csch", ("cosech",), evaluate=lambda balls: balls.csch,
             definition=lambda x: _over(SINH(x))))
add(Function("asinh", ("arsinh", "arcsinh"), evaluate=lambda balls: balls.asinh,
             definition=_asinh))
add(Function("acosh", ("arcosh", "arccosh"), evaluate=lambda balls: balls.acosh,
             definition=_acosh))
add(Function("atanh", ("artanh", "arctanh"), evaluate=lambda balls: balls.atanh,
             definition=_atanh))
add(Function("acoth", ("arcoth", "arccoth"), definition=lambda x: _atanh(_over(x)),
             evaluate=lambda balls: lambda x: balls.atanh(1 / x)))
add(Function("asech", ("arsech", "arcsech"), definition=lambda x: _acosh(_over(x)),
             evaluate=lambda balls: lambda x: balls.acosh(1 / x)))
add(Function("acsch", ("arcsch", "arccsch"), definition=lambda x: _asinh(_over(x)),
             evaluate=lambda balls: lambda x: balls.asinh(1 / x)))

# -- powers, logarithms and roots ------------------------------------------------------------------

EXP: Function = add(Function("exp", latex=r"\exp", evaluate=lambda balls: balls.exp,
                   is_positive=True, inverse=Inverse(lambda y: Call("ln", (y,)), least=0)))
LN = add(Function("ln", ("log",), latex=r"\ln", evaluate=lambda balls: balls.log,
                  is_partly_real=True, inverse=Inverse(EXP, above=0)))
LOG10 = add(Function("log10", ("lg",), latex=r"\log_{10}\left(%s\right)",
                     evaluate=lambda balls: lambda x: balls.log_to(x, 10),
                     exact=lambda x: exact.logarithm(x, 10),
                     definition=lambda x: Div(LN(x), LN(integer(10))),
                     inverse=Inverse(lambda y: Pow(Num(Fraction(10)), y), above=0)))
LOG2 = add(Function("log2", latex=r"\log_{2}\left(%s\right)",
                    evaluate=lambda balls: lambda x: balls.log_to(x, 2),
                    exact=lambda x: exact.logarithm(x, 2),
                    definition=lambda x: Div(LN(x), LN(TWO)),
                    inverse=Inverse(lambda y: Pow(Num(Fraction(2)), y), above=0)))
LOG = add(Function("log", is_written=False, arity=2, evaluate=lambda balls: balls.log_to,
                   definition=lambda x, base: Div(LN(x), LN(base)),
                   inverse=Inverse(lambda y, base: Pow(base, y), above=0,
                                   growth=lambda base: base)))
SQRT = add(Function("sqrt", sign="√", is_tight=True, is_algebraic=True, latex=r"\sqrt{%s}",
                    is_partly_real=True, evaluate=lambda balls: balls.sqrt,
                    exact=lambda x: exact.root(x, 2)))
add(Function("cbrt", sign="∛", is_tight=True, is_algebraic=True, latex=r"\sqrt[3]{%s}",
             evaluate=lambda balls: lambda x: balls.real_root(x, 3),
             exact=lambda x: exact.root(x, 3), definition=lambda x: ROOT(x, integer(3)),
             inverse=Inverse(lambda y: Mul((y, y, y)))))
ROOT: Function = add(Function("root", arity=2, is_algebraic=True, is_partly_real=True,
                              evaluate=lambda balls: balls.root))

# -- pieces, steps and parts of numbers ------------------------------------------------------------

ABS = add(Function("abs", ("Abs",), is_tight=True, is_algebraic=True, latex=r"\left|%s\right|",
                   evaluate=lambda balls: balls.absolute, exact=abs,
                   pieces=lambda x: [(Rel(">=", x, ZERO), x), (Rel("<", x, ZERO), Neg(x))]))
add(Function("sign", ("sgn",), is_real=True, jumps=True,
             evaluate=lambda balls: balls.sign, exact=lambda x: Fraction((x > 0) - (x < 0)),
             pieces=lambda x: [(Rel(">", x, ZERO), integer(1)), (Rel("=", x, ZERO), ZERO),
                               (Rel("<", x, ZERO), integer(-1))]))
add(Function("relu", ("ReLU",), is_real=True, is_algebraic=True,
             definition=lambda x: _half(_sum(x, ABS(x))),
             evaluate=lambda balls: lambda x: balls.largest(x, balls.number(0)),
             pieces=lambda x: _larger(x, ZERO)))
MAX = add(Function("max", ("Max",), arity=None, latex=r"\max", is_real=True, is_algebraic=True,
             evaluate=lambda balls: balls.largest, exact=lambda *x: max(x), pieces=_larger))
MIN = add(Function("min", ("Min",), arity=None, latex=r"\min", is_real=True, is_algebraic=True,
             evaluate=lambda balls: balls.smallest, exact=lambda *x: min(x), pieces=_smaller))
FLOOR = add(Function("floor", latex=r"\left\lfloor %s\right\rfloor", is_real=True, jumps=True,
                     evaluate=lambda balls: balls.floor, exact=lambda x: Fraction(math.floor(x))))
CEIL = add(Function("ceil", ("ceiling",), latex=r"\left\lceil %s\right\rceil", is_real=True,
                    jumps=True, evaluate=lambda balls: balls.ceil,
                    exact=lambda x: Fraction(math.ceil(x))))
add(Function("round", is_real=True, jumps=True, exact=exact.nearest,
             evaluate=lambda balls: balls.nearest))
MOD = add(Function("mod", arity=2, is_real=True, jumps=True, exact=exact.remainder,
                   evaluate=lambda balls: balls.modulo))
RE = add(Function("re", ("Re",), jumps=True, evaluate=lambda balls: balls.real))
IM = add(Function("im", ("Im",), jumps=True, evaluate=lambda balls: balls.imaginary))
CONJ = add(Function("conj", jumps=True, evaluate=lambda balls: balls.conj))
ARG = add(Function("arg", latex=r"\arg", jumps=True, evaluate=lambda balls: balls.argument))

# -- others ----------------------------------------------------------------------------------------

add(Function("sigmoid", ("logistic",), letter="sigma", latex=r"\sigma\left(%s\right)",
             is_positive=True, evaluate=lambda balls: lambda x: 1 / (1 + balls.exp(-x)),
             definition=lambda x: _over(_sum(ONE, EXP(Neg(x))))))
ERF = add(Function("erf", cost=25, evaluate=lambda balls: balls.erf))
FACTORIAL = add(Function("factorial", ("fact",), latex=r"\left(%s\right)!", cost=25,
                         evaluate=lambda balls: balls.factorial, exact=exact.factorial))
BINOMIAL = add(Function("binomial", ("binom", "comb", "nCr"), arity=2, cost=75,
                        evaluate=lambda balls: balls.binomial, exact=exact.binomial,
                        definition=lambda n, k: Div(FACTORIAL(n), _times(
                            FACTORIAL(k), FACTORIAL(_less(n, k))))))
add(Function("gcd", arity=None, latex=r"\gcd", exact=exact.gcd))
add(Function("lcm", arity=None, exact=exact.lcm))
DEGREES = add(Function("degrees", is_written=False, latex=r"\left(%s\right)^{\circ}",
                       evaluate=lambda balls: lambda x: x * balls.pi() / 180,
                       definition=lambda x: Div(_times(x, PI), integer(180))))
PLUS_MINUS = add(Function("pm", is_written=False, latex=r"\pm\left(%s\right)"))
add(Function("norm", latex=r"\left\lVert %s\right\rVert"))
DIAGONAL = add(Function("diag", arity=None))
# fmt: on
