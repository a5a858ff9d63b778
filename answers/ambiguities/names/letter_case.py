"""Names that differ from known ones in case alone, or in o for 0: `h - x` for `H - x`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.ambiguities.base import COLLECTIONS, SYMBOLIC, Ambiguity, Reading
from answers.syntax.functions.table import FUNCTIONS
from answers.syntax.vocabulary import CONSTANT_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_NAME = re.compile(r"(?<![\\A-Za-z0-9_])[A-Za-z]+(?:_\{?\w+\}?|\d+)?")
_SHORT = 3
_WORDS = frozenset("and or not in mod deg".split())


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    strange = filter(_is_strange, {*_NAME.findall(text)} - setting.names)
    meant = {name: _known(name, setting.names) for name in strange}
    if any(name != other for name, other in meant.items()):
        changed = _NAME.sub(lambda found: meant.get(found[0], found[0]), text)
        yield Reading(changed, is_settled=False, how="other capitals")


@lru_cache(1_024)
def _folded(names: frozenset[str]) -> dict[str, str]:
    """Return the names by how they look without capitals and `_`, where this leaves one alone."""
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(_fold(name), []).append(name)
    return {looks: same[0] for looks, same in found.items() if len(same) == 1}


def _fold(name: str) -> str:
    bare = name.casefold().replace("_", "").replace("{", "").replace("}", "")
    return bare[0] + bare[1:].replace("o", "0") if bare else bare


def _is_strange(name: str) -> bool:
    """Return whether a name has no meaning of its own."""
    is_function = name in FUNCTIONS and len(name) > 1
    return not (is_function or name in CONSTANT_NAMES)


def _known(name: str, names: frozenset[str]) -> str:
    folded = _folded(names)
    if (known := folded.get(_fold(name))) is not None:
        return known
    letters = [letter if letter in names else folded.get(_fold(letter)) for letter in name]
    # The reader takes a few known letters for a product itself.
    is_read = letters == list(name) and len(name) <= _SHORT and name not in _WORDS
    if is_read or not name.isalpha() or None in letters:
        return name
    return "*".join(letter for letter in letters if letter is not None)


AMBIGUITY = Ambiguity(
    "letter_case",
    SYMBOLIC | COLLECTIONS,
    _readings,
    rank=60,
    signs="a",
)
