"""The proofs of one member of a question: oracle, key, notations, mistakes, text."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.judge import Options, accepts
from answers.kinds.base import kind_named
from answers.kinds.written import notations
from answers.verdict import Verdict
from examgen.folder.expected import expected_text, written_answer
from examgen.folder.key import SCHEMA, AnswerKey, Model, PaperKey, PartKey
from examgen.folder.model import numbers_given
from examgen.ground.latex_escape import escape_prose
from generator.render import paper_tex
from generator.texts.figures.figure import without_drawings
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from solvers.graph.note import without_formulas

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from generator.variants.paper import Paper, Part
    from grader.scoring.marked import MarkedAnswer

SHORTEST_LEAK = 4


def faults(part: Part, counts: Counter[str] | None = None) -> Iterator[str]:
    """Yield what is wrong with a member.

    Args:
        part: the member as a part of a paper.
        counts: where the numbers of notations and mistakes that were tried are added.
    """
    yield from disagreements(part)
    for answer in machine_marked(part.key):
        tried, refused = refused_notations(answer)
        if counts is not None:
            counts["notations"] += tried
            counts["mistakes"] += len(answer.mistakes)
        yield from refused
    yield from broken_numbers(part)
    yield from unknown_mistakes(part.key)
    yield from leaks(part)
    yield from unnamed_conventions(part)


def broken_numbers(part: Part) -> Iterator[str]:
    """Yield a sentence for each integer of the key that is none."""
    for answer in machine_marked(part.key):
        values = [part.solved[name] for name in answer.reads] if part.solved is not None else []
        if kind_named(answer.kind).is_whole and not answer.letters:
            whole = (isinstance(value, Fraction) and value.denominator == 1 for value in values)
            if not all(whole):
                fix = "write number: instead of integer:, or vary other values"
                yield f"the key of {answer.id} is {answer.expected}, which is not whole; {fix}"


def machine_marked(key: PartKey) -> Iterator[AnswerKey]:
    """Return the answers that the judge marks."""
    return (answer for answer in key.answers if isinstance(answer, AnswerKey))


def disagreements(part: Part) -> Iterator[str]:
    """Yield where the independent computation finds another value."""
    if part.solved is not None and part.solved.derivation.oracle is not None:
        yield from part.solved.disagreements()
    question = part.question
    if question is not None and question.code is not None:
        values = {} if part.solved is None else part.solved.values
        yield from question.code.disagreements(values, part.key.model.inputs, question.stated)


def refused_notations(answer: AnswerKey) -> tuple[int, list[str]]:
    """Return how many notations of the key are promised, and those that the judge refuses."""
    options = Options.from_mapping(dict(answer.options))
    tried, refused = _refused(answer.kind, answer.expected, options)
    said = "the key of {}, written as {!r}, is not judged right"
    return tried, [said.format(answer.id, text) for text in refused]


@lru_cache(maxsize=65_536)
def _refused(kind: str, expected: str, options: Options) -> tuple[int, tuple[str, ...]]:
    """Return the same as `refused_notations`, once for all members with this key."""
    texts = dict.fromkeys(notations(kind, expected, options))
    return len(texts), tuple(t for t in texts if not accepts(kind, expected, t, options))


def is_example(answer: AnswerKey, text: str) -> bool:
    """Return whether an example's literal is the key: exactly, but for rounding of reals."""
    options = Options.from_mapping(dict(answer.options))
    has_figures = options.sigfigs is not None or options.decimals is not None
    rules = [Options()] if not has_figures else [options, Options()]
    if answer.kind in {"expression", "number", "quantity", "list"}:
        rules = [options]
    return any(accepts(answer.kind, answer.expected, text, rule) for rule in rules)


def unknown_mistakes(key: PartKey) -> Iterator[str]:
    """Yield mistakes that are judged right, or are not found by name with their share."""
    for answer in machine_marked(key):
        # Only working is judged by the question's values.
        yield from (
            _unknown_in(replace(key, answers=(answer,))) if answer.working else _unknown(answer)
        )


