"""Products of declared letters that look like a Greek letter, a function or a number: `mv-mu`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import COLLECTIONS, SYMBOLIC, Ambiguity, Reading
from answers.reading.names import CONSTANT_NAMES, FUNCTIONS, GREEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_RUN = re.compile(r"(?<![\\A-Za-z_])[A-Za-z]{2,}(?![A-Za-z_])")
_FLOAT = re.compile(r"(?<![\w.])(\d+)([eE]\d+)(?![\w.])")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    names = setting.names
    if "ℓ" in text and "ell" in names:
        yield Reading(text.replace("ℓ", " ell "), is_settled=True, how="ℓ as its letter")
    greek = _RUN.sub(lambda found: _product(found[0], names, only=GREEK), text)
    if greek != text:
        yield Reading(greek, is_settled=True, how="a product of its letters")
    every = _RUN.sub(lambda found: _product(found[0], names), text)
    every = _FLOAT.sub(
        lambda found: f"{found[1]}*{found[2]}" if found[2] in names else found[0], every
    )
    if every not in {text, greek}:
        yield Reading(every, is_settled=False, how="a product of its letters")


def _product(run: str, names: frozenset[str], only: frozenset[str] | None = None) -> str:
    """The letters of a run as a product, where it begins with what looks like a name."""
    if run in names:
        return run
    known = only if only is not None else GREEK | FUNCTIONS.keys() | CONSTANT_NAMES.keys()
    for end in range(len(run), 1, -1):
        for start in range(len(run) - end + 1):
            part = run[start : start + end]
            if part in known and part not in names:
                before, after = run[:start], run[start + end :]
                return (
                    _letters(before, names, run)
                    if all(letter in names for letter in run) and (before or after or True)
                    else _split(run, part, start, names)
                )
    return run


def _letters(_: str, __: frozenset[str], run: str) -> str:
    return "*".join(run)


def _split(run: str, part: str, start: int, names: frozenset[str]) -> str:
    """`asin` as a*sin, where a is known and asin is a function as a whole."""
    if part != run:
        return run
    for end in range(1, len(run)):
        head, tail = run[:end], run[end:]
        if all(letter in names for letter in head) and tail in FUNCTIONS and not start:
            return f"{'*'.join(head)}*{tail}"
    return run


AMBIGUITY = Ambiguity("products_like_names", SYMBOLIC | COLLECTIONS, _readings, rank=55)
