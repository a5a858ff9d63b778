"""The value of a tree: exact, in intervals that surely hold it, and as an expression of SymPy."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from mpmath import iv, mp
from mpmath.libmp import ComplexResult

from examgen.audit.reading import Node, NotRead

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DIGITS = 60
MAX_BITS = 40_000
MAX_EXPONENT = 100_000
iv.dps = mp.dps = DIGITS + 15


class Undefined(Exception):
    """No real value at this point, or none that is certain."""


def exact(node: Node) -> Fraction | None:
    """Return the value of a number without letters; None where it is not rational.

    Raises:
        NotRead: it divides by zero, or is too large to compute with.
    """
    parts = [exact(part) for part in node.args]
    values = [part for part in parts if part is not None]
    if node.op == "num":
        return node.value
    if len(values) < len(parts) or node.op not in _EXACT:
        return None
    try:
        found = _EXACT[node.op](*values)
    except ZeroDivisionError as error:
        raise NotRead("a division by zero") from error
    if found is not None and found.numerator.bit_length() > MAX_BITS:
        raise NotRead("too large to compute with")
    return found


def _power(base: Fraction, exponent: Fraction) -> Fraction | None:
    if exponent.denominator != 1:
        return None
    size = max(base.numerator.bit_length(), base.denominator.bit_length())
    if abs(exponent) * size > MAX_BITS:
        raise NotRead("too large to compute with")
    return Fraction(base**exponent.numerator)


def _minus(first: Fraction, *rest: Fraction) -> Fraction:
    return first - rest[0] if rest else -first


_EXACT: dict[str, Callable[..., Fraction | None]] = {
    "+": lambda a, b: a + b,
    "-": _minus,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": _power,
    "abs": abs,
    "max": max,
    "min": min,
}


def interval(node: Node, point: Mapping[str, Fraction]) -> Any:  # noqa: ANN401 - mpmath has no types
    """Return an interval that surely holds the value at a point.

    Raises:
        Undefined: there is no real value, or the interval holds a place where there is none.
    """
    try:
        return _interval(node, point)
    except (ZeroDivisionError, ComplexResult, ValueError, OverflowError) as error:
        raise Undefined from error


def _interval(node: Node, point: Mapping[str, Fraction]) -> Any:  # noqa: ANN401
    if node.op in {"num", "name"}:
        value = node.value if node.op == "num" else point[node.name]
        return iv.mpf(value.numerator) / iv.mpf(value.denominator)
    parts = [_interval(part, point) for part in node.args]
    match node.op:
        case "e":
            return iv.exp(iv.mpf(1))
        case "pi":
            return +iv.pi
        case "^":
            return _raised(node.args[1], *parts)
        case "list":  # as a whole it is a letter of its own, which follows its items
            return sum((part * (k + 2) / (k + 1) for k, part in enumerate(parts, 1)), iv.mpf(1) / 3)
        case op if op in _INTERVALS:
            return _INTERVALS[op](*parts)
        case _:
            raise NotRead(f"{node.op} is not evaluated here")


def _raised(exponent: Node, base: Any, power: Any) -> Any:  # noqa: ANN401
    whole = exact(exponent)
    if whole is not None and whole.denominator == 1:
        if abs(whole) > MAX_EXPONENT:
            raise NotRead("too large to compute with")
        if whole < 0 and 0 in base:
            raise Undefined
        return base ** int(whole)
    if base.a <= 0:
        raise Undefined
    return iv.exp(power * _ln(base))


def _ln(x: Any) -> Any:  # noqa: ANN401
    if x.a <= 0:
        raise Undefined
    return iv.log(x)


def _sqrt(x: Any) -> Any:  # noqa: ANN401
    if x.a < 0:
        raise Undefined
    return iv.sqrt(x)


def _over(a: Any, b: Any) -> Any:  # noqa: ANN401
    if 0 in b:
        raise Undefined
    return a / b


def _exp(x: Any) -> Any:  # noqa: ANN401
    if abs(x).b > MAX_EXPONENT:
        raise Undefined
    return iv.exp(x)


def _ends(choose: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *xs: iv.mpf([choose(x.a for x in xs), choose(x.b for x in xs)])


def _cbrt(x: Any) -> Any:  # noqa: ANN401
    if 0 in x:
        raise Undefined
    root = iv.exp(iv.log(abs(x)) / 3)
    return root if x.a > 0 else -root


_INTERVALS: dict[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, *b: a - b[0] if b else -a,
    "*": lambda a, b: a * b,
    "/": _over,
    "exp": _exp,
    "ln": _ln,
    "sqrt": _sqrt,
    "cbrt": _cbrt,
    "sin": iv.sin,
    "cos": iv.cos,
    "tan": lambda x: _over(iv.sin(x), iv.cos(x)),
    "abs": abs,
    "sinh": lambda x: (_exp(x) - _exp(-x)) / 2,
    "cosh": lambda x: (_exp(x) + _exp(-x)) / 2,
    "tanh": lambda x: 1 - 2 / (_exp(2 * x) + 1),
    "sigmoid": lambda x: 1 / (1 + _exp(-x)),
    "max": _ends(max),
    "min": _ends(min),
    "relu": lambda x: _ends(max)(x, iv.mpf(0)),
}


def proves_zero(node: Node, *, positive: bool) -> bool:
    """Return whether SymPy finds that an expression is zero everywhere."""
    import sympy  # it takes 0.3 s

    def sympy_of(part: Node) -> Any:  # noqa: ANN401
        args = [sympy_of(inner) for inner in part.args]
        match part.op:
            case "num":
                return sympy.Rational(part.value.numerator, part.value.denominator)
            case "name":
                return sympy.Symbol(part.name, real=True, positive=positive or None)
            case "+" | "*":
                return (sympy.Add if part.op == "+" else sympy.Mul)(*args)
            case "-":
                return args[0] - args[1] if args[1:] else -args[0]
            case "/":
                return args[0] / args[1]
            case "^":
                return args[0] ** args[1]
            case "sigmoid":
                return 1 / (1 + sympy.exp(-args[0]))
            case "relu":
                return sympy.Max(0, args[0])
            case "e" | "pi":
                return sympy.E if part.op == "e" else sympy.pi
            case "ln" | "exp" | "sqrt" | "cbrt" | "sin" | "cos" | "tan" | "sinh" | "cosh" | "tanh":
                return getattr(sympy, "log" if part.op == "ln" else part.op)(*args)
            case "abs" | "max" | "min":
                return getattr(sympy, part.op.capitalize())(*args)
            case _:
                return sympy.Function(part.op)(*args)

    difference = sympy_of(node)
    return bool(sympy.expand(difference) == 0 or sympy.simplify(difference) == 0)
