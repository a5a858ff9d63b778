"""Prove an answer with working: its own solution, and mistakes carried on.

The worked solution that the key prints earns every step, line by line. A mistake that is made at
its step, and from which everything else follows, loses that step and no other.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.expected import expected_text, written_answer
from examgen.folder.key import AnswerKey
from examgen.folder.worked_solution import chains_of
from examgen.folder.working import RESULT
from examgen.ground.errors import DerivationError
from examgen.ground.wording import marks_text
from grader.scoring.rules import options_of
from grader.scoring.working.found import Line
from grader.scoring.working.mark import read_steps
from grader.scoring.working.steps import Steps
from solvers.graph.derivation import Input, element
from solvers.graph.number import approx_text, value_text
from solvers.graph.worked import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.variants.paper import Part
    from solvers.graph.derivation import Mistake
    from solvers.graph.number import Exact, Value
    from solvers.graph.solution import Solution

_NAMES = (
    " (a name of several letters is read as a product: write symbols: {MW: M_1} for such names)"
)
LONGEST_NUMBER = 40
_RIGHT = frozenset({Line.RIGHT, Line.PART, Line.FORMULA, Line.NOTE})


def part_workings(part: Part) -> Iterator[str]:
    """Yield what is wrong with the marks of all workings of a part."""
    for answer in part.key.answers:
        if isinstance(answer, AnswerKey):
            yield from working_faults(answer, part.solved)


def working_faults(answer: AnswerKey, solution: Solution | None) -> Iterator[str]:
    """Yield what is wrong with the marks of an answer's working.

    Args:
        answer: its key; nothing is yielded where it has no steps.
        solution: of the part.
    """
    if not answer.working or solution is None or not answer.reads:
        return
    yield from own_faults(answer, solution)
    if not answer.letters:
        for mistake in solution.derivation.mistakes.values():
            yield from _mistake_faults(answer, solution, mistake)


def own_working(answer: AnswerKey, solution: Solution) -> str:
    """Return the worked solution of an answer as somebody types it who copies it from the key."""
    steps = [name for name in answer.working if name != RESULT]
    lines = [str(chain) for name in steps for chain in chains_of(answer, solution, name)]
    return "\n".join((*lines, _result(answer, solution)))


def _result(answer: AnswerKey, solution: Solution) -> str:
    """Return the result as people write it."""
    return written_answer(answer, expected_text(answer, solution)).plain.removeprefix("≈ ")


def own_faults(answer: AnswerKey, solution: Solution) -> Iterator[str]:
    """Yield what the worked solution of an answer does not earn."""
    found = read_steps(answer, own_working(answer, solution), solution, {})
    for line in found.lines:
        if line.verdict not in _RIGHT:
            hint = _NAMES if line.verdict == Line.UNCLEAR else ""
            said = f"the line {line.text!r} of its worked solution is {line.verdict}"
            yield f"{answer.id}: {said}{hint}"
    if found.share != 1:
        yield f"{answer.id}: its worked solution earns {found.share} of the marks for its steps"


def _mistake_faults(answer: AnswerKey, solution: Solution, mistake: Mistake) -> Iterator[str]:
    """Yield a sentence if a mistake, carried on, does not lose exactly the steps it is made at."""
    try:
        wrong = solution.mistaken(mistake)
        lost = lost_share(answer, solution, mistake)
        text = carry_on(answer, wrong)
    except (DerivationError, ArithmeticError):
        return
    if not lost:
        return
    share = read_steps(answer, text, solution, before(answer, solution, wrong)).share
    if share != 1 - lost:
        said = f"the mistake {mistake.name}, carried on, earns {marks_text(share * answer.marks)}"
        yield f"{answer.id}: {said}, not {marks_text((1 - lost) * answer.marks)}"


def carry_on(answer: AnswerKey, wrong: Solution) -> str:
    """Return the values of all steps after a mistake, one in a line, and the result."""
    lines = [
        f"{chain.symbol} = {_digits(number)}"
        for name in answer.working
        if name != RESULT
        for chain, number in zip(steps(wrong, name), _flat(wrong[name]), strict=True)
    ]
    return "\n".join((*lines, _result(answer, wrong)))


def _digits(number: Exact) -> str:
    text = value_text(number)
    return text if len(text) <= LONGEST_NUMBER else approx_text(number, LONGEST_NUMBER)


def before(answer: AnswerKey, solution: Solution, wrong: Solution) -> dict[str, Value]:
    """Return what a mistake makes of quantities that are asked for above an answer."""
    behind = solution.derivation.ancestors(*answer.reads) - answer.working.keys()
    names = (item.name for item in solution.derivation.quantities if item.name in behind)
    return {name: wrong[name] for name in names if wrong[name] != solution[name]}


def lost_share(answer: AnswerKey, solution: Solution, mistake: Mistake) -> Fraction:
    """Return the share of the steps at which a mistake is made, number by number.

    A number that is right on the paper is never lost, whatever led to it. Nothing where it makes
    a list longer or shorter: then there is no place for its numbers.
    """
    derivation, wrong = solution.derivation, solution.mistaken(mistake)
    inputs = {n for n in mistake.replaced if isinstance(derivation.nodes[n], Input)}
    if not _alike(answer, solution, wrong):
        return Fraction(0)
    marked = Steps(answer, solution, options_of(answer), before(answer, solution, wrong))
    lost = Fraction(0)
    for leaf in marked.leaves:
        number = Fraction(element(wrong[leaf.name], leaf.index))
        if leaf.share and not any(marked.agrees(leaf, number, "", x) for x in (None, solution)):
            is_made = leaf.name in mistake.replaced or inputs & set(derivation.needs(leaf.name))
            lost += leaf.share * bool(is_made)
            marked.state(leaf, number)  # what follows from it in the same list is right
    return lost


def _alike(answer: AnswerKey, solution: Solution, wrong: Solution) -> bool:
    names = solution.derivation.ancestors(*answer.reads)
    return all(len(list(_flat(solution[n]))) == len(list(_flat(wrong[n]))) for n in names)


def _flat(value: Value) -> Iterator[Exact]:
    if isinstance(value, tuple):
        for item in value:
            yield from _flat(item)
    else:
        yield value
