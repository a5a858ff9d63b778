"""Read a text without any key: what a page may show to a student who is typing.

>>> echo("expression", "4h^2 + 4hx", ["h", "x"]).latex
'4 h^{2} + 4 h x'
>>> echo("number", "2,176").other_readings
('2.176',)
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from answers.ambiguities.base import Setting
from answers.ambiguities.chains import sides_of
from answers.ambiguities.search import other_readings
from answers.kinds.base import Sides, kind_named
from answers.kinds.rule import Rule
from answers.options import Options
from answers.syntax.errors import Unreadable
from answers.syntax.normalize import refuse_long
from answers.syntax.unwrap import unwrap
from answers.syntax.vocabulary import Names
from examgen.ground.html.mathml import formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_OTHERS = 6


@dataclass(frozen=True)
class Problem:
    """The reason why a text cannot be read, and the place of the trouble, counted from 0."""

    text: str
    place: int


@dataclass(frozen=True)
class Echo:
    """A text as it was read.

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

    def _repr_html_(self) -> str:
        """Return the text as it is read, or what is wrong with it, for a notebook."""
        if self.problem is not None:
            return f"<i>{escape(self.problem.text)}</i>"
        return str(formula(self.latex)) if self.latex else f"<code>{escape(self.read_as)}</code>"


def echo(kind: str, answer: str, variables: Sequence[str] = ()) -> Echo:
    """Return how a text is read as an answer of a kind, whatever the right answer is.

    Args:
        kind: the name of a kind.
        answer: what was typed.
        variables: the letters that the question names.
    """
    rule = Rule.of(kind, kind_named(kind).neutral, Options(variables=tuple(variables)))
    text = unwrap(answer)
    if rule.kind.sides is not Sides.PART:
        text = sides_of(text)[-1] if sides_of(text) else text
    found, problem = _reading(rule, text)
    others = tuple(dict.fromkeys(other for other in _others(rule, text) if other != found))
    latex = rule.kind.latex(found, Names(frozenset(variables))) if found else ""
    return Echo(found, latex, others[:MOST_OTHERS], problem)


def _reading(rule: Rule, text: str) -> tuple[str, Problem | None]:
    if not text.strip():
        return "", Problem("nothing was written", 0)
    try:
        refuse_long(text)
        return rule.comparer.judge(text).read_as, None
    except Unreadable as error:
        return "", Problem(error.what, error.at)
    except (RecursionError, MemoryError, OverflowError):
        return "", Problem("the answer is too large to compute with", 0)


def _others(rule: Rule, text: str) -> Iterator[str]:
    setting = Setting(rule.kind.name, "", rule.options, names=frozenset(rule.options.variables))
    for other in other_readings(text, setting):
        found, problem = _reading(rule, other.text)
        if problem is None:
            yield found
