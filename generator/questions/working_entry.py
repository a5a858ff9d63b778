"""`working:` of an answer: several lines are written, and the steps in them earn marks.

`working: true` gives every step the same share; `working: {weights: 1, parameters: 2}` says what
each step of the worked solution counts, and one that it does not name counts nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator

from examgen.folder.working import shares_of, steps_of
from examgen.ground.errors import Fault, InputError
from examgen.yaml_files.fields import Marks, exact
from examgen.yaml_files.located_yaml import wrong

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examgen.folder.key import AnswerKey, RubricKey
    from generator.questions.model import Asked, QuestionFile
    from solvers.graph.solution import Solution

_YES, _NO = frozenset({"true", "yes"}), frozenset({"false", "no"})


def _weights(value: object) -> object:
    """Return the weights of steps; none for `true`, None for `false`."""
    said = str(value).casefold()
    if value is None or said in _NO:
        return None
    if said in _YES:
        return {}
    if not isinstance(value, dict) or not value:
        fix = "write working: true, or a weight for each step: {weights: 1, parameters: 2}"
        raise wrong("working: says neither yes nor what its steps count", fix)
    return {str(name): _weight(str(name), weight) for name, weight in value.items()}


def _weight(name: str, value: object) -> Fraction:
    try:
        weight = exact(value)
    except ValueError:
        weight = Fraction(-1)
    if weight < 0:
        raise wrong(f"working: the weight of {name} is no number from 0 on", f"write {name}: 1")
    return weight


Working = Annotated[
    dict[str, Fraction] | None,
    BeforeValidator(_weights, json_schema_input_type=bool | dict[str, Marks]),
]


def working_shares(
    answer: Asked,
    key: AnswerKey,
    before: Iterable[AnswerKey | RubricKey],
    solution: Solution | None,
    question: QuestionFile,
) -> dict[str, Fraction]:
    """Return the shares of the steps of an answer; none where its working is not asked for.

    Args:
        answer: as its file writes it.
        key: the same as a key.
        before: the answers of the part above it.
        solution: of the part.
        question: its question.

    Raises:
        InputError: it has no steps, or the file names one that is none.
    """
    if answer.working is None:
        return {}
    steps = steps_of(key, before, solution)
    shares = shares_of(steps, answer.working)
    unknown = [name for name in answer.working if name not in steps]
    if shares and not unknown:
        return shares
    what, fix = f"working: {answer.name} has no steps that lead to it", "leave working: out"
    if steps:
        named = f"has no step {', '.join(unknown)}" if unknown else "has no step that counts"
        what = f"working: {answer.name} {named}"
        fix = f"its steps are {', '.join(steps)}; give one of them a weight"
    raise InputError([Fault(question.file, answer.line, what, fix)])
