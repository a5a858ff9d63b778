"""The notations in which a right answer is accepted: what the judge promises, written out.

Each text that these functions give must be judged right; `examgen check` and the tests hold the
judge to it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.algebra.rational_value import exact_value
from answers.kinds.base import read_expected
from answers.kinds.collections import items_of
from answers.kinds.written import written
from answers.numbers.units import named
from answers.options import Options
from answers.syntax.latex_printer import latex
from answers.syntax.nodes import Neg, Node, Num, Rel, Seq, symbols
from answers.syntax.printer import shown
from answers.syntax.tokenizer import Comma
from solvers.graph.number import CONTEXT, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def notations(kind: str, expected: str, options: Options | None = None) -> Iterator[str]:
    """Ways to write an expected answer, itself first.

    >>> list(notations("shape", "112x64"))[:3]
    ['112x64', '112 x 64', '112×64']
    """
    given = options or Options()
    if given.sigfigs is not None or given.decimals is not None:
        yield from _with_figures(kind, expected, given)
        return
    yield expected
    if given.is_rounded:
        yield written(kind, expected, given).plain.removeprefix("≈ ")
    match kind:
        case "integer" | "number":
            yield from _number(expected, given)
        case "quantity":
            yield from _quantity(expected)
        case "shape" | "list" | "set":
            yield from _several(kind, expected, given)
        case "interval":
            yield from _interval(expected, given)
        case "expression":
            yield from _expression(expected, given)
        case "equation" | "inequality":
            yield from _relation(kind, expected, given)
        case "matrix":
            yield from _matrix(expected, given)
        case _:
            yield from (expected.upper(), f" {expected}  ", f"{expected}.")


def _with_figures(kind: str, expected: str, options: Options) -> Iterator[str]:
    """A key rounded to the figures that are asked for: others are rejected, and so is 130/7."""
    found = written(kind, expected, options)
    yield from (found.plain, f" {found.plain} ", found.plain.replace("-", "−"), f"${found.latex}$")
    if kind in {"integer", "number", "quantity"}:
        yield from (f"= {found.plain}", found.plain.translate(_FULL_WIDTH))


def _number(expected: str, options: Options) -> Iterator[str]:
    yield from (f" {expected} ", f"= {expected}", f"x = {expected}", f"${expected}$")
    yield from (expected.replace("-", "−"), expected.translate(_FULL_WIDTH), f"({expected})")
    node = read_expected(expected, options)
    value = None if symbols(node) else exact_value(node)
    if value is not None:
        yield from spellings(value)
    yield latex(node)


def spellings(value: Fraction) -> Iterator[str]:
    """A rational number in the notations of students."""
    above, below = value.numerator, value.denominator
    if below == 1:
        yield from (f"{above:,}", f"{above:,}".replace(",", " "), f"{above:,}".replace(",", "{,}"))
        yield from (f"{above}.0", f"{2 * above}/2")
    else:
        yield from (f"{above}/{below}", rf"\frac{{{above}}}{{{below}}}", f"{2 * above}/{2 * below}")
    decimal = terminating(value)
    if decimal is None or len(decimal) > 60:
        return
    whole, _, part = decimal.partition(".")
    yield from (decimal, f"{decimal}0" if part else decimal)
    if part and (len(part) != 3 or whole.strip("-0") == ""):  # 16,875 is a thousand and more
        yield f"{whole},{part}"
    yield from _scientific(decimal)


def terminating(value: Fraction) -> str | None:
    """A number as a decimal without an end left out; None where it has none.

    >>> terminating(Fraction(1, 8)), terminating(Fraction(1, 3))
    ('0.125', None)
    """
    decimal = to_decimal(value)
    return f"{decimal.normalize(CONTEXT):f}" if Fraction(decimal) == value else None


def _scientific(decimal: str) -> Iterator[str]:
    number = Decimal(decimal)
    if not number:
        return
    power = number.adjusted()
    mantissa = f"{number.scaleb(-power, CONTEXT).normalize(CONTEXT):f}"
    yield from (f"{mantissa}e{power}", f"{mantissa}E{power:+d}", f"{mantissa}*10^{power}")
    yield from (f"{mantissa} x 10^{power}", f"{mantissa}×10{str(power).translate(_RAISED)}")
    yield rf"{mantissa} \times 10^{{{power}}}"


def _quantity(expected: str) -> Iterator[str]:
    number, _, unit = expected.partition(" ")
    value = exact_value(read_expected(number, Options()))
    yield from (f"{number}{unit}", rf"{number}\,\mathrm{{{unit}}}", f"x = {number} {unit}")
    if value is None:
        return
    yield from (f"{text} {unit}" for text in spellings(value))
    known = named(unit)
    if unit == "B" and known is not None:
        for other in ("kB", "KiB", "MB", "MiB", "GB", "bit", "Mbit"):
            size = named(other)
            if size is not None:
                same = value * known.factor / size.factor
                yield f"{terminating(same) or f'{same.numerator}/{same.denominator}'} {other}"


def _several(kind: str, expected: str, options: Options) -> Iterator[str]:
    text = expected.replace("x", ", ") if kind == "shape" else expected
    node = read_expected(text, options, Comma.BETWEEN)
    parts = [shown(item) for item in items_of(node)]
    joined = ", ".join(parts)
    if kind == "shape":
        marks = (" x ", "×", " × ", "*", " by ", r" \times ")
        yield from (mark.join(parts) for mark in marks)
    if kind == "set":
        yield from (f"{{{', '.join(reversed(parts))}}}", f"{{{joined}, {parts[0]}}}", joined)
        yield rf"\left\{{{joined}\right\}}"
        return
    yield from (f"({joined})", f"[{joined}]", "; ".join(parts), rf"\left({joined}\right)")
    if len(parts) > 1:
        yield joined


def _interval(expected: str, options: Options) -> Iterator[str]:
    node = read_expected(expected, options, Comma.BETWEEN)
    yield from (f"x in {expected}", latex(node))
    if not (isinstance(node, Seq) and len(node.items) == 2):
        return
    low, high = map(shown, node.items)
    left, right = ("<=" if end in {"[", "]"} else "<" for end in (node.open, node.close))
    yield from (f"{node.open}{low}; {high}{node.close}", f"{low} {left} x {right} {high}")
    french = ("[" if node.open == "[" else "]", "]" if node.close == "]" else "[")
    yield f"{french[0]}{low}, {high}{french[1]}"


def _expression(expected: str, options: Options) -> Iterator[str]:
    node = read_expected(expected, options)
    yield from (f"${latex(node)}$", f" {expected} ", f"= {expected}", expected.replace("*", "·"))
    if options.form is None:
        yield from (
            f"({expected})*1",
            f"0 + ({expected})",
            f"2*({expected})/2",
            f"-(-({expected}))",
        )


def _relation(kind: str, expected: str, options: Options) -> Iterator[str]:
    node = read_expected(
        expected, options, Comma.BETWEEN if kind == "inequality" else Comma.IN_NUMBERS
    )
    yield latex(node)
    if not isinstance(node, Rel) or node.sign not in _MIRRORED:
        return
    left, right = shown(node.left), shown(node.right)
    yield f"{right} {_MIRRORED[node.sign]} {left}"
    yield f"{left} - ({right}) {node.sign} 0"
    yield f"2*({left}) {node.sign} 2*({right})"
    yield f"-({left}) {_MIRRORED[node.sign]} -({right})"


def _matrix(expected: str, options: Options) -> Iterator[str]:
    node = read_expected(expected, options, Comma.BETWEEN)
    rows = [[_cell(cell) for cell in items_of(row)] for row in items_of(node)]
    yield "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]"
    yield "[" + "; ".join(", ".join(row) for row in rows) + "]"
    body = r" \\ ".join(" & ".join(row) for row in rows)
    yield rf"\begin{{pmatrix}}{body}\end{{pmatrix}}"


def _cell(node: Node) -> str:
    inner = node.of if isinstance(node, Neg) else node
    return shown(node) if isinstance(inner, Num) else f"({shown(node)})"
