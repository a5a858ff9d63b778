"""Going through the lines of a formula: which step each is, and whether it follows.

Two lines that are not equal differ at a point, which the judge finds. What follows from an own
wrong formula is right as its consequence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from answers.judge import judge
from answers.syntax.errors import UnreadableKey
from answers.verdict import Verdict
from examgen.folder.working import APPROACH, RESULT
from examgen.ground.errors import DerivationError
from grader.scoring.rules import options_of
from grader.scoring.working.found import METHOD, WRONG, Found, Line, WorkingMarks, worth
from solvers.graph.symbolic import expression, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.options import Options
    from answers.verdict import Judgement
    from examgen.folder.key import AnswerKey
    from grader.scoring.working.lines import Statement, Working
    from solvers.graph.solution import Solution

_FULL, _NONE = Fraction(1), Fraction(0)
_BESIDE = frozenset({Line.NOTE, Line.PART, Line.STRUCK, Line.RIGHT})
_MOST_JUDGED = 400
_LONGEST = 2_000
_WORDS = re.compile(r"^(?:[^\W\d_]{3,}\s+)+(?=\S)")
_STANDS_FOR = "Q_{}"


@dataclass
class Letters:
    """A working in letters on the way through its statements.

    Attributes:
        answer: its key.
        right: the values of the part; None for an answer that the author wrote out.
        credit: the share of each step that was stated.
        own: the student's own formulas by step.
    """

    answer: AnswerKey
    right: Solution | None
    credit: dict[str, Fraction] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    judged: int = 0

    @cached_property
    def options(self) -> Options:
        """Return the options of the answer."""
        return options_of(self.answer)

    @property
    def final(self) -> str:
        """Return the name of the last step."""
        return list(self.answer.working)[-1]

    def expected_value(self, step: str, *, own: bool = True) -> str:
        """Return the formula of a step, as it follows from the student's own ones."""
        if self.right is None or step in {APPROACH, RESULT}:
            return self.answer.expected
        mine = {n: text for n, text in self.own.items() if own and n != step}
        behind = self.right.derivation.ancestors(step)
        places = {n: _STANDS_FOR.format(at) for at, n in enumerate(mine) if n in behind}
        text = plain(expression(self.right, step, {**self.answer.letters, **places}))
        for name, place in places.items():
            text = text.replace(place, f"({mine[name]})")
        return text

    def judge(self, expected: str, side: str) -> Judgement | None:
        """Compare a side with a formula; None where that cannot be done, or is too much."""
        self.judged += 1
        if self.judged > _MOST_JUDGED or len(expected) > _LONGEST:
            return None
        try:
            return judge(self.answer.kind, expected, side, self.options, is_key=False)
        except UnreadableKey:
            return None

    def is_equal(self, expected: str, side: str) -> bool:
        """Return whether a side is proved to be a formula."""
        found = self.judge(expected, side)
        return found is not None and found.verdict is Verdict.CORRECT

    def steps_of(self, side: str) -> Iterator[tuple[str, bool]]:
        """Yield the steps that a side is, the last first, and whether it is right as it stands."""
        for step in reversed(list(self.answer.working)):
            if step == APPROACH:
                continue
            if self.is_equal(self.expected_value(step, own=False), side):
                yield step, True
            elif self.own and self.is_equal(self.expected_value(step), side):
                yield step, False


def read_letters(answer: AnswerKey, working: Working, right: Solution | None) -> WorkingMarks:
    """Return what the lines of a formula are worth."""
    walk = Letters(answer, right)
    found: list[Found] = []
    final = -1
    for at, statement in enumerate(working.statements):
        found.append(_look(walk, at, working.statements))
        if _is_final(walk, statement):
            final = at
    later = [one.verdict for one in found[final + 1 :]]
    is_last = final < 0 or any(verdict not in _BESIDE for verdict in later)
    if is_last and found and walk.credit.get(walk.final) == _FULL and found[-1].verdict in WRONG:
        walk.credit[walk.final] = METHOD
    place = len(found) - 1 if is_last else final
    texts = working.statements[place : place + 1]
    result = _text(walk, texts[0]) if texts else " ".join(working.lines)
    is_unclear = not working.is_whole or any(one.verdict is Line.UNCLEAR for one in found[:-1])
    return worth(working, found, _earned(walk), result, is_unclear and _is_open(walk))


def _text(walk: Letters, statement: Statement) -> str:
    """Return what a statement arrives at; an equation is the whole of it."""
    return _bare(statement.text if walk.answer.kind == "equation" else statement.last)


def _is_final(walk: Letters, statement: Statement) -> bool:
    step, _ = next(walk.steps_of(_text(walk, statement)), ("", False))
    return step == walk.final


