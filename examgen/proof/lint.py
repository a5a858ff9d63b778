"""Faults visible in a question's text alone: something not said, or given away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.judge import Options, accepts
from answers.kinds.written import format_expected
from examgen.folder.expected import expected_text
from examgen.folder.key import AnswerKey
from generator.questions.answers.options import MISTAKES
from generator.questions.answers.values_in_answers import texts_of
from generator.questions.code.source import VARIANT
from generator.questions.model import Asked, Rubric
from generator.texts.figures.figure import PICTURES
from generator.texts.figures.syntax import without_figures
from generator.texts.template import names_in, names_that_choose
from solvers.graph.derivation import Call
from solvers.graph.printing.notation import as_printed, show_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.questions.model import QuestionFile
    from generator.variants.paper import Part
    from solvers.graph.solution import Solution


def find_unsaid(question: QuestionFile, solution: Solution | None) -> Iterator[str]:
    """Yield parameters that an answer depends on and that the paper does not print."""
    if solution is None:
        return
    printed = names_in(question.body)
    # A convention is printed as its own sentence.
    stated = {item.name for item in solution.derivation.inputs if item.says_when is not None}
    aliases = {name: values for name, values in question.vary.items() if isinstance(values, str)}
    said = printed | {n for n, other in aliases.items() if other in printed}
    said |= {other for n, other in aliases.items() if n in printed}
    for answer in question.answers:
        if not isinstance(answer, Asked) or answer.letters or not answer.reads:
            continue
        needed = solution.derivation.ancestors(*answer.reads) & question.vary.keys() - stated
        # What is printed may itself be computed from the parameter, such as a halved channel count.
        known = solution.derivation.ancestors(*(printed & solution.values.keys()))
        for name in sorted(needed - said - known):
            yield f"{answer.name} depends on {name}, which the text does not print (\\V{{{name}}})"


def find_unused(question: QuestionFile, solution: Solution | None) -> Iterator[str]:
    """Yield a sentence for each value that is given and plays no part in anything that is asked.

    What a mistake takes is used: it may be given to see who takes it.
    """
    if solution is None:
        return
    derivation = solution.derivation
    asked = [name for one in question.answers if isinstance(one, Asked) for name in one.reads]
    needed = derivation.ancestors(*asked)
    takes = [
        name
        for mistake in derivation.mistakes.values()
        if needed & mistake.replaced.keys()
        for formula in mistake.replaced.values()
        for name in Call.of(formula).needs
    ]
    rubrics = [one for one in question.answers if isinstance(one, Rubric)]
    texts = [question.solution, *(text for one in rubrics for text in one.texts)]
    texts += [text for one in question.answers if isinstance(one, Asked) for text in texts_of(one)]
    printed = names_in(question.body) & solution.values.keys()
    told = frozenset().union(*map(names_in, texts), names_that_choose(question.body))
    whens = [when for one in question.answers if isinstance(one, Asked) for when in one.right_when]
    told |= {name for when in whens for name in when.needs}
    told &= solution.values.keys()
    given = (question.model.inputs.keys() | question.vary.keys()) - {VARIANT}
    words = given - solution.values.keys()
    used = needed | derivation.ancestors(*takes, *told, *(printed - given))
    # Another parameter may take the value of this one.
    same = {item.name: item.default for item in derivation.inputs if item.name not in given}
    same |= {name: other for name, other in question.vary.items() if isinstance(other, str)}
    used |= {other for name, other in same.items() if name in used and isinstance(other, str)}
    for name in sorted(given - used - (words & names_in(question.body))):
        yield (
            f"{name} is given and nothing that is asked depends on it; "
            "ask for what it is needed for, or leave it out"
        )


def idle_mistakes(question: QuestionFile, solution: Solution | None) -> Iterator[str]:
    """Yield a sentence for each mistake of the question that changes none of its answers."""
    if solution is None:
        return
    asked = [one for one in question.answers if isinstance(one, Asked)]
    chosen = [name for one in asked if MISTAKES in one.choices for name in names_in(one.literal)]
    chosen = [name for name in chosen if name in solution.values]
    reads = [name for one in asked for name in one.reads]
    needed = solution.derivation.ancestors(*reads, *chosen)
    for mistake in question.model.mistakes:
        replaced = [part.name for part in mistake.replaced]
        if not needed.intersection(replaced):
            what = f"the mistake {mistake.name} replaces {', '.join(replaced)}"
            yield f"{what}, on which no answer depends; no student is ever told of it"


def find_given_away(question: QuestionFile) -> Iterator[str]:
    """Yield answers whose value the text prints."""
    printed = _copied(question)
    given = question.vary.keys() | question.model.inputs.keys()
    for answer in question.answers:
        if isinstance(answer, Asked) and not answer.trivial:
            computed = printed.intersection(answer.reads) - given
            for name in sorted(computed):
                yield f"the text prints {name}, which is the answer {answer.name}"


def _copied(question: QuestionFile) -> frozenset[str]:
    """Return the names whose values a text prints, not only draws."""
    return names_in(without_figures(question.body, PICTURES))


def find_misprinted(question: QuestionFile, part: Part) -> Iterator[str]:
    """Yield computed values that the text rounds so far that the key does not follow from them."""
    solution = part.solved
    if solution is None:
        return
    given = {item.name for item in solution.derivation.inputs}
    for name in sorted(_copied(question) & solution.values.keys() - given):
        printed = show_value(solution[name])
        if not printed.exact:
            other = solution.carry_forward({name: as_printed(solution[name])})
            yield from _unlike(name, printed.plain, part, other)


def _unlike(name: str, printed: str, part: Part, other: Solution) -> Iterator[str]:
    for answer in part.key.answers:
        if not isinstance(answer, AnswerKey) or not answer.reads or name in answer.reads:
            continue
        found, options = expected_text(answer, other), Options.from_mapping(dict(answer.options))
        if found == answer.expected:
            continue
        text = format_expected(answer.kind, found, options).plain.removeprefix("≈ ")
        if not any(accepts(answer.kind, answer.expected, one, options) for one in (found, text)):
            yield (
                f"the text prints {name} as {printed}, from which {answer.id} is {text} and not "
                f"right; give it a wider tolerance, or print what {name} is computed from"
            )
