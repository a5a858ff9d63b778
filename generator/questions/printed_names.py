r"""The names that a question prints in its formulas, beside those of its answers.

An answer with another name than the question's waits for a person. One with names that the question
prints is judged: `1/M + 1/K^2` is wrong where M is printed and plays no part in the answer. Names
that an equation of the question ties to others or to a value, as y in `y = F(x) + x` and beta in
`beta = 3`, are left out: an answer may use them in the place of what they are equal to, and other
numbers for them would refute nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.kinds.base import Group, names_of
from answers.syntax.errors import Unreadable
from answers.syntax.nodes import free_symbols
from answers.syntax.parser import read
from answers.syntax.vocabulary import GREEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.questions.model import Asked

WITH_NAMES = names_of(Group.SYMBOLIC, Group.COLLECTION)
_GROUP = r"\{(?:[^{}]|\{[^{}]*\})*\}"
_INDEX = rf"(?:\s*_\s*(?:{_GROUP}|\\[A-Za-z]+(?:\s*{_GROUP})?|\w))"
_ENVIRONMENT = r"(?:equation|align|gather|multline|displaymath|math)"
_FORMULA = re.compile(
    r"(?<!\\)\$\$?(.+?)(?<!\\)\$\$?|\\\[(.+?)\\\]|\\\((.+?)\\\)"
    rf"|\\begin\{{{_ENVIRONMENT}\*?\}}(.+?)\\end\{{{_ENVIRONMENT}",
    re.DOTALL,
)
_FILLED = re.compile(rf"\\[VB]\s*{_GROUP}")
# A name with a value as its index, h_\V{t} or h_{\V{t}}, is another one on each paper.
_NUMBERED = re.compile(rf"\\?[A-Za-z]+'*\s*_\s*(?:\\V\s*{_GROUP}|\{{\s*\\V\s*{_GROUP}\s*\}})")
_PIECES = re.compile(r"\\qquad|\\quad|\\\\|;")
_RELATION = re.compile(r"=|\\(?:approx|equiv|propto|sim|coloneqq)(?![A-Za-z])")
_ACCENTS = r"\\(?:tilde|hat|bar|vec|dot|ddot|overline|widetilde|widehat)(?![A-Za-z])"
_WORDS = r"\\(?:text[a-z]*|math[a-z]+|operatorname\*?|mbox|boldsymbol|begin|end)(?![A-Za-z])"
_NAME = re.compile(
    rf"(?:{_ACCENTS}\s*(?:{_GROUP}|\w)|{_WORDS}\s*{_GROUP}){_INDEX}?"
    rf"|(?P<name>(?:\\(?P<command>[A-Za-z]+)|[A-Za-z])'*{_INDEX}?'*)(?P<applied>\s*(?:\\left\s*)?\()?"
)


def names_beside(answer: Asked, body: str) -> tuple[str, ...]:
    """Return the names that a question prints and its answer does not declare.

    Args:
        answer: one of the question's answers.
        body: the text of the question, as its file has it.
    """
    if answer.kind not in WITH_NAMES:
        return ()
    own = {*answer.options.variables, *answer.options.aliases, *answer.letters.values()}
    names = dict.fromkeys((*answer.options.known, *printed_names(body)))
    return tuple(name for name in names if name not in own)


@lru_cache(maxsize=1_024)
def printed_names(body: str) -> tuple[str, ...]:
    r"""Return the names in the formulas of a text, as the judge reads them.

    >>> printed_names(r"A layer with $C_{in}$ channels has $M = \V{count}$ filters.")
    ('C_in',)
    >>> printed_names("The block computes $y = F(x) + x$ from $N$ values.")
    ('N',)
    """
    free: dict[str, None] = {}
    tied: set[str] = set()
    for formula in _formulas(body):
        names = tuple(_names(formula))
        if _RELATION.search(formula):
            tied.update(names)
        free |= dict.fromkeys(names)
    return tuple(name for name in free if name not in tied)


def _formulas(body: str) -> Iterator[str]:
    """Yield the formulas of a text without the values that are put in, one relation each."""
    for found in _FORMULA.finditer(_FILLED.sub(" ", _NUMBERED.sub(" ", body))):
        formula = next(group for group in found.groups() if group is not None)
        yield from _PIECES.split(formula)


def _names(formula: str) -> Iterator[str]:
    for found in _NAME.finditer(formula):
        name, command = found["name"], found["command"]
        if name is None or (command is not None and (command not in GREEK or found["applied"])):
            continue
        try:
            yield from sorted(free_symbols(read(name)))
        except Unreadable:
            continue
