r"""Write an expected answer: for people, and in every notation that is promised.

A key holds exact values in the notation that the judge compares: `94235199/100000000`, fifty
digits of a root. Here they become numbers with as many digits as the answer's rule needs, in the
brackets that are judged.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from answers.comparison.equality import safe_exact
from answers.comparison.reading import read_expected
from answers.evaluation.number import real_value
from answers.kinds.base import Group, Written, kind_named
from answers.numbers.tolerance import detail_of
from answers.numbers.units import Unit, parse_unit
from answers.options import Options
from answers.syntax.errors import Unreadable
from answers.syntax.latex_printer import latex, sequence
from answers.syntax.nodes import Add, Node, Seq, free_symbols
from answers.syntax.parser import read
from answers.syntax.printer import format_expression
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from answers.syntax.vocabulary import Names

    LaidOut: TypeAlias = Callable[[Seq, Sequence[Shown]], tuple[str, str]]

# Longer numbers of an exact answer are rounded for people: nobody writes them.
_EXACT = Detail(digits=40, ratio=10**15)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@lru_cache(maxsize=16_384)
def format_expected(kind: str, expected: str, options: Options) -> Written:
    r"""Return an expected answer as a person writes it.

    >>> format_expected("number", "519/580", Options(rel=Fraction(1, 100)))
    Written(latex='\\approx 0.89483', plain='≈ 0.89483')
    >>> format_expected("number", "519/580", Options()).plain
    '519/580'
    >>> format_expected("interval", "[600, 1800]", Options()).latex
    '[600, 1{,}800]'
    >>> format_expected("quantity", "130/7 m", Options(sigfigs=3)).plain
    '18.6 m'
    """
    try:
        return kind_named(kind).written(expected, options)
    except (Unreadable, ArithmeticError):
        return as_it_stands(expected, options)


def notations(kind: str, expected: str, options: Options | None = None) -> Iterator[str]:
    """Yield ways to write an expected answer, itself first.

    Each is judged right: `examgen check` and the tests hold the judge to it.

    >>> list(notations("shape", "112x64"))[:3]
    ['112x64', '112 x 64', '112×64']
    """
    given = options or Options()
    if given.sigfigs is not None or given.decimals is not None:
        yield from _with_figures(kind, expected, given)
        return
    yield expected
    if given.is_rounded:
        yield format_expected(kind, expected, given).plain.removeprefix("≈ ")
    yield from kind_named(kind).notations(expected, given)


def _with_figures(kind: str, expected: str, options: Options) -> Iterator[str]:
    """Yield a key rounded to the figures that are asked for: others are wrong, and so is 130/7."""
    found = format_expected(kind, expected, options)
    yield from (found.plain, f" {found.plain} ", found.plain.replace("-", "−"), f"${found.latex}$")
    if kind_named(kind).group is Group.NUMBER:
        yield from (f"= {found.plain}", in_full_width(found.plain))


def in_full_width(text: str) -> str:
    """Return a text with the digits of East Asian keyboards."""
    return text.translate(_FULL_WIDTH)


def as_it_stands(expected: str, options: Options) -> Written:  # noqa: ARG001 - as kinds are called
    """Return words, which are their own notation."""
    return Written("", expected)


def no_latex(read_as: str, names: Names) -> str:  # noqa: ARG001 - as kinds are called
    """Return nothing: words are no formula."""
    return ""


def formula_latex(read_as: str, names: Names, comma: Comma = Comma.BETWEEN) -> str:
    """Return what was read as LaTeX; empty where it cannot be read again."""
    try:
        found = latex(read(read_as, names, comma=comma))
    except Unreadable:
        return ""
    return found.removeprefix(r"\left.").removesuffix(r"\right.")


def formula_written(expected: str, options: Options, comma: Comma = Comma.IN_NUMBERS) -> Written:
    """Return an answer in letters, as a formula."""
    return Written(latex(read_expected(expected, options, comma)), expected)


def number_written(node: Node, options: Options, unit: Unit | None = None) -> Written:
    """Return one number; one that is kept as an expression is followed by its first digits."""
    worth = Fraction(1)
    if options.abs_unit and unit is not None:
        worth = parse_unit(options.abs_unit).factor / unit.factor
    found, name = _one(node, options, worth), unit.text if unit is not None else ""
    is_closed = not options.is_rounded and not free_symbols(node) and safe_exact(node) is None
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
    """Put a sign before what is rounded."""
    if found.exact:
        return Written(found.latex, found.plain)
    return Written(rf"{LATEX.approx} {found.latex}", f"≈ {found.plain}")


def several_written(expected: str, options: Options, laid_out: LaidOut | None = None) -> Written:
    """Return several values, or one where no more are expected.

    Args:
        expected: in the notation of formulas.
        options: the rule.
        laid_out: gives the LaTeX and the plain text of a sequence; by default in its brackets.
    """
    node = read_expected(expected, options, Comma.BETWEEN)
    if not isinstance(node, Seq):
        return number_written(node, options)
    return _marked(_several(node, options, laid_out or in_brackets))


def _several(node: Seq, options: Options, laid_out: LaidOut) -> Shown:
    items = [
        _several(item, options, laid_out) if isinstance(item, Seq) else _one(item, options)
        for item in node.items
    ]
    return Shown(*laid_out(node, items), all(item.exact for item in items))


def in_brackets(node: Seq, items: Sequence[Shown]) -> tuple[str, str]:
    """Return items in brackets: of the usual size, between which a line may break, or tall ones."""
    formulas = [item.latex for item in items]
    plain = f"{node.open}{', '.join(item.plain for item in items)}{node.close}"
    if any(r"\frac" in item for item in formulas):
        return sequence(node.open, formulas, node.close), plain
    braces = {"{": r"\{", "}": r"\}"}
    opening, closing = (braces.get(sign, sign) for sign in (node.open, node.close))
    return f"{opening}{', '.join(formulas)}{closing}", plain


def _one(node: Node, options: Options, worth: Fraction = Fraction(1)) -> Shown:
    """Return one number, or what else may be in its place."""
    value = None if free_symbols(node) else safe_exact(node)
    if value is None and options.is_rounded and not free_symbols(node):
        value = real_value(node)
    if value is None:
        return Shown(latex(node), format_expression(node), exact=True)
    return _ungrouped(number_shown(value, options, worth))


def _ungrouped(found: Shown) -> Shown:
    return Shown(found.latex, found.plain.replace(",", ""), found.exact)


def number_shown(value: Fraction, options: Options, worth: Fraction = Fraction(1)) -> Shown:
    """Return a number with as many digits as the rule needs by which answers are compared with it.

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
    """Return a rounded number as an exact one: rounded is how it is asked for."""
    return Shown(found.latex, found.plain, exact=True)
