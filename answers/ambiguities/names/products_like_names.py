"""Products of declared letters that look like a Greek letter, a function or a number: `mv-mu`."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from answers.ambiguities.base import COLLECTIONS, SYMBOLIC, Ambiguity, Reading
from answers.syntax.functions.table import FUNCTIONS
from answers.syntax.vocabulary import CONSTANT_NAMES, GREEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

MOST_LETTERS = 24
_RUN = re.compile(r"(?<![\\A-Za-z_])[A-Za-z]{2,}(?![A-Za-z_])")
_OCCURS = re.compile(r"[A-Za-z]{2}|\d[eE]\d|ℓ")
_UNITS = frozenset("ei")
_FLOAT = re.compile(r"(?<![\w.])(\d+)([eE]\d+)(?![\w.])")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    names = setting.names
    if "ℓ" in text and "ell" in names:
        yield Reading(text.replace("ℓ", " ell "), is_settled=True, how="ℓ as its letter")
    runs = {*_RUN.findall(text)}
    if all(_product(run, names) == run for run in runs) and not _FLOAT.search(text):
        return
    greek = _RUN.sub(lambda found: _product(found[0], names, only=GREEK), text)
    if greek != text:
        yield Reading(greek, is_settled=True, how="a product of its letters")
    every = _RUN.sub(lambda found: _product(found[0], names), text)
    every = _FLOAT.sub(lambda found: _coefficient(found, setting), every)
    if every not in {text, greek}:
        yield Reading(every, is_settled=False, how="a product of its letters")


def _coefficient(found: re.Match[str], setting: Setting) -> str:
    """Read `2e3` as 2*e3 where the question has such a name."""
    number, name = found[1], found[2]
    indexed = f"{name[0]}_{name[1:]}"
    if indexed in setting.names:
        return f"{number}*{indexed}"
    return (
        f"{number}*{name}" if name in setting.names or f"*{name}" in setting.expected else found[0]
    )


def _product(run: str, names: frozenset[str], only: frozenset[str] | None = None) -> str:
    """Return the letters of a run as a product, if known and together like another name."""
    if run in names or len(run) > MOST_LETTERS:
        return run
    if run in CONSTANT_NAMES and only is None and names.intersection(run):
        names |= _UNITS
    if not names.issuperset(run):
        return _before_function(run, names) if only is None else run
    spans = (run[start:end] for start, end in combinations(range(len(run) + 1), 2))
    return "*".join(run) if any(_is_known(s, only) and s not in names for s in spans) else run


def _is_known(name: str, only: frozenset[str] | None) -> bool:
    if only is not None:
        return name in only
    return name in GREEK or name in FUNCTIONS or name in CONSTANT_NAMES


def _before_function(run: str, names: frozenset[str]) -> str:
    """Read `asin` as a*sin, where a is known and asin is a function as a whole."""
    for end in range(1, len(run) if run in FUNCTIONS else 0):
        if names.issuperset(run[:end]) and run[end:] in FUNCTIONS:
            return f"{'*'.join(run[:end])}*{run[end:]}"
    return run


AMBIGUITY = Ambiguity(
    "products_like_names",
    SYMBOLIC | COLLECTIONS,
    _readings,
    rank=55,
    occurs=_OCCURS,
    signs="a",
)
