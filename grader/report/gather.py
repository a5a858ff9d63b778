"""A graded exam folder as arrays: marks, efforts, parameters, and texts as numbers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from answers.judge import judge
from answers.kinds.base import Group, names_of
from answers.verdict import Verdict
from examgen.folder.effort import effort_of
from examgen.folder.key import AnswerKey
from examgen.folder.key_file import KEY
from examgen.folder.model import solution_of
from examgen.ground.errors import DerivationError, Fault, InputError
from grader.scoring.marked import EMPTY, NOT_COUNTED
from grader.statistics.coincidence import NONE
from grader.statistics.scores import Scores

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from examgen.folder.key import PaperKey, PartKey
    from grader.scoring.marked import MarkedAnswer, MarkedPaper
    from grader.statistics.coincidence import Codes
    from grader.statistics.numbers import Array

RIGHT, PARTLY, WRONG, OMITTED = "right", "known mistake or consequence", "wrong", "omitted"
BY_PERSON, WAITS = "marked by a person", "waits for a person"
OUTCOMES = (RIGHT, PARTLY, WRONG, OMITTED, BY_PERSON, WAITS)
"""What became of an answer, in a few words."""
_OUTCOMES = {
    Verdict.CORRECT: RIGHT,
    Verdict.MISTAKE: PARTLY,
    Verdict.FOLLOW_THROUGH: PARTLY,
    Verdict.WRONG: WRONG,
    Verdict.BLANK: OMITTED,
    Verdict.ABSENT: OMITTED,
}
_NOT_WRONG = EMPTY | {Verdict.CORRECT, Verdict.FOR_HUMAN}


@dataclass(frozen=True)
class Slot:
    """A part of the exam as one question file fills it: in a pool, one part has several."""

    part: str
    template: str


@dataclass
class Made:
    """A mistake that was recognized in an item, and the rows of those who made it."""

    says: str
    rows: list[int] = field(default_factory=list)


@dataclass
class Item:
    """One item of a slot, with what the class wrote.

    Attributes:
        rows: the students who had it.
        marks: theirs; not a number while they wait.
        omitted: whether they wrote nothing.
        texts: a number for each text that anybody wrote or that is right in a variant.
        wrong: for each of them the number of the text, where it is wrong in their own variant.
        unexplained: the same, where no mistake that is known explains it.
        right: the number of the right text.
        outcomes: how many answers became what.
        options: of a choice: the number of each option's text.
        bonus: by how much its marks may lift a total above the maximum; None if it is no bonus.
    """

    id: str
    slot: Slot
    label: str
    kind: str
    out_of: float
    bonus: float | None = None
    rows: list[int] = field(default_factory=list)
    marks: list[float] = field(default_factory=list)
    omitted: list[bool] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)
    written: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    unexplained: list[int] = field(default_factory=list)
    right: list[int] = field(default_factory=list)
    options: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(OUTCOMES, 0))
    mistakes: dict[str, Made] = field(default_factory=dict)

    def add(self, row: int, answer: MarkedAnswer) -> None:
        """Take in what one student wrote."""
        self.rows.append(row)
        self.marks.append(np.nan if answer.marks is None else float(answer.marks))
        self.omitted.append(answer.verdict in EMPTY)
        self.outcomes[WAITS if answer.waits else _OUTCOMES.get(answer.verdict, BY_PERSON)] += 1
        if answer.mistake:
            self.mistakes.setdefault(answer.mistake, Made(answer.says)).rows.append(row)
        right = self.code(_as_read(self.kind, answer.expected))
        own = self.code(answer.read_as or answer.text or "")
        is_wrong = answer.verdict not in _NOT_WRONG and own != right
        self.right.append(right)
        self.written.append(own)
        self.wrong.append(own if is_wrong else NONE)
        self.unexplained.append(own if is_wrong and answer.verdict is Verdict.WRONG else NONE)

    def code(self, text: str) -> int:
        """Return the number of a text; spaces and case make no difference."""
        return self.texts.setdefault("".join(text.split()).casefold(), len(self.texts))


@dataclass
class Drawn:
    """The students' variants of one slot: effort, and the value of each parameter."""

    rows: list[int] = field(default_factory=list)
    effort: list[float] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: int, effort: float, inputs: Mapping[str, str]) -> None:
        """Take in one student's variant."""
        self.rows.append(row)
        self.effort.append(effort)
        for name, value in inputs.items():
            self.values[name].append(value)


@dataclass(frozen=True)
class Person:
    """A student and the paper that was handed in."""

    paper: str
    student: str
    name: str


