"""How a text is read, without any key: what a page may show to a student who is typing.

>>> echo("expression", "4h^2 + 4hx", ["h", "x"]).latex
'4 h^{2} + 4 h x'
>>> echo("number", "2,176").other_readings
('2.176',)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers.ambiguities.base import Setting
from answers.ambiguities.chains import CHAINED, sides_of
from answers.ambiguities.search import other_readings
from answers.kinds.rule import Kind, Rule
from answers.options import Options
from answers.syntax.errors import Unreadable
from answers.syntax.latex_printer import latex
from answers.syntax.normalize import refuse_long
from answers.syntax.parser import read
from answers.syntax.tokenizer import Comma
from answers.syntax.unwrap import unwrapped
from answers.syntax.vocabulary import Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_OTHERS = 6
_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER})
_WORDS = frozenset({Kind.CHOICE, Kind.TEXT})
# What answers are compared with, as there is no key: nothing of it is shown.
_NEUTRAL = {
    Kind.INTEGER: "0", Kind.NUMBER: "0", Kind.QUANTITY: "0 B", Kind.SHAPE: "0x0",
    Kind.LIST: "(x, x)", Kind.SET: "{x}", Kind.INTERVAL: "[0, 1]", Kind.EXPRESSION: "0",
    Kind.EQUATION: "x = 0", Kind.INEQUALITY: "x < 0", Kind.MATRIX: "[[x]]", Kind.CHOICE: "-",
    Kind.TEXT: "-",
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Why a text cannot be read, and the place of the trouble, counted from 0."""

    text: str
    place: int


@dataclass(frozen=True)
class Echo:
    """How a text is read.

    Attributes:
        read_as: in the notation of the reader; empty where it cannot be read.
        latex: the same as LaTeX math; empty where it cannot be shown so.
        other_readings: what else a person could mean by it.
        problem: why it cannot be read; None where it can.
    """

    read_as: str
    latex: str = ""
    other_readings: tuple[str, ...] = ()
    problem: Problem | None = None


def echo(kind: str, answer: str, variables: Sequence[str] = ()) -> Echo:
    """Return how a text is read as an answer of a kind, whatever the right answer is.

    Args:
        kind: a value of `answers.judge.Kind`.
        answer: what was typed.
        variables: the letters that the question names.
    """
    rule = Rule.of(Kind(kind), _NEUTRAL[Kind(kind)], Options(variables=tuple(variables)))
    text = unwrapped(answer)
    if rule.kind in CHAINED:
        text = sides_of(text)[-1] if sides_of(text) else text
    found, problem = _reading(rule, text)
    others = tuple(dict.fromkeys(other for other in _others(rule, text) if other != found))
    return Echo(found, _latex(rule, found), others[:MOST_OTHERS], problem)


def _reading(rule: Rule, text: str) -> tuple[str, Problem | None]:
    try:
        refuse_long(text)
        return rule.comparer.judge(text).read_as, None
    except Unreadable as error:
        return "", Problem(error.what, error.at)
    except (RecursionError, MemoryError, OverflowError):
        return "", Problem("the answer is too large to compute with", 0)


def _others(rule: Rule, text: str) -> Iterator[str]:
    setting = Setting(str(rule.kind), "", rule.options, names=frozenset(rule.options.variables))
    for other in other_readings(text, setting):
        found, problem = _reading(rule, other.text)
        if problem is None:
            yield found


def _latex(rule: Rule, read_as: str) -> str:
    """The reading as LaTeX; a text in words has none."""
    if rule.kind in _WORDS or not read_as:
        return ""
    number, _, unit = read_as.partition(" ") if rule.kind is Kind.QUANTITY else (read_as, "", "")
    comma = Comma.IN_NUMBERS if rule.kind in _NUMBERS else Comma.BETWEEN
    text = number.replace("x", ", ") if rule.kind is Kind.SHAPE else number
    try:
        shown = latex(read(text, Names(frozenset(rule.options.variables)), comma=comma))
    except Unreadable:
        return ""
    shown = shown.removeprefix(r"\left.").removesuffix(r"\right.")
    if rule.kind is Kind.SHAPE:
        shown = shown.replace(", ", r" \times ")
    return shown + (rf"\,\mathrm{{{unit}}}" if unit else "")
