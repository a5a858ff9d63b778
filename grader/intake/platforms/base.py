"""The terms in which a platform speaks: how its downloads are known, and how they are read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from examgen.ground.tables.headers import Field
    from grader.intake.pairs import Value
    from grader.intake.times import Moment
    from grader.records.register import Person

    Sent: TypeAlias = tuple[tuple[Person, ...], Moment | None]

_PART = re.compile(r"(?:^|; )([^\W\d]+) (\d+)\s?:(?: |(?=;)|$)")


def fold_header(name: str) -> str:
    """Return a header for comparison."""
    return " ".join(unicodedata.normalize("NFKC", name[:500]).casefold().split())


def split_labelled(text: str) -> tuple[str, ...]:
    """Return the answers of a cell by their labels, since a value may hold the separator too.

    >>> split_labelled("part 1: 3; 4; part 2: 5")
    ('3; 4', '5')
    """
    marks: list[re.Match[str]] = []
    for mark in _PART.finditer(text):
        word = marks[0][1] if marks else mark[1]
        if mark[1] == word and int(mark[2][:9]) == len(marks) + 1:
            marks.append(mark)
    if not marks or marks[0].start():
        return ()
    ends = [after.start() for _, after in pairwise(marks)] + [len(text)]
    return tuple(text[mark.end() : end] for mark, end in zip(marks, ends, strict=True))


@dataclass(frozen=True)
class Platform:
    """A platform: its tables, and its archives of files.

    Attributes:
        name: what its table is called in messages.
        rank: tables are held against platforms with a lower one first.
        questions: how many columns of a header hold answers in the platform's own way; a table
            with one is the platform's.
        question: of a folded header, what the question may be called in `--columns`, and which
            answer it seems to be; nothing where it is no question.
        fields: what columns hold whose names only this platform has, by their folded headers.
        beside: the places of columns that only go with a question, such as its points.
        was_asked: whether a student got the question of a column at all, by the row's cells.
        names_unknown: columns of which nobody knows what they hold are named.
        lists_absent: it has rows for those who handed in nothing.
        holds_html: its cells hold HTML.
        nothing: texts that say that nothing was given, beside an empty one.
        split: the answers of a cell that holds several.
        refused: of a header, what a table without answers is, and what to hand in instead.
        sender: who sent what lies in a folder or file of this name.
        metadata: the name of a YAML file that says who sent the files beside it.
        senders: what a document of that file says, by path beside it.
    """

    name: str
    rank: int = 50
    questions: Callable[[Sequence[str]], int] = lambda _: 0
    question: Callable[[str], tuple[tuple[str, ...], str]] = lambda _: ((), "")
    fields: Mapping[str, Field] = field(default_factory=dict)
    beside: Callable[[Sequence[str]], tuple[int, ...]] = lambda _: ()
    was_asked: Callable[[Sequence[str], int], bool] = lambda _, __: True
    names_unknown: bool = False
    lists_absent: bool = True
    holds_html: bool = False
    nothing: frozenset[str] = frozenset()
    split: Callable[[str], tuple[str, ...]] = split_labelled
    refused: Callable[[Sequence[str]], tuple[str, str] | None] = lambda _: None
    sender: Callable[[str], Person | None] = lambda _: None
    metadata: str = ""
    senders: Callable[[Value], Iterator[tuple[str, Sent]]] = lambda _: iter(())

    def is_nothing(self, text: str) -> bool:
        """Return whether a cell says that nothing was given."""
        return not text.strip() or text.strip() in self.nothing

    def answers(self, text: str, count: int) -> tuple[str, ...] | None:
        """Return the answers of a cell that holds several; None where they run together."""
        if self.is_nothing(text):
            return ("",) * count
        texts = self.split(text)
        return texts if len(texts) == count else None
