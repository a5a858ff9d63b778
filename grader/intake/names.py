"""Answers by the names that people and programs give them: `1A.SIZE`, `1a_size`, `1a) size: ...`.

One rule serves all formats: a name fits an answer if its letters and digits are those of the id, or
if it begins with them and goes on as a title does. It counts only where it fits one answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.intake.platforms.base import fold_header
from grader.records.register import nearest
from grader.records.submissions import Doubt, Problem, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.intake.headers import Column
    from grader.intake.reading import Reading
    from grader.records.register import Owner
    from grader.records.submissions import Given

MAX_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_OPENING = re.compile(r"(?:question|answer|frage|antwort|soru|cevap|pregunta|q)\b[\s.:#]*(?=\d)")
# What is between an id and the rest of a title; `1a.size.1` and `1a.size_2` are no titles.
_GOES_ON = re.compile(r"\s|[:)\](\[,;]")


class Names:
    """The answers of a paper, or of an exam, by whatever they may be called."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = tuple(dict.fromkeys(ids))
        self._by_letters: dict[str, set[str]] = {}
        parts: dict[str, list[str]] = {}
        for name in self.ids:
            self._by_letters.setdefault(_letters(name), set()).add(name)
            parts.setdefault(name.partition(".")[0], []).append(name)
        self._by_part = {_letters(part): own[0] for part, own in parts.items() if len(own) == 1}

    def find(self, text: str, *, by_part: bool = True) -> str | None:
        """Return the one answer that a name fits; None where it fits none or several.

        Args:
            text: the name.
            by_part: whether a part's name is that of its answer, if it has no other.

        >>> names = Names(["1a.size", "1a.parameters", "2a.gate"])
        >>> names.find("1A_Size"), names.find("1a) parameters [how many?]"), names.find("2a")
        ('1a.size', '1a.parameters', '2a.gate')
        >>> names.find("1a"), names.find("1a.size.1")
        (None, None)
        """
        name = _OPENING.sub("", fold_header(text).lstrip("([{ "))
        words = list(_WORD.finditer(name))[: MAX_WORDS + 1]
        for count in range(min(len(words), MAX_WORDS), 0, -1):
            letters = "".join(word[0] for word in words[:count])
            fits = set(self._by_letters.get(letters, ()))
            if by_part and letters in self._by_part:
                fits.add(self._by_part[letters])
            if fits and _ends(name, words[count - 1].end()):
                return fits.pop() if len(fits) == 1 else None
        return None

    def near(self, text: str) -> str | None:
        """Return the answer that a name resembles most, if any."""
        by_fold = {fold_header(name): name for name in self.ids}
        found = nearest(fold_header(text), by_fold)
        return by_fold[found[0]] if found else None

    def seems(self, text: str) -> bool:
        """Return whether a name looks as if it were meant to be an answer's."""
        words = [word[0] for word in _WORD.finditer(fold_header(text))][:2]
        parts = {_letters(name.partition(".")[0]) for name in self.ids}
        is_part = any("".join(words[:count]) in parts for count in (1, 2))
        return is_part or self.near(text) is not None


class Titles:
    """Headers that name an answer otherwise than by its id: `1a_size`, `1a.size - dimensions`."""

    def __init__(self, names: Names, cells: Sequence[str]) -> None:
        self._names = names
        self._ids = set(map(fold_header, cells)) & set(map(fold_header, names.ids))
        self._cells = set(map(fold_header, cells))

    def answer(self, cell: str, _: Sequence[str]) -> str | None:
        """Return the answer of a column, unless another one is called by the id itself."""
        meant = None if self._is_beside(cell) else self._names.find(cell)
        return None if meant is None or fold_header(meant) in self._ids else meant

    def is_stray(self, column: Column) -> bool:
        """Return whether a column seems to hold answers, though nobody knows to what."""
        return not self._is_beside(column.header) and self._names.seems(column.header)

    def _is_beside(self, cell: str) -> bool:
        """Return whether it is `TITLE [Score]` beside `TITLE`, as Google's quizzes have it."""
        name = fold_header(cell)
        return name.endswith("]") and name.rpartition("[")[0].strip() in self._cells


def _letters(name: str) -> str:
    return "".join(_WORD.findall(fold_header(name)))


def _ends(name: str, end: int) -> bool:
    """Return whether an id may end here: at the end of the name, or where a title goes on."""
    rest = name[end:].strip("?!. ") and name[end:]
    return not rest or bool(_GOES_ON.match(rest))


@dataclass(frozen=True)
class Stray:
    """A text that is under the name of no answer.

    Attributes:
        is_told: the name was told already, as that of a column.
    """

    line: int
    name: str
    text: str
    is_told: bool = False

    def leave(
        self, owner: Owner, answers: dict[str, Given], reading: Reading, names: Names
    ) -> None:
        """Leave it to a person, and the answer that it may be for, if nothing else is there."""
        near = names.near(self.name)
        what = f"unknown answer {excerpt(self.name)}"
        fix = f"did you mean {near}?" if near else "write the id of the answer that it is for"
        if not self.text.strip():
            reading.note(self.line, what, fix)
            return
        named = (owner.student, owner.key.paper)
        texts = ((self.name, self.text),)
        said = (self.line, what, fix)
        reading.wait(Problem.UNREADABLE, said, named, texts, is_told=self.is_told)
        if near and answers.get(near, "") == "":
            why = f"a text was handed in for {excerpt(self.name)}, which no answer is called"
            answers[near] = Doubt(why, (self.text,))
