r"""An expected answer as people write it: for keys on paper, tables and feedback.

A key holds exact values in the notation that the judge compares: `94235199/100000000`, fifty
digits of a root. Here they become numbers with as many digits as the answer's rule needs, in the
brackets that are judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from answers.comparison.equality import safe_exact
from answers.evaluation.evaluate import real_value
from answers.kinds.base import read_expected
from answers.kinds.quantities import split_unit
from answers.numbers.tolerance import detail_of
from answers.numbers.units import Unit, parse_unit
from answers.options import Options
from answers.syntax.errors import Unreadable
from answers.syntax.latex_printer import latex, sequence
from answers.syntax.nodes import Add, Node, Seq, symbols
from answers.syntax.normalize import AUTHOR
from answers.syntax.printer import shown
from answers.syntax.tokenizer import Comma
from solvers.graph.printing.notation import (
    IN_DIGITS,
    Detail,
    Shown,
    show,
    show_figures,
    show_places,
)
from solvers.graph.printing.style import LATEX

# Longer numbers of an exact answer are rounded for people: nobody writes them.
_EXACT = Detail(digits=40, ratio=10**15)
_WITH_COMMAS = frozenset({"shape", "list", "set", "interval", "inequality", "matrix"})
_WORDS = frozenset({"choice", "text"})
_NUMERIC = frozenset(
    {"integer", "number", "quantity", "shape", "list", "set", "interval", "matrix"}
)


@dataclass(frozen=True)
class Written:
    r"""An answer for people.

    Attributes:
        latex: with a thousands separator; empty for words.
        plain: without one, as a table or a program wants it.
    """

    latex: str
    plain: str


@lru_cache(maxsize=16_384)
def written(kind: str, expected: str, options: Options) -> Written:
    r"""An expected answer as a person writes it.

    >>> written("number", "519/580", Options(rel=Fraction(1, 100)))
    Written(latex='\\approx 0.89483', plain='≈ 0.89483')
    >>> written("number", "519/580", Options()).plain
    '519/580'
    >>> written("interval", "[600, 1800]", Options()).latex
    '[600, 1{,}800]'
    >>> written("quantity", "130/7 m", Options(sigfigs=3)).plain
    '18.6 m'
    """
    if kind in _WORDS:
        return Written("", expected)
    try:
        return _read(kind, expected, options)
    except (Unreadable, ArithmeticError):
        return Written("", expected)


def _read(kind: str, expected: str, options: Options) -> Written:
    if kind == "quantity":
        number, unit = split_unit(expected, AUTHOR)
        return _number(read_expected(number, Options()), options, unit)
    if kind == "shape":
        expected = f"({expected.replace('x', ', ')})" if "(" not in expected else expected
    node = read_expected(
        expected, options, Comma.BETWEEN if kind in _WITH_COMMAS else Comma.IN_NUMBERS
    )
    if kind not in _NUMERIC:
        return Written(latex(node), expected)
    if isinstance(node, Seq):
        return _marked(_several(kind, node, options))
    return _number(node, options)


def _number(node: Node, options: Options, unit: Unit | None = None) -> Written:
    """One number; one that is kept as an expression is followed by its first digits."""
    worth = Fraction(1)
    if options.abs_unit and unit is not None:
        worth = parse_unit(options.abs_unit).factor / unit.factor
    found, name = _one(node, options, worth), unit.text if unit is not None else ""
    is_closed = not options.is_rounded and not symbols(node) and safe_exact(node) is None
    value = real_value(node) if is_closed else None
    if value is None:
        return _marked(_with_unit(found, name))
    digits = _with_unit(_ungrouped(show(value, IN_DIGITS)), name)
    if name and isinstance(node, Add):
        found = Shown(LATEX.brackets(found.latex), f"({found.plain})", exact=True)
    found = _with_unit(found, name)
    return Written(
        f"{found.latex} {LATEX.approx} {digits.latex}", f"{found.plain} ≈ {digits.plain}"
    )


def _with_unit(found: Shown, unit: str) -> Shown:
    return Shown(found.latex + LATEX.unit(unit), f"{found.plain} {unit}".rstrip(), found.exact)


def _marked(found: Shown) -> Written:
    """With a sign before what is rounded."""
    if found.exact:
        return Written(found.latex, found.plain)
    return Written(rf"{LATEX.approx} {found.latex}", f"≈ {found.plain}")


def _several(kind: str, node: Seq, options: Options) -> Shown:
    items = [
        _several(kind, item, options) if isinstance(item, Seq) else _one(item, options)
        for item in node.items
    ]
    exact = all(item.exact for item in items)
    formulas, texts = [item.latex for item in items], [item.plain for item in items]
    if kind == "shape":
        return Shown(r" \times ".join(formulas), "x".join(texts), exact)
    if kind == "matrix" and all(isinstance(item, Seq) for item in node.items):
        inside = r" \\ ".join(
            " & ".join(_one(cell, options).latex for cell in row.items)
            for row in node.items
            if isinstance(row, Seq)
        )
        text = rf"\begin{{pmatrix}}{inside}\end{{pmatrix}}"
    else:
        text = _in_brackets(node, formulas)
    return Shown(text, f"{node.open}{', '.join(texts)}{node.close}", exact)


def _in_brackets(node: Seq, items: list[str]) -> str:
    """Items in brackets of the usual size, between which a line may break, or in tall ones."""
    if any(r"\frac" in item for item in items):
        return sequence(node.open, items, node.close)
    braces = {"{": r"\{", "}": r"\}"}
    opening, closing = (braces.get(sign, sign) for sign in (node.open, node.close))
    return f"{opening}{', '.join(items)}{closing}"


def _one(node: Node, options: Options, worth: Fraction = Fraction(1)) -> Shown:
    """One number, or what else may stand in its place."""
    value = None if symbols(node) else safe_exact(node)
    if value is None and options.is_rounded and not symbols(node):
        value = real_value(node)
    if value is None:
        return Shown(latex(node), shown(node), exact=True)
    return _ungrouped(number_shown(value, options, worth))


def _ungrouped(found: Shown) -> Shown:
    return Shown(found.latex, found.plain.replace(",", ""), found.exact)


def number_shown(value: Fraction, options: Options, worth: Fraction = Fraction(1)) -> Shown:
    """A number with as many digits as the rule needs by which answers are compared with it.

    Args:
        value: the right value.
        options: the rule.
        worth: of the unit of `abs`, in units of the value.
    """
    if options.decimals is not None:
        return _as_asked(show_places(value, options.decimals))
    if options.sigfigs is not None:
        in_full = options.trailing_zeros == "ambiguous"
        return _as_asked(show_figures(value, options.sigfigs, in_full=in_full))
    slack = (options.rel or 0) * abs(value) + (options.abs or 0) * worth
    if slack:
        return show(value, detail_of(value, slack, 1))
    if options.log10 is not None or options.accuracy == 0:
        return show(value, IN_DIGITS)
    return show_figures(value, options.accuracy) if options.accuracy else show(value, _EXACT)


def _as_asked(found: Shown) -> Shown:
    """The rounded value is what is asked for: it is right as it stands."""
    return Shown(found.latex, found.plain, exact=True)
