"""The marks of an answer with its working.

Working adds marks to a result that is not right, and takes none from one that is: each step that is
right, or follows rightly, earns its share. A line that is not understood waits for a person where
marks depend on it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.ambiguities.chains import sides_of
from answers.verdict import Verdict
from grader.scoring.rules import options_of
from grader.scoring.working.found import WRONG, Line, WorkingMarks, worth
from grader.scoring.working.letters import read_letters
from grader.scoring.working.lines import read_working
from grader.scoring.working.several import compose_result
from grader.scoring.working.steps import Steps
from grader.scoring.working.values import Reader
from grader.scoring.working.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from examgen.folder.key import AnswerKey
    from grader.scoring.marked import MarkedAnswer
    from grader.scoring.working.found import Found
    from grader.scoring.working.lines import Working
    from solvers.graph.number import Value
    from solvers.graph.solution import Solution

_RIGHT = frozenset({Line.RIGHT, Line.FOLLOWS})
_STEP = frozenset({*_RIGHT, Line.FORMULA, Line.PART})
_EXPLAINED = frozenset({Verdict.MISTAKE, Verdict.FOLLOW_THROUGH, Verdict.BLANK})
CONTESTED = "another number follows the result; which of them is the answer?"
NO_RESULT = "the result itself is not stated"


def mark_with_working(
    answer: AnswerKey,
    text: str,
    judge: Callable[[str], MarkedAnswer],
    solution: Callable[[], Solution],
    own: Callable[[], Mapping[str, Value]],
) -> MarkedAnswer:
    """Mark an answer of several lines.

    Args:
        answer: its key.
        text: what was handed in.
        judge: marks a result by itself.
        solution: gives the values of the paper.
        own: gives the student's own values from earlier answers.
    """
    plain = judge(text) if "\n" not in text.strip() else None
    if plain is not None and (
        plain.verdict is Verdict.CORRECT
        or (plain.verdict in _EXPLAINED and len(sides_of(text)) < 2)
    ):
        return plain
    is_literal = not answer.reads
    found = read_steps(
        answer, text, None if is_literal else solution(), {} if is_literal else own()
    )
    if plain is not None and not plain.waits:  # one line that is understood is the result
        return _joined(answer, plain, replace(found, may_be_more=False, is_contested=False))
    result = judge(found.result)
    if result.waits and found.bare and found.bare != found.result:
        result = judge(found.bare)
    return _joined(answer, result, found)


def read_steps(
    answer: AnswerKey, text: str, right: Solution | None, own: Mapping[str, Value]
) -> WorkingMarks:
    """Return what the lines of an answer are worth, by its steps alone."""
    working = read_working(text)
    if right is None or answer.letters:
        return read_letters(answer, working, right)
    return read_numbers(answer, working, right, own)


def read_numbers(
    answer: AnswerKey, working: Working, right: Solution, own: Mapping[str, Value]
) -> WorkingMarks:
    """Return what the lines of a calculation are worth."""
    options = options_of(answer)
    walk = Walk.of(Steps(answer, right, options, own), Reader(answer.unit or "", options.language))
    found = walk.go(working.statements)
    is_unclear = not working.is_whole or any(one.verdict is Line.UNCLEAR for one in found)
    result = _result(working, found, walk)
    made = worth(working, found, walk.credits.earned, result, is_unclear and walk.credits.is_open)
    is_formula = walk.final is not None and found[walk.final].verdict is Line.FORMULA
    is_step = walk.final is None and bool(found) and found[-1].verdict in _STEP
    is_another = is_formula or is_step
    bare, others = _bare_result(working, found, walk), _is_contested(working, found, walk)
    is_alone = len(found) == 1 and walk.is_alone(working.statements[0], found[0])
    return replace(made, bare=bare, is_another=is_another, is_contested=others, is_alone=is_alone)


def _is_contested(working: Working, found: Sequence[Found], walk: Walk) -> bool:
    """Return whether a number follows the result that belongs to nothing, and may replace it."""
    if walk.final is None:
        return False
    later = range(walk.final + 1, len(found))
    unclear = (at for at in later if found[at].verdict is Line.UNCLEAR)
    return any(walk.reader.numbers(working.statements[at].last) for at in unclear)


def _bare_result(working: Working, found: Sequence[Found], walk: Walk) -> str:
    """Return a right result without the words and sides beside it, if none contradicts it."""
    if walk.final is None or found[walk.final].verdict not in _RIGHT:
        return ""
    statement = working.statements[walk.final]
    return "" if walk.contradicts(statement) else walk.reader.bare(statement.last)


def _result(working: Working, found: Sequence[Found], walk: Walk) -> str:
    """Return the text that states the result: of its last statement, or put together."""
    if not found:
        return " ".join(line for at, line in enumerate(working.lines) if at not in working.struck)
    at = len(found) - 1 if walk.final is None else walk.final
    statement = working.statements[at]
    if found[at].verdict in WRONG:
        return statement.last
    return compose_result(walk.credits, walk.texts) or statement.text


def _joined(answer: AnswerKey, result: MarkedAnswer, working: WorkingMarks) -> MarkedAnswer:
    """Return the result with the marks of its working."""
    result = replace(result, lines=tuple((x.text, x.verdict, x.says) for x in working.lines))
    if working.is_alone and result.verdict in _EXPLAINED:
        return result
    if working.is_contested and not result.waits:
        return replace(result, verdict=Verdict.UNDECIDED, marks=None, why=CONTESTED)
    if result.verdict is Verdict.CORRECT:
        return result
    marks = working.share * answer.marks
    if result.waits and working.is_another:
        result = replace(result, verdict=Verdict.WRONG, marks=Fraction(0), why=NO_RESULT)
    if result.waits:
        return result
    if working.may_be_more:
        why = "a line of the working was not understood, and marks may depend on it"
        return replace(result, verdict=Verdict.UNDECIDED, marks=None, why=why)
    if marks <= (result.marks or 0):
        return replace(result, marks=result.marks or Fraction(0))
    return replace(
        result,
        verdict=_verdict(working, result),
        marks=marks,
        why=_why(working),
        mistake=working.mistake or result.mistake,
        says=working.says or result.says,
    )


def _verdict(working: WorkingMarks, result: MarkedAnswer) -> Verdict:
    if working.share == 1:
        return Verdict.FOLLOW_THROUGH
    return Verdict.MISTAKE if working.mistake or result.mistake else Verdict.WRONG


def _why(working: WorkingMarks) -> str:
    if working.share == 1:
        return "each line follows from your earlier answers"
    if len(working.lines) == 1:
        return "a part of the line is right"
    where = (
        f"; line {working.first_wrong} is the first that is not right"
        if working.first_wrong
        else ""
    )
    return f"steps of the working are right{where}"