@lru_cache(maxsize=65_536)
def _unknown(answer: AnswerKey) -> tuple[str, ...]:
    """Return the same as `unknown_mistakes`, once for all members with this key."""
    return tuple(_unknown_in(PartKey("check", "check", "check", Model(), (answer,))))


def _unknown_in(part: PartKey) -> Iterator[str]:
    """Yield the unknown mistakes of a part's only answer: the rest is right and has no say."""
    paper = PaperKey(SCHEMA, "check", "check", "", (part,))
    for answer in machine_marked(part):
        for mistake in answer.mistakes:
            given = Submission("check", "check", {answer.id: _in_figures(answer, mistake.expected)})
            (found,) = mark_paper(paper, given).answers
            if found.verdict is Verdict.CORRECT:
                yield f"the mistake {mistake.name} is judged right in {answer.id}"
            elif found.mistake != mistake.name or found.marks != answer.marks * mistake.share:
                yield f"the mistake {mistake.name} is found as {_found_as(found)} in {answer.id}"


def _found_as(found: MarkedAnswer) -> str:
    """Return what became of a mistake, and why where it is no other mistake."""
    reason = f" ({found.text}: {found.why})" if found.why else ""
    return found.mistake or f"{found.verdict.value}{reason}"


def _in_figures(answer: AnswerKey, expected: str) -> str:
    """Return a wrong answer with the figures or decimal places that are asked for, if any are."""
    if not {"sigfigs", "accuracy", "decimals"} & answer.options.keys():
        return expected
    return written_answer(answer, expected).plain.removeprefix("≈ ")


def leaks(part: Part) -> Iterator[str]:
    """Yield answers that are in the printed text without being given."""
    hidden = frozenset[str]() if part.question is None else part.question.hidden
    given = {n: text for n, text in part.key.model.inputs.items() if n not in hidden}
    inputs, listed = set(given.values()), numbers_given(replace(part.key.model, inputs=given))
    text = without_drawings(part.body)
    for answer in machine_marked(part.key):
        values = {part.solved[name] for name in answer.reads} if part.solved is not None else ()
        is_given = answer.expected in inputs or not listed.isdisjoint(values)
        is_given = is_given or len(answer.shown) < SHORTEST_LEAK
        if answer.reads and not is_given and _stands_in(answer.shown, text):
            yield f"the text prints the answer of {answer.id}, {answer.expected}"


def _stands_in(shown: str, text: str) -> bool:
    """Return whether a text has a value, and not as a part of a longer number.

    >>> _stands_in("4.13", "it is 4.13."), _stands_in("4.13", "14.13, 4.135")
    (True, False)
    """
    return re.search(rf"(?<![\d.]){re.escape(shown)}(?!\.?\d)", text) is not None


def unprinted_conventions(paper: Paper) -> Iterator[str]:
    """Yield conventions in force that the paper does not state."""
    text = paper_tex(paper)
    for part in paper.parts:
        asked = [name for answer in machine_marked(part.key) for name in answer.reads]
        stated = part.solved.conventions_of(*asked) if part.solved is not None else ()
        for sentence in stated:
            if escape_prose(sentence) not in text:
                yield f"the paper does not state the convention: {without_formulas(sentence)}"


def unnamed_conventions(part: Part) -> Iterator[str]:
    """Yield answers under another convention that no mistake names."""
    if part.solved is None:
        return
    for answer in machine_marked(part.key):
        options = Options.from_mapping(dict(answer.options))
        for wrong in _under_other_conventions(part, answer):
            texts = [answer.expected, *(mistake.expected for mistake in answer.mistakes)]
            if not any(accepts(answer.kind, text, wrong, options) for text in texts):
                yield f"{answer.id} is {wrong} under another convention, and no mistake says so"


def _under_other_conventions(part: Part, answer: AnswerKey) -> Iterator[str]:
    if part.solved is not None and answer.reads:
        for other in part.solved.other_conventions(*answer.reads):
            yield expected_text(answer, other.solution)
