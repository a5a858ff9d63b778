"""Drawing parameters: every draw from a stream of its own.

A value is chosen by SHA-256 of exam seed, student, question, parameter and attempt. Adding a
question, a parameter or a student therefore moves nobody else's numbers, and no library's random
generator can change them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from answers.judge import Rule, is_rounded_key, is_same_key
from answers.kinds.base import kind_named
from answers.syntax.errors import UnreadableKey
from examgen.folder.effort import effort_of
from examgen.folder.expected import expected_text, is_exact, mistaken_texts, without_exact_form
from examgen.folder.key import AnswerKey, Model
from examgen.folder.model import numbers_given, solution_of
from examgen.ground.errors import DerivationError, ExamgenError, Fault, InputError
from generator.questions.answers.options import Drawn
from generator.questions.answers.ticks import unusable
from generator.questions.code.beside import FIRST, is_rounded
from generator.questions.code.source import VARIANT
from generator.questions.draws.stream import Stream
from generator.questions.effort_bound import is_near, median_effort
from generator.questions.model import Asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from generator.questions.model import QuestionFile
    from solvers.graph.solution import Solution

ATTEMPTS = 400
_Item = TypeVar("_Item")


class NoDraw(ExamgenError):
    """No acceptable parameters were found for a question.

    Attributes:
        reason: why the last ones that were tried are not.
    """

    def __init__(self, question: str, reason: str) -> None:
        what = f"{question}: no acceptable parameters ({reason})"
        super().__init__(f"{what}; {remedy(reason)}")
        self.reason = reason


WHERE, MISTAKE, TRIVIAL = "where: ", "the mistake ", "can be had without calculating"
ALIKE = "would have two options that read alike"
EFFORT = "the effort differs too much from the median"


def remedy(reason: str) -> str:
    """Return what an author can do where no draw is acceptable for a reason of this module.

    >>> remedy("where: a > b does not hold")
    'widen vary or where'
    """
    if reason.startswith(WHERE):
        return "widen vary or where"
    if reason.startswith(MISTAKE):
        return "vary other values, or list the mistake under harmless: of the answer"
    if reason.endswith(TRIVIAL):
        return "ask for what is computed, or write trivial: true"
    if ALIKE in reason:
        return "vary other values, or list a mistake that gives the right one under harmless:"
    if reason == EFFORT:
        return "allow a larger spread"
    return "mend the formula, or the values under vary and given"


def choose(options: Sequence[_Item], *stream: str) -> _Item:
    """Return one of some options, each as likely as the others, by the names of the stream.

    >>> choose(("a", "b", "c"), "42", "s1", "cnn/conv_layer", "kernel", "0")
    'b'
    """
    return Stream(*stream).one_of(options)


def shuffle(items: Sequence[_Item], names: Sequence[str], *stream: str) -> list[_Item]:
    """Return items in an order that the stream's names choose; another item moves none.

    >>> shuffle(("a", "b", "c"), "abc", "42", "s1", "options")
    ['b', 'a', 'c']
    """
    ranks = {name: hashlib.sha256("\x1f".join((*stream, name)).encode()).digest() for name in names}
    order = sorted(range(len(items)), key=lambda place: ranks[names[place]])
    return [items[place] for place in order]


def draw(
    question: QuestionFile,
    fixed: Mapping[str, str],
    seed: str,
    student: str,
    spread: Fraction | None = None,
    repeat: int = 0,
) -> Member:
    """Draw parameters until they are acceptable.

    Students who draw the same parameters are given the same member.

    Args:
        question: the question.
        fixed: parameters that the exam fixes.
        seed: the exam's seed.
        student: whose draw it is.
        spread: by how much the effort of two students' variants may differ at most; None: freely.
        repeat: how many parts of the paper have this question already; none of them has the same
            values, if the question has enough.

    Raises:
        NoDraw: none of many attempts was acceptable; the last reason is given.
    """
    is_drawn = any(name not in fixed for name in question.vary)
    reason, found = "", list[Member]()
    for attempt in range(ATTEMPTS if is_drawn else 1):
        chosen = _chosen(question, fixed, (seed, student, question.name), str(attempt))
        member = _member(question, tuple(sorted({**chosen, **fixed}.items())))
        if member in found:
            continue
        reason = member.outside
        # Where the author fixed everything, the paper is printed as asked.
        if not reason and (is_drawn or not question.vary):
            reason = member.refused
        if not reason and spread is not None and is_drawn:
            reason = _unfair(question, fixed, member, spread)
        if not reason:
            found.append(member)
        if len(found) > repeat:
            return member
    if not found:
        raise NoDraw(question.name, reason)
    return found[repeat % len(found)]


_middles: dict[tuple[str, tuple[tuple[str, str], ...]], int] = {}


def _unfair(
    question: QuestionFile, fixed: Mapping[str, str], member: Member, spread: Fraction
) -> str:
    """Return why a member's effort is not near the median of the question's own sample.

    Else empty.
    """
    place = (question.sha256, tuple(sorted(fixed.items())))
    if place not in _middles:
        _middles[place] = median_effort(_costs(question, fixed))
    cost = effort_of(question.answers, member.solution).cost
    if is_near(cost, _middles[place], spread):
        return ""
    return EFFORT


def _costs(question: QuestionFile, fixed: Mapping[str, str]) -> Iterator[int]:
    for number in range(ATTEMPTS):
        chosen = _chosen(question, fixed, ("effort", question.name), str(number))
        member = member_of(question, {**chosen, **fixed})
        if not member.outside and not member.refused:
            yield effort_of(question.answers, member.solution).cost


@dataclass(frozen=True, eq=False)
class Member:
    """A question with certain parameters.

    Attributes:
        outside: why it does not belong to the question at all; empty if it does.
        refused: why it must not be printed: something else would be judged right; empty if nothing.
    """

    model: Model
    solution: Solution | None
    outside: str = ""
    refused: str = ""


def member_of(question: QuestionFile, chosen: Mapping[str, str]) -> Member:
    """Return the question with chosen values of what varies, and whether it may be printed."""
    inputs = dict(question.model.inputs)
    for name, options in question.vary.items():
        source = options if isinstance(options, str) and name not in chosen else name
        inputs[name] = chosen.get(source, inputs.get(source, source))
    inputs |= {name: value for name, value in chosen.items() if name in inputs}
    if question.code is not None and question.code.has_variants:
        del inputs[VARIANT]
        inputs |= question.code.variant(chosen.get(VARIANT, FIRST))
        _refuse_rounded(question, inputs)
    model = replace(question.model, inputs=inputs)
    try:
        solution = solution_of(model) if _computes(model) else None
    except DerivationError as error:
        return Member(model, None, outside=str(error))
    outside = violated_condition(question, solution) or ""
    refused = "" if outside else ambiguous_answer(question, model, solution) or ""
    return Member(model, solution, outside, refused)


def _refuse_rounded(question: QuestionFile, inputs: Mapping[str, str]) -> None:
    """Refuse an answer without a tolerance that the code computes with binary numbers."""
    for answer in question.answers:
        if not isinstance(answer, Asked) or not is_exact(answer.options.to_mapping()):
            continue
        for name in question.hidden.intersection(answer.reads):
            if is_rounded(inputs[name]):
                what = f"the answer {answer.name} is {inputs[name]}, which is rounded, and exact"
                fix = "give it a tolerance (rel, abs, decimals), or round it in the code"
                raise InputError([Fault(question.file, answer.line, what, fix)])


@lru_cache(maxsize=65_536)
def _member(question: QuestionFile, chosen: tuple[tuple[str, str], ...]) -> Member:
    """Look at a draw, each only once: a class draws from few members."""
    return member_of(question, dict(chosen))


def _computes(model: Model) -> bool:
    return bool(model.derivation or model.values or model.inputs)


def _chosen(
    question: QuestionFile, fixed: Mapping[str, str], stream: tuple[str, ...], attempt: str
) -> dict[str, str]:
    return {
        name: choose(options, *stream, name, attempt)
        for name, options in question.vary.items()
        if not isinstance(options, str) and name not in fixed
    }


def violated_condition(question: QuestionFile, solution: Solution | None) -> str | None:
    """Return the condition of the author that a draw does not meet; None if it meets all."""
    if solution is None:
        return None
    for item in question.where:
        unknown = set(item.needs) - solution.values.keys()
        if unknown:
            return f"where names the unknown {', '.join(sorted(unknown))}"
        if not item.holds(solution.values):
            return f"{WHERE}{item.text} does not hold"
    return None


def ambiguous_answer(question: QuestionFile, model: Model, solution: Solution | None) -> str | None:
    """Return what besides the right answers would be accepted for a draw; None if nothing."""
    asked = [answer for answer in question.answers if isinstance(answer, Asked)]
    drawn = Drawn(question.name, model, solution)
    for answer in asked:
        if why := unusable(answer, drawn):
            return f"{answer.name} {why}"
    if solution is None:
        return None
    faults = (_ambiguous(question, a, model, solution) for a in asked if a.reads and not a.letters)
    return next(filter(None, faults), None)


def _ambiguous(
    question: QuestionFile, answer: Asked, model: Model, solution: Solution
) -> str | None:
    """Return a mistake or a trivial answer that would be accepted as the right one."""
    stated = bare_key(answer)
    right = _right(answer, question, solution)
    if not answer.trivial:
        shown = replace(model, inputs=_given(question, model))
        if not numbers_given(shown).isdisjoint(solution[name] for name in answer.reads):
            return f"{answer.name} = {right} {TRIVIAL}"
        for trivial in _trivial(stated, shown):
            if is_same_key(answer.kind, right, trivial, answer.options):
                return f"{answer.name} = {right} {TRIVIAL}"
    for mistake, wrong in mistaken_texts(stated, solution):
        if mistake.name in answer.harmless:
            continue
        if is_same_key(answer.kind, right, wrong, answer.options):
            return f"{MISTAKE}{mistake.name} gives the right {answer.name}"
        if is_rounded_key(answer.kind, right, wrong, answer.options):
            return f"{MISTAKE}{mistake.name} gives the right {answer.name} in fewer figures"
    return None


def _given(question: QuestionFile, model: Model) -> dict[str, str]:
    """Return what is given: the inputs without those that are answers of code."""
    hidden = question.hidden
    return {name: text for name, text in model.inputs.items() if name not in hidden}


def _right(answer: Asked, question: QuestionFile, solution: Solution) -> str:
    """Return the right answer as a text.

    Raises:
        InputError: the value is not of the kind that the answer says.
    """
    stated = bare_key(answer)
    try:
        right = expected_text(stated, solution)
        Rule.of(answer.kind, right, answer.options)
    except (DerivationError, UnreadableKey) as error:
        what = f"the answer {answer.name}: {error}"
        fault = Fault(question.file, answer.line, what, "choose the kind that fits the value")
        raise InputError([fault]) from error
    digits = without_exact_form(stated, solution)
    if digits is not None:
        what = f"the answer {answer.name} is {digits[:12]}..., which has no exact form"
        fix = "give it a tolerance (rel: 1%, abs: 0.01) or figures (sigfigs: 3, decimals: 2)"
        raise InputError([Fault(question.file, answer.line, what, fix)])
    return right


def _trivial(answer: AnswerKey, model: Model) -> Iterable[str]:
    """Return answers of this kind that need no calculation: 0, 1, and what is given."""
    return kind_named(answer.kind).trivial(tuple(model.inputs.values()), answer.unit)


def bare_key(answer: Asked) -> AnswerKey:
    """Return the part of a key that says which value is asked for, and how it is written."""
    return AnswerKey(
        answer.name,
        answer.label,
        answer.marks,
        answer.kind,
        answer.literal,
        answer.options.to_mapping(),
        unit=answer.unit,
        reads=answer.reads,
        letters=answer.letters,
    )
