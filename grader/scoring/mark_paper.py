"""Marking one paper: a verdict, marks and a ground for each of its answers.

A wrong answer earns what the best explanation of it is worth: a mistake that the question knows,
or the right consequence of the student's own wrong earlier value. What cannot be read or decided
waits for a person and is never a silent zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import count
from typing import TYPE_CHECKING, TypeAlias

from answers import verdict as judging
from answers.syntax.errors import UnreadableKey
from answers.verdict import Verdict
from examgen.folder.expected import written_answer
from examgen.folder.key import AnswerKey, RubricKey
from examgen.folder.model import solution_of
from examgen.folder.rubric import look_for, rubric_digest
from grader.records.submissions import Doubt
from grader.scoring.carry_forward import Earlier, consequences, own_values
from grader.scoring.damage import damage_in
from grader.scoring.floor import LIFTED, apply_floor
from grader.scoring.marked import FOR_A_PERSON, MarkedAnswer, MarkedPaper
from grader.scoring.rules import judge_text, rule_text
from grader.scoring.working.mark import mark_with_working

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from answers.verdict import Judgement
    from examgen.folder.key import OptionValue, PaperKey, PartKey
    from grader.records.submissions import Given, Submission
    from solvers.graph.solution import Solution

# Makes a marked answer, once, of what becomes known on the way.
Making: TypeAlias = "Callable[..., MarkedAnswer]"
_ZERO = Fraction(0)


@dataclass(frozen=True)
class Explanation:
    """The reason for a wrong answer, and the share of the marks that it is worth."""

    verdict: Verdict
    share: Fraction
    judgement: Judgement
    expected: str
    mistake: str = ""
    says: str = ""
    carried: tuple[str, ...] = ()


def mark_paper(
    key: PaperKey, submission: Submission | None, at: Callable[[int], None] = lambda _: None
) -> MarkedPaper:
    """Mark a paper.

    Args:
        key: the paper's key.
        submission: what was handed in for it; None where nothing was.
        at: called before each answer with its number in the paper, from 1.
    """
    given = submission.answers if submission else None
    numbers = count(1)
    answers = []
    earlier: dict[str, Earlier] = {}
    for part in map(partial(_Part, given=given, earlier=earlier), key.parts):
        for answer in part.key.answers:
            at(next(numbers))
            answers.append(part.mark(answer))
    student = submission.student if submission else key.student
    sources = submission.sources if submission else ()
    handed_in = submission is not None
    with_floor = tuple(_with_floor(answers, key))
    return MarkedPaper(key.paper, student, key.name, with_floor, handed_in, sources)


def _with_floor(answers: Sequence[MarkedAnswer], key: PaperKey) -> Iterator[MarkedAnswer]:
    """Yield answers none of which costs more than the others around it earn."""
    marks = apply_floor([(answer.id, answer.marks) for answer in answers], key.floor, key.bonus)
    for answer, (_, own) in zip(answers, marks, strict=True):
        yield answer if own == answer.marks else replace(answer, marks=own, note=LIFTED)


class _Part:
    """One part while it is being marked: the earlier answers, and its values once needed."""

    def __init__(
        self, key: PartKey, given: Mapping[str, Given] | None, earlier: dict[str, Earlier]
    ) -> None:
        self.key = key
        self.given = given
        self.earlier = earlier

    @cached_property
    def solution(self) -> Solution:
        return solution_of(self.key.model)

    def mark(self, answer: AnswerKey | RubricKey) -> MarkedAnswer:
        given = self.given.get(answer.id) if self.given is not None else None
        if isinstance(answer, RubricKey):
            return self._for_human(answer, given)
        return self._answer(answer, given)

    def _for_human(self, answer: RubricKey, given: Given | None) -> MarkedAnswer:
        blank = MarkedAnswer(answer.id, answer.label, "rubric", Verdict.FOR_HUMAN, answer.marks)
        if self.given is None:
            return replace(blank, verdict=Verdict.ABSENT, marks=_ZERO, why="nothing was handed in")
        why = given.why if isinstance(given, Doubt) else FOR_A_PERSON
        return replace(
            blank,
            text=_text(given),
            why=why,
            says=look_for(answer.criteria),
            shown=answer.model,
            rubric=rubric_digest(answer.criteria),
        )

    def _answer(self, answer: AnswerKey, given: Given | None) -> MarkedAnswer:
        made: Making = partial(
            MarkedAnswer,
            answer.id,
            answer.label,
            answer.kind,
            out_of=answer.marks,
            verdict=Verdict.UNDECIDED,
            text=_text(given),
            expected=answer.expected,
            shown=answer.shown,
        )
        if given is None:
            why = "no answer was handed in here" if self.given is not None else "not handed in"
            return made(verdict=Verdict.ABSENT, marks=_ZERO, why=why)
        if isinstance(given, Doubt):
            return made(why=given.why)
        try:
            if answer.working and given.strip():
                return self._with_working(answer, given, made)
            return self._judged(answer, given, made)
        except UnreadableKey as error:
            return made(why="the key of this answer cannot be used", fault=str(error))
        except Exception as error:  # noqa: BLE001 - one answer must not cost a class its marks
            fault = f"{type(error).__name__}: {error}"[:300]
            return made(why="an error happened while this was marked", fault=fault)

    def _with_working(self, answer: AnswerKey, text: str, made: Making) -> MarkedAnswer:
        return mark_with_working(
            answer,
            text,
            lambda result: self._judged(answer, result, made),
            lambda: self.solution,
            lambda: own_values(answer, self.earlier, self.solution),
        )

    def _judged(self, answer: AnswerKey, text: str, made: Making) -> MarkedAnswer:
        found = judge_text(answer, answer.expected, text)
        verdict = found.verdict
        formula = found.read_as if verdict is Verdict.WRONG else ""
        self.earlier[answer.id] = Earlier(answer, found.value, formula)
        rule = rule_text(answer, answer.expected)
        made = partial(
            made,
            rule=rule,
            verdict=verdict,
            read_as=found.read_as,
            why=found.why,
            ground=found.ground.value,
        )
        match verdict:
            case Verdict.CORRECT:
                return made(marks=answer.marks)
            case Verdict.BLANK:
                return made(marks=_ZERO, why="left blank")
            case Verdict.WRONG:
                return self._explained(answer, text, found, made)
            case _:
                return made()

    def _explained(
        self, answer: AnswerKey, text: str, found: Judgement, made: Making
    ) -> MarkedAnswer:
        """Return the marks of a wrong answer by the best explanation that holds."""
        partly = Fraction(found.score).limit_denominator(10_000)
        if found.ground is judging.Ground.FORM:  # the right value, unless it is a mistake's own
            answer = replace(answer, options=_exactly(answer.options))
        explanations = list(self._explanations(answer, text))
        # What the text is as it stands was not cut.
        unlike = (item for item in explanations if item.judgement.verdict != "correct")
        values = [answer.expected, *(item.expected for item in unlike)]
        if why := damage_in(answer, text, values):
            return made(verdict=Verdict.UNDECIDED, why=why)
        candidates = [item for item in explanations if item.judgement.verdict != "wrong"]
        proven = [item for item in candidates if item.judgement.verdict == "correct"]
        best = max(proven, key=lambda item: item.share, default=None)
        # A wrong answer that costs marks costs them whatever mistake it is, unless that earns some.
        earned = [share for share in (partly, best.share if best else _ZERO) if share]
        most = max(earned, default=_ZERO)
        open_ = next((e for e in candidates if e.judgement.verdict == "undecided"), None)
        if open_ is not None and open_.share > most:
            why = f"wrong, but whether it is what follows {open_.expected} cannot be decided"
            return made(verdict=Verdict.UNDECIDED, why=why)
        if best is None:
            return made(marks=partly * answer.marks)
        return made(
            verdict=best.verdict,
            ground=best.judgement.ground.value,
            marks=most * answer.marks,
            why=_why(best, found, answer),
            rule=rule_text(answer, best.expected),
            mistake=best.mistake,
            says=best.says,
            carried=best.carried,
        )

    def _explanations(self, answer: AnswerKey, text: str) -> Iterator[Explanation]:
        known = {mistake.name: mistake for mistake in answer.mistakes}
        for mistake in answer.mistakes:
            found = _judged_if_possible(answer, mistake.expected, text)
            yield Explanation(
                Verdict.MISTAKE, mistake.share, found, mistake.expected, mistake.name, mistake.says
            )
        if not (answer.reads and self.earlier.keys() & set(answer.follows)):
            return
        for item in consequences(answer, self.earlier, self.solution):
            found = _judged_if_possible(answer, item.expected, text)
            share, verdict = answer.carry_share, Verdict.FOLLOW_THROUGH
            says = ""
            if item.mistake:
                share, verdict = share * known[item.mistake].share, Verdict.MISTAKE
                says = self.solution.derivation.mistakes[item.mistake].says
            yield Explanation(
                verdict, share, found, item.expected, item.mistake, says, item.carried
            )


def _exactly(options: Mapping[str, OptionValue]) -> dict[str, OptionValue]:
    """Return options without the tolerance: a rounded right value is no mistake that is near it."""
    return {name: value for name, value in options.items() if name not in {"rel", "abs"}}


def _judged_if_possible(answer: AnswerKey, expected: str, text: str) -> Judgement:
    """Return compares with what somebody may have got; what no such answer can be is not it."""
    try:
        return judge_text(answer, expected, text)
    except UnreadableKey:
        return judging.wrong("", "")


def _why(best: Explanation, found: Judgement, answer: AnswerKey) -> str:
    if not best.carried:
        return found.why
    ids = ", ".join(best.carried)
    if best.mistake:
        return f"what follows from your answer to {ids}, with a mistake"
    return f"what follows from your answer to {ids}: {written_answer(answer, best.expected).plain}"


def _text(given: Given | None) -> str | None:
    return "\n".join(given.texts) if isinstance(given, Doubt) else given
