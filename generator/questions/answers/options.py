r"""The options of a choice: sentences with values and formulas, and what mistakes make of it.

`options: mistakes` stands for the right option as everybody writes it who makes one of the
question's mistakes: `choice: $\V{area}$` has the wrong areas as its other options.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from answers.kinds.texts import fold_text
from examgen.ground.errors import DerivationError
from generator.questions.model import LiteralMistake
from generator.texts.template import fill_template, holds_values, named_values, names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.folder.key import Model
    from generator.questions.model import Asked
    from solvers.graph.derivation import Mistake
    from solvers.graph.solution import Solution

MISTAKES, OPTIONS = "mistakes", "options"
_TEMPLATE = re.compile(r"\\[VB]\{[^}]*\}")
_COMMAND = re.compile(r"\\[A-Za-z]+|[{}]")


@dataclass(frozen=True)
class Drawn:
    """The values that a question has drawn and computed, to be put into its texts."""

    question: str
    model: Model
    solution: Solution | None

    def put_in(self, text: str, options: tuple[str, ...] = ()) -> str:
        """Return a text with its values, in which `options` are those of the answer."""
        values = named_values(self.model, self.solution)
        return fill_template(text, {OPTIONS: options, **values}, self.question)

    def option(self, text: str, options: tuple[str, ...] = ()) -> str:
        """Return the text of an option with its values, as it reads outside of formulas."""
        found = self.put_in(text, options)
        return found if "$" in found else found.replace("{,}", ",")


def option_of(name: str, unit: str | None) -> str:
    r"""Return the option that states a value by its name.

    >>> option_of("area", "cm^2")
    '$\\V{area}\\,\\mathrm{cm^2}$'
    """
    return rf"$\V{{{name}}}$" if unit is None else rf"$\V{{{name}}}\,\mathrm{{{unit}}}$"


def text_fault(text: str) -> str:
    r"""Return what is wrong with the text of an option, whose LaTeX is in formulas; else empty.

    >>> text_fault(r"at least $\frac{1}{2}$"), text_fault(r"at least \frac{1}{2}")
    ('', 'has \\frac outside of a formula')
    """
    bare = _TEMPLATE.sub("", text)
    if bare.count("$") % 2:
        return "has a dollar sign without another"
    found = _COMMAND.search(" ".join(bare.split("$")[::2]))
    return f"has {found[0]} outside of a formula" if found else ""


def are_drawn(answer: Asked) -> bool:
    """Return whether the options of an answer depend on what is drawn."""
    return MISTAKES in answer.choices or any(map(holds_values, answer.choices))


def with_options(answer: Asked, drawn: Drawn) -> Asked:
    """Return an answer with the values of a draw in its options, and those that mistakes make."""
    if not are_drawn(answer):
        return answer
    written = [drawn.option(text) for text in answer.choices if text != MISTAKES]
    if MISTAKES not in answer.choices:
        return replace(answer, choices=tuple(written))
    found = _distinct(list(wrong_options(answer, drawn)))
    right = [drawn.option(answer.literal)]
    others = [text for text in written if text not in right]
    return replace(
        answer,
        choices=(*right, *(item.answer for item in found), *others),
        mistakes=(*answer.mistakes, *found),
    )


def wrong_options(answer: Asked, drawn: Drawn) -> Iterator[LiteralMistake]:
    """Yield what those write for the right option who make one of the question's mistakes."""
    if drawn.solution is None:
        return
    for mistake in mistakes_of(answer, drawn.solution):
        if mistake.name in answer.harmless:
            continue
        with suppress(DerivationError):
            other = replace(drawn, solution=drawn.solution.mistaken(mistake))
            text = other.option(answer.literal)
            yield LiteralMistake(mistake.name, mistake.says, mistake.share, text)


def mistakes_of(answer: Asked, solution: Solution) -> Iterator[Mistake]:
    """Yield the mistakes that bear on the values in the right option of a choice."""
    names = names_in(answer.literal) & solution.values.keys()
    needed = solution.derivation.ancestors(*names)
    known = solution.derivation.mistakes.values()
    return (mistake for mistake in known if needed & mistake.replaced.keys())


def _distinct(found: list[LiteralMistake]) -> list[LiteralMistake]:
    """Return each wrong option once, with all that leads to it."""
    kept: dict[str, LiteralMistake] = {}
    for item in found:
        before = kept.get(item.answer)
        if before is None:
            kept[item.answer] = item
        else:
            says, share = f"{before.says}; or {item.says}", max(before.share, item.share)
            kept[item.answer] = replace(before, says=says, share=share)
    return list(kept.values())


def alike(answer: Asked, drawn: Drawn) -> str:
    """Return an option that a draw makes read like another one; empty where each is different."""
    choices = with_options(answer, drawn).choices if are_drawn(answer) else ()
    seen: set[str] = set()
    for choice in choices:
        words = fold_text(choice, choice=True)
        if words in seen:
            return choice
        seen.add(words)
    return ""
