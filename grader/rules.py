"""Rules of comparison: applied once to each text of a variant, and said in words."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from answers.judge import judge
from answers.options import Options
from answers.tolerance import interval_text
from answers.writing import written_answer
from solvers.errors import DerivationError
from solvers.graph.number import parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from answers.judgement import Judgement
    from answers.key import AnswerKey

CACHED = 65_536
_MARKING = ("follow.py", "mark.py", "marks.py", "rules.py")
_Frozen: TypeAlias = "tuple[tuple[str, str | int | tuple[str, ...]], ...]"
_WORDS = {
    "shape": "the same numbers in the same order",
    "list": "the same elements in the same order",
    "matrix": "the same elements in the same places",
    "set": "the same members, in any order",
    "interval": "the same bounds, with the same ends open or closed",
    "expression": "any expression that is equal",
    "equation": "the same equation, rearranged or multiplied by a factor",
    "inequality": "any inequality that is true for the same values",
    "choice": "this option",
    "text": "these words",
}
_FORMS = {
    "factored": "written as a product",
    "expanded": "written without brackets",
    "lowest_terms": "written in lowest terms",
    "single_fraction": "written as one fraction",
}


def judged(answer: AnswerKey, expected: str, text: str) -> Judgement:
    """Compares a text with an expected answer, under an answer's kind and options.

    Raises:
        UnreadableKey: the expected answer or the options cannot be used.
    """
    return _judged(answer.kind, expected, _frozen(answer.options), text)


@lru_cache(CACHED)
def _judged(kind: str, expected: str, options: _Frozen, text: str) -> Judgement:
    return judge(kind, expected, text, _options(options))


@lru_cache(CACHED)
def _options(options: _Frozen) -> Options:
    thawed = {n: list(value) if isinstance(value, tuple) else value for n, value in options}
    return Options.from_mapping(thawed)


def _frozen(options: Mapping[str, str | int | list[str]]) -> _Frozen:
    return tuple((n, tuple(v) if isinstance(v, list) else v) for n, v in options.items())


def rule_text(answer: AnswerKey, expected: str) -> str:
    """What is accepted, in words: `from 3,179,151.36 to 3,243,376.64 B`."""
    options = _options(_frozen(answer.options))
    words = _WORDS.get(answer.kind) or _number_text(answer, expected, options)
    form = f", {_FORMS[options.form]}" if options.form else ""
    return f"{words}{form}"


def _number_text(answer: AnswerKey, expected: str, options: Options) -> str:
    try:
        value = parse_number(expected.split(maxsplit=1)[0])
    except (DerivationError, IndexError):
        return f"the value of {written_answer(answer, expected).plain}"
    if options.abs_unit and options.abs_unit != answer.unit:
        return f"within {answer.options['abs']} of {written_answer(answer, expected).plain}"
    return interval_text(value, options, answer.unit or "")


@cache
def rules_version() -> str:
    """The version of everything that reads, compares and marks: its source and its libraries.

    Verdicts under one version of the rules and one key are the same wherever they are given.
    """
    found = hashlib.sha256()
    root = Path(__file__).parents[1]
    sources = [path for room in ("answers", "solvers") for path in (root / room).rglob("*.py")]
    for path in sorted([*sources, *(root / "grader" / name for name in _MARKING)]):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for library in ("mpmath", "pylatexenc", "sympy"):
        found.update(version(library).encode())
    return found.hexdigest()[:32]
