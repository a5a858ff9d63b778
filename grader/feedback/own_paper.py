"""A student's own paper again: question texts, own numbers, worked solutions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from examgen.folder.key import RubricKey
from examgen.folder.model import solution_of
from examgen.folder.questions import model_html, question_html
from examgen.folder.worked_solution import needed_names, worked_steps
from examgen.ground.errors import DerivationError
from examgen.ground.html.mathml import formula
from examgen.ground.separators import localize, localize_plain
from examgen.ground.translations import FALLBACK
from examgen.ground.translator import Translator
from solvers.graph.number import split_list
from solvers.graph.printing.notation import show_given, show_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markupsafe import Markup

    from examgen.folder.key import AnswerKey, PaperKey, PartKey
    from solvers.graph.solution import Solution

LONGEST_CHAIN = 32  # letters that fit the width of a telephone


@dataclass(frozen=True)
class Given:
    """A number of the student's own: its letter, its value, and what it is."""

    letter: Markup
    value: str
    says: str


@dataclass(frozen=True)
class OwnPart:
    """A part of a student's own paper.

    Attributes:
        place: number and letter on the student's paper.
        text: the question with the student's numbers; empty where the exam folder is an older one.
        given: the numbers by their letters in the worked solution.
        steps: what each step of the worked solution is, with its equations.
        models: model answers to what people mark, by the answer's id.
        keys: the keys of the answers, by the answer's id.
        hints: of a paper for practice.
    """

    place: str
    title: str
    text: Markup
    given: tuple[Given, ...] = ()
    steps: tuple[tuple[str, Markup], ...] = ()
    models: Mapping[str, Markup] = field(default_factory=dict)
    keys: Mapping[str, AnswerKey | RubricKey] = field(default_factory=dict)
    hints: tuple[Markup, ...] = ()


def own_parts(
    key: PaperKey, *, solutions: bool = True, language: str = FALLBACK
) -> Mapping[str, OwnPart]:
    """Return the parts of a paper by their ids.

    Args:
        key: the paper's key.
        solutions: whether worked solutions and model answers are shown.
        language: of the paper, whose signs numbers have.
    """
    say = Translator(language)
    return {part.id: _own_part(part, say, solutions=solutions) for part in key.parts}


def _own_part(part: PartKey, say: Translator, *, solutions: bool) -> OwnPart:
    solution = _solution(part) if solutions else None
    return OwnPart(
        part.place or part.id,
        part.title,
        question_html(part),
        tuple(_given(part, solution, say.known)) if solution else (),
        tuple(_steps(part, solution, say.known)) if solution else (),
        dict(_models(part, say)) if solutions else {},
        {answer.id: answer for answer in part.answers},
        tuple(model_html(hint.says) for hint in part.hints),
    )


def _solution(part: PartKey) -> Solution | None:
    """Return the values of a part.

    None where it has none, or where this version cannot compute them.
    """
    try:
        return solution_of(part.model) if part.model.inputs else None
    except DerivationError:
        return None


def _given(part: PartKey, solution: Solution, known: Mapping[str, str]) -> Iterator[Given]:
    """Yield the letters that are in the worked solution.

    One that is its own name needs no words.
    """
    used = needed_names(part.answers, solution)
    for node in solution.derivation.inputs:
        if node.name in used and not node.inline:
            says = "" if node.name in node.symbol else node.says
            stated = part.model.inputs.get(node.name)
            shown = show_given(split_list(stated)) if stated else show_value(solution[node.name])
            yield Given(formula(node.symbol), localize_plain(shown.plain, known), says)


def _steps(
    part: PartKey, solution: Solution, known: Mapping[str, str]
) -> Iterator[tuple[str, Markup]]:
    for says, equations in worked_steps(part.answers, solution, LONGEST_CHAIN):
        chain = localize(equations, known)
        yield says, formula(rf"\begin{{align*}}{chain}\end{{align*}}", display=True)


def _models(part: PartKey, say: Translator) -> Iterator[tuple[str, Markup]]:
    for answer in part.answers:
        if isinstance(answer, RubricKey) and (answer.model or answer.accept):
            yield answer.id, model_html(answer.model, answer.accept, say)
