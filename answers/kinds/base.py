"""A kind of answer: what one file says of it, and how all kinds are found.

A kind is read, compared, written, promised, explained, carried and simulated by what its record
says; to add one is to add a file to this folder that has `KINDS`, or a plugin that offers one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from answers import kinds
from answers.syntax.errors import UnreadableKey
from answers.syntax.tokenizer import Comma
from answers.syntax.unwrap import unwrap
from examgen.ground.errors import ExamgenError
from examgen.ground.plugins import load_entry_points, modules_below
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from answers.options import Options
    from answers.syntax.vocabulary import Names
    from answers.verdict import Judgement
    from solvers.graph.number import Value

PLUGINS = "examgen.kinds"  # entry points of modules with KINDS
USUAL_BLANK = 52
_LAST_NUMBER = re.compile(r"\d+(?!.*\d)")


class Group(StrEnum):
    """A group of kinds by what their answers are made of: so they can be misread alike."""

    NUMBER = "number"
    COLLECTION = "collection"
    SYMBOLIC = "symbolic"
    WORDS = "words"
    TICKS = "ticks"


class Sides(StrEnum):
    """The meaning of several sides joined by `=` in answers of a kind."""

    PART = "part"
    """A part of the answer, as in an equation."""
    READ = "read"
    """Steps to the last one, all of which the kind's own reading looks at."""
    UNREAD = "unread"
    """Steps to the last one, of which the kind's own reading looks at some only."""


@record
class Written:
    r"""An answer for people.

    Attributes:
        latex: with a thousands separator; empty for words.
        plain: without one, as a table or a program wants it.
    """

    latex: str
    plain: str


@record
class Facts:
    """The hints of an expected side on how an answer is read.

    Attributes:
        names: the letters in it.
        count: how many elements it has; 0 where it has none.
        unit: as it is written.
        ends: the brackets of one interval.
        value: of a number, where it is exact.
    """

    names: frozenset[str] = frozenset()
    count: int = 0
    unit: str = ""
    ends: str = ""
    value: Fraction | None = None


class Comparer(Protocol):
    """One kind of answer with its expected side read."""

    def judge(self, answer: str) -> Judgement:
        """Judge an answer that is not blank.

        Raises:
            Unreadable: the answer cannot be read.
        """

    @property
    def facts(self) -> Facts:
        """Return what the expected side says about how an answer is read."""


def never(expected: str, other: str, options: Options) -> bool:  # noqa: ARG001 - as others are called
    """Return that nothing is known without a comparison."""
    return False


def nothing_trivial(given: Sequence[str], unit: str | None) -> Iterable[str]:  # noqa: ARG001
    """Return no answers."""
    return ()


def no_value(text: str) -> Value | None:  # noqa: ARG001 - as others are called
    """Return that a text states no value."""
    return None


def another_number(text: str) -> Iterator[str]:
    """Yield a text with another number in the place of its last one.

    >>> list(another_number("[600, 1800]"))
    ['[600, 3603]']
    """
    if last := _LAST_NUMBER.search(text):
        yield text[: last.start()] + str(2 * int(last[0]) + 3) + text[last.end() :]


@record
class Kind:
    """A kind of answer.

    Attributes:
        name: as question files and keys have it.
        group: what its answers are made of.
        comparer: reads an expected answer; raises Unreadable or UnreadableKey.
        neutral: an expected answer of which nothing shows in how another answer is read.
        written: an expected answer as people write it.
        latex: what was read as LaTeX; empty where it cannot be shown so.
        notations: further ways to write an expected answer, each of which is judged right.
        says: which answers are accepted, in words; empty where the options say it.
        bare: an answer without the quotes, boxes and signs of formulas around it.
        comma: what a comma is in it.
        joined: several values as one answer; None where an answer is one value.
        value: the value that a text of a key states.
        others: other answers than that of a text, for simulated classes.
        trivial: answers that need no work, of what is given and a unit.
        differ: whether two keys are known to differ without a comparison.
        sides: what several sides joined by `=` are.
        is_whole: its values are integers.
        has_units: its values have units.
        is_carried: a wrong value of it is carried into what follows.
        in_field: of an answer with several fields, what it holds of one, by the field's place and
            text; None where an answer is one field.
        blank: the width of its box on paper in millimetres.
    """

    name: str
    group: Group
    comparer: Callable[[str, Options], Comparer]
    neutral: str
    written: Callable[[str, Options], Written]
    latex: Callable[[str, Names], str]
    notations: Callable[[str, Options], Iterator[str]]
    says: str = ""
    bare: Callable[[str], str] = unwrap
    comma: Comma = Comma.IN_NUMBERS
    joined: Callable[[Sequence[str]], str] | None = None
    value: Callable[[str], Value | None] = no_value
    others: Callable[[str], Iterator[str]] = another_number
    trivial: Callable[[Sequence[str], str | None], Iterable[str]] = nothing_trivial
    differ: Callable[[str, str, Options], bool] = never
    sides: Sides = Sides.PART
    is_whole: bool = False
    has_units: bool = False
    is_carried: bool = False
    in_field: Callable[[str, str], str] | None = None
    blank: int = USUAL_BLANK


@cache
def all_kinds() -> Mapping[str, Kind]:
    """Return all kinds, those of plugins among them, by their names in order of the alphabet.

    >>> sorted(all_kinds())[:4]
    ['choice', 'equation', 'expression', 'growth']

    Raises:
        ExamgenError: a plugin has a kind of a name that is taken.
    """
    own = (kind for module in modules_below(kinds) for kind in getattr(module, "KINDS", ()))
    found = {kind.name: kind for kind in own}
    for plugin, module in load_entry_points(PLUGINS):
        for kind in getattr(module, "KINDS", ()):
            if kind.name in found:
                raise ExamgenError(f"the plugin {plugin} has a kind {kind.name}, too; rename it")
            found[kind.name] = kind
    return MappingProxyType(dict(sorted(found.items())))


def kind_named(name: str) -> Kind:
    """Return a kind by its name.

    Raises:
        UnreadableKey: there is none of this name.
    """
    try:
        return all_kinds()[name]
    except KeyError:
        message = f"kind is one of {', '.join(all_kinds())}, not {name[:40]!r}"
        raise UnreadableKey(message) from None


@cache
def names_of(*groups: Group) -> frozenset[str]:
    """Return the names of the kinds of some groups."""
    return frozenset(name for name, kind in all_kinds().items() if kind.group in groups)
