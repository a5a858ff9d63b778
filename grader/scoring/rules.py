"""Rules of comparison: applied once to each text of a variant, and said in words."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from answers.judge import has_settled_readings, judge, judge_plainly, kind_named
from answers.numbers.tolerance import interval_text
from answers.options import Options
from examgen.folder.expected import written_answer
from examgen.ground.errors import DerivationError
from solvers.graph.number import parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from answers.options import Scalar
    from answers.verdict import Judgement
    from examgen.folder.key import AnswerKey

CACHED = 65_536
# Files of a room that decide about a verdict: its code, and its tables of units.
_DECIDE = frozenset({".py", ".toml"})
_ROOMS = ("answers", "solvers", "examgen/ground", "examgen/folder", "grader/scoring")
_Frozen: TypeAlias = "tuple[tuple[str, object], ...]"
_FORMULA = re.compile(r"\$[^$]*\$|\\[A-Za-z]+")
_LABEL_WORD = re.compile(r"[^\W\d_]{2,}")
_FORMS = {
    "factored": "written as a product",
    "expanded": "written without brackets",
    "lowest_terms": "written in lowest terms",
    "single_fraction": "written as one fraction",
}


def judge_text(answer: AnswerKey, expected: str, text: str) -> Judgement:
    """Compare a text with an expected answer, under an answer's kind and options.

    Raises:
        UnreadableKey: the expected answer or the options cannot be used.
    """
    options = options_of(answer)
    if expected == answer.expected:
        return _judged(answer.kind, expected, options, text)
    # Many mistakes are compared with one text: whether it has another reading is asked once.
    has_readings = _has_readings(answer.kind, answer.expected, options, text)
    return _compared(answer.kind, expected, options, text, is_plain=not has_readings)


@lru_cache(CACHED)
def _judged(kind: str, expected: str, options: Options, text: str) -> Judgement:
    return judge(kind, expected, text, options)


@lru_cache(CACHED)
def _compared(
    kind: str, expected: str, options: Options, text: str, *, is_plain: bool
) -> Judgement:
    if is_plain:
        return judge_plainly(kind, expected, text, options)
    return judge(kind, expected, text, options, is_key=False)


@lru_cache(CACHED)
def _has_readings(kind: str, expected: str, options: Options, text: str) -> bool:
    return has_settled_readings(kind, expected, text, options)


def options_of(answer: AnswerKey) -> Options:
    """Return the options of an answer, with what its label and its choices say about it."""
    return _options(_frozen(answer.options), answer.label, answer.choices)


@lru_cache(CACHED)
def _options(options: _Frozen, label: str, choices: tuple[str, ...]) -> Options:
    own = Options.from_mapping(_thawed(options))
    nouns = dict.fromkeys((*own.nouns, *_LABEL_WORD.findall(_FORMULA.sub(" ", label))))
    return replace(own, nouns=tuple(nouns), choices=own.choices or choices)


def _frozen(options: Mapping[str, Scalar]) -> _Frozen:
    """Return options as a value that can be looked up; JSON lines hold few different ones."""
    return tuple((name, _tuples(value)) for name, value in options.items()) if options else ()


def _tuples(value: object) -> object:
    if isinstance(value, dict):
        return tuple((name, tuple(texts)) for name, texts in value.items())
    return tuple(value) if isinstance(value, list) else value


def _thawed(options: _Frozen) -> dict[str, Scalar]:
    return {name: _lists(name, value) for name, value in options}


def _lists(name: str, value: object) -> Scalar:
    if name == "also" and isinstance(value, tuple):
        return {key: list(texts) for key, texts in value}
    return list(value) if isinstance(value, tuple) else value  # type: ignore[return-value]


def rule_text(answer: AnswerKey, expected: str) -> str:
    """Return what is accepted, in words: `from 3,179,151.36 to 3,243,376.64 B`."""
    options = options_of(answer)
    words = kind_named(answer.kind).says or _number_text(answer, expected, options)
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
    """Return the version of all that reads, compares and marks: its source and libraries.

    Verdicts under one version of the rules and one key are the same wherever they are given.
    """
    found = hashlib.sha256()
    root = Path(__file__).parents[2]
    sources = (path for room in _ROOMS for path in (root / room).rglob("*.*"))
    for path in sorted(path for path in sources if path.suffix in _DECIDE):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for library in ("mpmath", "pylatexenc", "python-flint", "sympy"):
        found.update(version(library).encode())
    return found.hexdigest()[:32]