@dataclass(frozen=True)
class Gathered:
    """A class as arrays: a row for each student who handed in, a column for each item."""

    people: Sequence[Person]
    absent: int
    items: Sequence[Item]
    drawn: Mapping[Slot, Drawn]
    scores: Scores

    @property
    def blocks(self) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
        """Return the number of each item's slot."""
        place = {slot: number for number, slot in enumerate(self.drawn)}
        return np.array([place[item.slot] for item in self.items], dtype=np.intp)

    def codes(self, name: str) -> Codes:
        """Return one of `wrong`, `unexplained`, `right` of all items as a matrix."""
        found = np.full((len(self.people), len(self.items)), NONE, dtype=np.int32)
        for column, item in enumerate(self.items):
            found[item.rows, column] = getattr(item, name)
        return found

    def all_totals(self) -> Array:
        """Return a total for each student; not a number where there is none."""
        found = np.full(len(self.people), np.nan)
        found[self.scores.students] = self.scores.totals
        return found


def gather(papers: Iterable[MarkedPaper], keys: Sequence[PaperKey]) -> Gathered:
    """Take a graded class apart.

    Args:
        papers: the results, in any order.
        keys: of all papers.

    Raises:
        InputError: a result has no key; the key is not the one that was graded with.
    """
    by_paper = {key.paper: key for key in keys}
    gathering = _Gathering()
    for paper in papers:
        if paper.paper not in by_paper:
            raise _mismatch(paper.paper)
        gathering.add(paper, by_paper[paper.paper])
    return gathering.finish()


def _mismatch(what: str) -> InputError:
    fix = "grade the exam again"
    return InputError([Fault(KEY, 1, f"the results have {what}, the key has not", fix)])


@lru_cache(maxsize=4_096)
def _as_read(kind: str, text: str) -> str:
    """Return a text of the key as the judge reads it.

    Where words count, without hyphens and marks.
    """
    return judge(kind, text, text).read_as if kind in names_of(Group.WORDS) else text


class _Gathering:
    """A class while its papers come in."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.absent = 0
        self.items: dict[tuple[Slot, str], Item] = {}
        self.drawn: dict[Slot, Drawn] = {}
        self._effort: dict[tuple[object, ...], float] = {}

    def add(self, paper: MarkedPaper, key: PaperKey) -> None:
        if not paper.handed_in:
            self.absent += 1
            return
        row = len(self.people)
        self.people.append(Person(paper.paper, paper.student, paper.name))
        marked = {answer.id: answer for answer in paper.answers}
        for part in key.parts:
            slot = Slot(part.id, part.template)
            drawn = self.drawn.setdefault(slot, Drawn())
            drawn.add(row, self.effort(slot, part), part.model.inputs)
            for answer in part.answers:
                if answer.id in marked and marked[answer.id].note.startswith(NOT_COUNTED):
                    marked.pop(answer.id)
                elif answer.id in marked:
                    self.item(slot, answer, marked[answer.id]).add(row, marked.pop(answer.id))
        if marked:
            raise _mismatch(f"{paper.paper} {min(marked)}")

    def item(self, slot: Slot, key: object, answer: MarkedAnswer) -> Item:
        where = (slot, answer.id)
        if where not in self.items:
            marks = (
                float(answer.out_of),
                None if answer.bonus is None else float(answer.bonus),
            )
            self.items[where] = Item(answer.id, slot, answer.label, answer.kind, *marks)
        item = self.items[where]
        if isinstance(key, AnswerKey) and key.kind == "choice":
            for option in key.choices:
                item.options.setdefault(option, item.code(_as_read(key.kind, option)))
        return item

    def effort(self, slot: Slot, part: PartKey) -> float:
        """Return the effort of a part, solved once for each variant.

        Not a number where unsolved.
        """
        variant = (slot, *part.model.inputs.items())
        if variant not in self._effort:
            try:
                cost = float(effort_of(part.answers, solution_of(part.model)).cost)
            except DerivationError:
                cost = np.nan
            self._effort[variant] = cost
        return self._effort[variant]

    def finish(self) -> Gathered:
        slots = sorted(self.drawn, key=_in_order)
        items = [item for slot in slots for (own, _), item in self.items.items() if own == slot]
        drawn = {slot: self.drawn[slot] for slot in slots}
        return Gathered(self.people, self.absent, items, drawn, _scores(items, len(self.people)))


def _in_order(slot: Slot) -> tuple[int, str, str]:
    """Return a key that sorts 2a before 10a; papers may have the parts in any order."""
    digits = slot.part[: len(slot.part) - len(slot.part.lstrip("0123456789"))]
    return int(digits or 0), slot.part, slot.template


def _scores(items: Sequence[Item], students: int) -> Scores:
    shape = (students, len(items))
    marks = np.full(shape, np.nan)
    had, omitted = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for column, item in enumerate(items):
        marks[item.rows, column] = item.marks
        had[item.rows, column] = True
        omitted[item.rows, column] = item.omitted
    caps = [item.bonus for item in items if item.bonus is not None]
    bonus = np.array([item.bonus is not None for item in items]) if caps else None
    most = np.array([item.out_of for item in items])
    return Scores(marks, had, omitted, most, bonus, max(caps, default=0.0))
