"""The grid for marking by paper: a column for each criterion, a row for each paper."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey, PaperKey, RubricKey
from examgen.folder.rubric import bounds, criteria_of, criterion_worth
from examgen.ground.wording import marks_text
from grader.results.effective_marks import effective_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from examgen.folder.key import Criterion
    from examgen.folder.key_file import KeyFile
    from grader.scoring.marked import MarkedAnswer, MarkedPaper
    from grader.store.store import Run, Store

PAPER, REMARK = "paper", "remark"
ABSENT, NOT_ASKED, DONE = "absent", "not asked", "done"
WORDS = frozenset({ABSENT, NOT_ASKED, DONE})
"""What a cell holds that needs no mark: nothing was handed in, or it is marked already."""


@dataclass(frozen=True)
class Column:
    """A criterion of an answer, or an answer as a whole.

    Attributes:
        criterion: its number from 1; 0 where the answer has no criteria.
        says: what to look for, with the numbers of the first paper that asks it.
        most: the marks that it can earn there.
        least: below 0, what it can take off.
    """

    answer: str
    criterion: int
    says: str
    most: Fraction
    least: Fraction = Fraction(0)

    @property
    def name(self) -> str:
        """Return what the column is called: `2b.why 1`, or the answer where it is one."""
        return f"{self.answer} {self.criterion}" if self.criterion else self.answer

    @property
    def head(self) -> str:
        """Return its head: what it is called, and the most that it earns: `2b.why 1 [2]`."""
        return f"{self.name} [{marks_text(self.most or self.least)}]"


@dataclass(frozen=True)
class Asked:
    """An answer of a paper, with its key as that paper has it.

    Attributes:
        handed_in: whether the paper was.
    """

    paper: str
    key: AnswerKey | RubricKey
    answer: MarkedAnswer
    handed_in: bool

    @property
    def criteria(self) -> int:
        """Return how many criteria it has."""
        return len(self.key.criteria) if isinstance(self.key, RubricKey) else 0

    def bounds(self, criterion: int) -> tuple[Fraction, Fraction]:
        """Return the least and the most of a criterion, or of the answer where it has none."""
        if isinstance(self.key, RubricKey):
            return bounds(self.key.criteria[criterion - 1])
        return Fraction(0), self.key.marks

    @property
    def word(self) -> str:
        """Return why its cells need no mark; empty where they are open."""
        if not self.handed_in:
            return ABSENT
        return "" if self.answer.waits else DONE


@dataclass
class Grid:
    """The papers of an exam with what people mark on them.

    Attributes:
        columns: in the order asked.
        rows: of each paper its answers by their ids, in the order of the papers.
    """

    columns: list[Column] = field(default_factory=list)
    rows: dict[str, dict[str, Asked]] = field(default_factory=dict)

    def word(self, paper: str, column: Column) -> str:
        """Return why a cell needs no mark; empty where it is open."""
        asked = self.rows[paper].get(column.answer)
        is_asked = asked is not None and column.criterion <= asked.criteria
        return asked.word if asked is not None and is_asked else NOT_ASKED

    @property
    def rubrics(self) -> set[tuple[Criterion, ...]]:
        """Return the criteria of all answers."""
        return {criteria_of(one.key) for row in self.rows.values() for one in row.values()}

    def waiting(self) -> Iterator[tuple[str, str]]:
        """Yield the papers and answers that wait for marks."""
        names = dict.fromkeys(column.answer for column in self.columns)
        for paper, row in self.rows.items():
            yield from ((paper, name) for name in names if name in row and not row[name].word)


def paper_grid(store: Store, run: Run, keys: KeyFile) -> Grid:
    """Return what people mark: all prose, and every other answer that waits on some paper."""
    grid, columns = Grid(), dict[str, dict[int, Column]]()
    lines = keys.lines()
    for paper, line in zip(effective_results(store, run), lines, strict=True):
        row = {one.key.id: one for one in _asked(paper, PaperKey.from_json(line))}
        grid.rows[paper.paper] = row
        for name, one in row.items():
            if isinstance(one.key, RubricKey) or not one.word:
                own = columns.setdefault(name, {})
                for column in _columns(one.key):
                    _widen(own, column)
    grid.columns = [one for name in keys.answers for one in columns.get(name, {}).values()]
    return grid


def _asked(paper: MarkedPaper, key: PaperKey) -> Iterator[Asked]:
    given: Mapping[str, MarkedAnswer] = {answer.id: answer for answer in paper.answers}
    for own in key.answers:
        yield Asked(paper.paper, own, given[own.id], paper.handed_in)


def _widen(columns: dict[int, Column], new: Column) -> None:
    """Add a column, or let one that is there earn as much as the paper with the most."""
    old = columns.setdefault(new.criterion, new)
    if old.most < new.most:
        columns[new.criterion] = replace(old, most=new.most)


def _columns(key: AnswerKey | RubricKey) -> Iterator[Column]:
    if isinstance(key, RubricKey):
        for number, item in enumerate(key.criteria, start=1):
            least, most = bounds(item)
            says = item.says if item.marks > 0 else f"{item.says} ({criterion_worth(item)})"
            yield Column(key.id, number, says, most, least)
    else:
        yield Column(key.id, 0, key.label, key.marks)
