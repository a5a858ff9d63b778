"""The terms in which an ambiguity speaks: a text, what the question settles, and other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.kinds.base import Group, names_of
from examgen.ground.record import record

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from answers.options import Options

NUMBERS = names_of(Group.NUMBER)
COLLECTIONS = names_of(Group.COLLECTION)
SYMBOLIC = names_of(Group.SYMBOLIC)
VALUES = NUMBERS | COLLECTIONS
MATHEMATICS = VALUES | SYMBOLIC
WORDS = names_of(Group.WORDS)


@record
class Setting:
    """The things a question says about how its answers are read.

    Attributes:
        kind: the kind of answer.
        expected: the expected answer, in student notation.
        options: the options of the comparison.
        names: the names that the question knows: those of the expected answer, its variables,
            its aliases and what it prints.
        count: how many elements are expected, where the answer has elements; else 0.
        unit: the unit of the expected answer as it is written; empty where it has none.
        ends: the brackets of the expected interval; empty where one is not expected.
    """

    kind: str
    expected: str
    options: Options
    names: frozenset[str] = frozenset()
    count: int = 0
    unit: str = ""
    ends: str = ""


@record
class Reading:
    """Another text that a person could mean by the one that was written.

    Attributes:
        text: it, in the notation that the reader knows.
        is_settled: the question leaves no other way to read it, so that it may be marked right;
            else a person decides.
        how: the difference to what was written, in a few words for the student.
        is_whole: it says all that was written; else it is believed only where it is right.
    """

    text: str
    is_settled: bool
    how: str
    is_whole: bool = True


@record
class Ambiguity:
    """One way in which an answer can be read otherwise.

    Attributes:
        name: of its file.
        kinds: the kinds of answers in which it occurs.
        readings: the other texts, the likeliest first; none where it does not occur.
        rank: those with a lower one are tried first.
        occurs: what a text must have somewhere for it to occur; most texts have none of it.
        signs: a text in ASCII must have one of these, which is quicker to see: `a` is any letter;
            empty where that excludes no text.
    """

    name: str
    kinds: frozenset[str]
    readings: Callable[[str, Setting], Iterator[Reading]]
    rank: int = 50
    occurs: re.Pattern[str] | None = None
    signs: str = ""
