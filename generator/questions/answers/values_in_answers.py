r"""Values in what a question file writes out as right: `W*x_\V{step}`, `\V{options[place]}`.

The text of an answer, its mistakes, its other spellings and its label may hold values as the text
of the question does. In that of a choice, `options` are those of the answer, counted from 0.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from answers.judge import Rule, is_same_key
from answers.syntax.errors import UnreadableKey
from examgen.ground.errors import Fault, InputError
from generator.questions.answers.options import OPTIONS, Drawn, are_drawn, text_fault, with_options
from generator.questions.answers.ticks import fill_ticks, is_of_ticks
from generator.texts.template import holds_values, template_fault

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from generator.questions.model import Asked, QuestionFile


def template_faults(texts: Collection[str], known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the values that some texts ask for, and what to do."""
    for text in filter(holds_values, texts):
        fault = template_fault(text, {*known, OPTIONS})
        if fault is not None:
            yield f"{text!r}: {fault[1]}", "put values in as \\V{name}"


def texts_of(answer: Asked) -> tuple[str, ...]:
    """Return the texts of an answer that may hold values."""
    options = answer.options
    spellings = (text for name, others in options.also for text in (name, *others))
    wrong = (mistake.answer for mistake in answer.mistakes)
    own = (answer.label, answer.literal, *wrong)
    return (*own, *answer.choices, *answer.beside, *options.variables, *options.known, *spellings)


def with_values(answer: Asked, question: QuestionFile, drawn: Drawn) -> Asked:
    """Return an answer with the values of a draw; a mistake that is then right is left out.

    Args:
        answer: as its file writes it.
        question: its question.
        drawn: the values.

    Raises:
        InputError: what comes out is no answer of its kind, or none of the options.
    """
    is_drawn = are_drawn(answer) or answer.right_when or any(map(holds_values, texts_of(answer)))
    if not is_drawn:
        return answer
    answer = fill_ticks(answer, drawn) if is_of_ticks(answer.kind) else with_options(answer, drawn)

    put_in = drawn.option if answer.choices else drawn.put_in

    def fill(text: str) -> str:
        return put_in(text, answer.choices) if holds_values(text) else text

    made = _filled(answer, fill)
    fault = _fault(made)
    if fault is not None:
        what = f"the answer {answer.name}: {fault}"
        raise InputError([Fault(question.file, answer.line, what, "correct it, or what it holds")])
    kept = (m for m in made.mistakes if not _is_right(made, m.answer))
    return replace(made, mistakes=tuple(kept))


def _filled(answer: Asked, fill: Callable[[str], str]) -> Asked:
    options = answer.options
    spellings = ((fill(name), tuple(map(fill, texts))) for name, texts in options.also)
    return replace(
        answer,
        label=fill(answer.label),
        literal=fill(answer.literal),
        mistakes=tuple(replace(m, answer=fill(m.answer)) for m in answer.mistakes),
        options=replace(
            options,
            variables=tuple(map(fill, options.variables)),
            known=tuple(map(fill, options.known)),
            also=tuple(spellings),
        ),
    )


def _fault(answer: Asked) -> str | None:
    """Return why a text that was filled in is not an answer; None if it is one."""
    if answer.reads:
        return None
    if answer.kind == "choice" and answer.choices and answer.literal not in answer.choices:
        return f"{answer.literal!r} is not among its options"
    if len(answer.choices) == 1:
        return "it has one option only; write mistakes that change its value, or further options"
    if fault := next(filter(None, map(text_fault, answer.choices)), ""):
        return f"an option {fault}"
    try:
        Rule.of(answer.kind, answer.literal, replace(answer.options, choices=answer.choices))
    except UnreadableKey as error:
        return str(error)
    return None


def _is_right(answer: Asked, text: str) -> bool:
    return bool(answer.literal) and is_same_key(answer.kind, answer.literal, text, answer.options)