def _look(walk: Letters, at: int, statements: Sequence[Statement]) -> Found:
    statement = statements[at]
    side = _text(walk, statement)
    step, is_right = next(walk.steps_of(side), ("", False))
    if step:
        walk.credit[step] = _FULL
        return Found(statement.line, Line.RIGHT if is_right else Line.FOLLOWS)
    previous = _text(walk, statements[at - 1]) if at else ""
    return (
        _slip(walk, statement, side, previous)
        or _mistake(walk, statement, side)
        or _followed(walk, statement, side, statements[at + 1 :])
        or _part(statement, side)
        or _equal(walk, statement, side, previous)
        or _judged(walk, statement, side)
    )


def _equal(walk: Letters, statement: Statement, side: str, previous: str) -> Found | None:
    """Return a line that follows from a wrong one before it."""
    if previous and walk.is_equal(previous, side):
        return Found(statement.line, Line.FOLLOWS)
    return None


def _slip(walk: Letters, statement: Statement, side: str, previous: str) -> Found | None:
    """Return a slip: a side before it was a step, or the line before the last step."""
    sides = [] if walk.answer.kind == "equation" else statement.sides[:-1]
    for other in (*map(_bare, reversed(sides)), previous):
        step = next((name for name, _ in walk.steps_of(other)), "") if other else ""
        is_elsewhere = other == previous and step != walk.final
        found = walk.judge(other, side) if step and not is_elsewhere else None
        if found is not None and found.verdict is Verdict.WRONG:
            walk.credit[step] = METHOD
            walk.own[step] = side
            says = f"it does not follow from {other}: {found.why}".replace("expected", "there")
            return Found(statement.line, Line.SLIP, says=says)
    return None


def _mistake(walk: Letters, statement: Statement, side: str) -> Found | None:
    """Return a mistake that the derivation or the question knows."""
    for step, text, name, says in _mistakes(walk):
        if walk.credit.get(step) != _FULL and walk.is_equal(text, side):
            walk.credit[step] = _NONE
            walk.own[step] = side
            return Found(statement.line, Line.WRONG, says=says, mistake=name)
    return None


def _mistakes(walk: Letters) -> Iterator[tuple[str, str, str, str]]:
    for known in walk.answer.mistakes:
        yield walk.final, known.expected, known.name, known.says
    if walk.right is None:
        return
    for mistake in walk.right.derivation.mistakes.values():
        for step in walk.answer.working:
            if step in mistake.replaced:
                try:
                    wrong = walk.right.mistaken(mistake)
                    text = plain(expression(wrong, step, walk.answer.letters))
                except (DerivationError, ArithmeticError):
                    continue
                yield step, text, mistake.name, mistake.says


def _followed(
    walk: Letters, statement: Statement, side: str, after: Sequence[Statement]
) -> Found | None:
    """Return a wrong step from which a later line follows."""
    for step in list(walk.answer.working)[:-1]:
        if step == APPROACH or walk.credit.get(step) == _FULL or walk.right is None:
            continue
        trial = Letters(walk.answer, walk.right, {}, {**walk.own, step: side}, walk.judged)
        later = [name for name in walk.answer.working if name != step]
        follows = any(
            trial.is_equal(trial.expected_value(name), _bare(one.last))
            for one in after[:3]
            for name in later
        )
        walk.judged = trial.judged
        if follows:
            walk.credit[step] = _NONE
            walk.own[step] = side
            return Found(statement.line, Line.WRONG)
    return None


def _part(statement: Statement, side: str) -> Found | None:
    """Return a note on a number on the way, or on sides that are all equal."""
    sides = [_bare(one) for one in statement.sides]
    if not any(map(str.isdigit, statement.text)) and len(sides) == 1 and not _is_formula(side):
        return Found(statement.line, Line.NOTE)
    is_number = not any(map(str.isalpha, side))
    return Found(statement.line, Line.PART) if is_number else None


def _judged(walk: Letters, statement: Statement, side: str) -> Found:
    found = walk.judge(walk.expected_value(walk.final), side)
    is_wrong = found is not None and found.verdict is Verdict.WRONG
    says = found.why if found is not None and is_wrong else ""
    return Found(statement.line, Line.WRONG if is_wrong else Line.UNCLEAR, says=says)


def _earned(walk: Letters) -> Fraction:
    """Return the share of the steps that are stated, or implied by what follows from them."""
    names = list(walk.answer.working)
    total = _NONE
    for at, name in enumerate(names):
        later = [walk.credit.get(one, _NONE) for one in names[at + 1 :]]
        share = walk.credit.get(name, max(later, default=_NONE))
        total += walk.answer.working[name] * share
    if APPROACH in names and walk.credit.get(RESULT) == METHOD:
        return walk.answer.working[APPROACH]
    return total


def _is_open(walk: Letters) -> bool:
    return any(name not in walk.credit for name in walk.answer.working)


def _is_formula(side: str) -> bool:
    return re.search(r"[*^+/()²³]|\\", side) is not None


def _bare(side: str) -> str:
    """Return a side without words before it.

    >>> _bare("per gate h*(h+x)")
    'h*(h+x)'
    """
    return _WORDS.sub("", side).strip()
