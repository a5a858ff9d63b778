"""The worked solution of a part: the steps that lead to its answers, as equations in LaTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.syntax.latex_printer import latex
from answers.syntax.nodes import Sym
from examgen.folder.key import AnswerKey
from examgen.folder.pages.line_breaks import break_equation, width
from examgen.ground.wording import begin_sentence
from solvers.graph.worked import steps, steps_in_letters, worth_showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from examgen.folder.key import RubricKey
    from solvers.graph.solution import Solution
    from solvers.graph.worked import Chain

LONGEST_CHAIN = 64
WIDEST = 72  # letters that fit beside a symbol


def needed_names(answers: Iterable[AnswerKey | RubricKey], solution: Solution) -> frozenset[str]:
    """Return the inputs and quantities that some answers follow from, but for letters."""
    asked = _computed(answers)
    found = _behind(solution, (answer for answer in asked if not answer.letters))
    for answer in asked:
        found |= _behind(solution, [answer]) - answer.letters.keys()
    return found


def _computed(answers: Iterable[AnswerKey | RubricKey]) -> list[AnswerKey]:
    return [answer for answer in answers if isinstance(answer, AnswerKey) and answer.reads]


def _behind(solution: Solution, answers: Iterable[AnswerKey]) -> frozenset[str]:
    reads = [name for answer in answers for name in answer.reads]
    return solution.derivation.ancestors(*reads)


def worked_steps(
    answers: Iterable[AnswerKey | RubricKey], solution: Solution, longest: int = LONGEST_CHAIN
) -> Iterator[tuple[str, str]]:
    """Yield each step: what it is, and its equations as rows of an `align*` on one page.

    Args:
        answers: of one part.
        solution: of that part.
        longest: a chain that is wider than so many letters gets a line for each of its equations.
    """
    asked = _computed(answers)
    lettered = _lettered(asked, solution)
    for name in worth_showing(solution, needed_names(asked, solution)):
        says = solution.derivation.nodes[name].says
        answer = lettered.get(name)
        chains = steps(solution, name) if answer is None else chains_of(answer, solution, name)
        rows = " \\\\\n".join(_aligned(chain, longest) for chain in chains)
        yield begin_sentence(says), rows


def _lettered(asked: list[AnswerKey], solution: Solution) -> dict[str, AnswerKey]:
    """Return the quantities without a number, each with an answer that is written in it.

    What an answer asks for as a number is shown with numbers.
    """
    numbers = _behind(solution, (answer for answer in asked if not answer.letters))
    return {
        name: answer
        for answer in asked
        for name in _behind(solution, [answer]) - numbers
        if answer.letters.keys() & solution.derivation.ancestors(name)
    }


def chains_of(answer: AnswerKey, solution: Solution, name: str) -> tuple[Chain, ...]:
    """Return the equations of a quantity: in the letters of an answer, where it has some."""
    if not answer.letters:
        return steps(solution, name)
    letters = {known: latex(Sym(letter)) for known, letter in answer.letters.items()}
    result = answer.shown if answer.reads == (name,) else ""
    return steps_in_letters(solution, name, letters, result)


def _aligned(chain: Chain, longest: int) -> str:
    lines = [f"{line.relation} {line.right}" for line in chain.lines]
    if width(" ".join([chain.symbol, *lines])) + 2 * len(lines) < longest:
        return f"{chain.symbol} &{' '.join(lines)}"
    rows = [row for line in lines for row in break_equation(line, min(longest, WIDEST))]
    return f"{chain.symbol} &" + " \\\\*\n&".join(rows)
