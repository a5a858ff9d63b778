"""The second look at an answer that is not right as the grammar reads it.

A wrong needs every plausible reading to be wrong. Sides joined by `=` are checked against each
other; then the other texts that a person could mean are judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.ambiguities.chains import sides_of
from answers.ambiguities.search import other_readings
from answers.kinds.base import Sides
from answers.second_look.other_readings import best_reading, setting_of
from answers.second_look.sides import has_named_elements, is_letter, judge_sides
from answers.second_look.unsolved import left_unsolved
from answers.verdict import Judgement, Verdict

if TYPE_CHECKING:
    from answers.kinds.rule import Rule


def second_look(rule: Rule, answer: str, plain: Judgement, *, is_key: bool) -> Judgement:
    """Judge an answer by its other readings too, and beside other right answers.

    Args:
        rule: the comparison.
        answer: what was written, without quotes and boxes around it.
        plain: the judgement of the reading that the grammar prefers.
        is_key: compare with the right answer, so that doubtful readings count.
    """
    found = _by_readings(rule, answer, plain, is_key=is_key)
    if is_key and found.verdict is not Verdict.CORRECT:
        return _another_answer(rule, answer) or found
    return found


def _by_readings(rule: Rule, answer: str, plain: Judgement, *, is_key: bool) -> Judgement:
    are_sides = rule.kind.sides
    if plain.verdict is Verdict.CORRECT and are_sides is not Sides.UNREAD:
        return plain
    if are_sides is not Sides.PART:
        sides = sides_of(answer)
        if plain.verdict is Verdict.CORRECT and len(sides) == 2 and is_letter(sides[0]):
            return plain
        if len(sides) > 1 and not (are_sides is Sides.READ and has_named_elements(sides)):
            found = judge_sides(rule, sides, plain, is_key=is_key)
            return left_unsolved(rule, sides, found) if is_key else found
    return best_reading(rule, answer, plain, is_key=is_key)


def _another_answer(rule: Rule, answer: str) -> Judgement | None:
    """Return the judgement of an answer that is right beside the expected one; None where none."""
    for expected in rule.options.other_answers:
        other = rule.expecting(expected)
        found = second_look(other, answer, other.plainly(answer), is_key=False)
        if found.verdict is Verdict.CORRECT:
            return found
    return None


def question_knows(rule: Rule, answer: str) -> bool:
    """Return whether the question itself knows another way to read an answer."""
    readings = other_readings(answer, setting_of(rule), settled_only=True)
    return len(sides_of(answer)) > 1 or next(readings, None) is not None
