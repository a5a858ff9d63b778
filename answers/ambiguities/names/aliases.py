r"""The other ways to write a name that a question declares: `H(x)` for H, `f_t` for f.

A declared spelling is met in the forms that people give it: `h_{t-1}`, `h_t-1`, `h_(t-1)`, `hₜ₋₁`,
`h(t-1)`, with or without spaces and a sign of LaTeX before it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.ambiguities.base import COLLECTIONS, SYMBOLIC, Ambiguity, Reading
from answers.options import ANSWER
from answers.syntax.errors import Unreadable
from answers.syntax.normalize import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting
    from answers.options import Aliases

_LETTER_IN_FONT = re.compile(r"\\math[a-z]+\s*\{\s*([A-Za-z])\s*\}")
_INDEXED = re.compile(r"([A-Za-z]\w*?)_(?:\{([^{}]+)\}|\(([^()]+)\)|(\w))")
# A name goes on with letters, but not behind a bracket: H(x)T(x), W_{xh}x.
_END = r"(?:(?<=[)\]}])|(?![A-Za-z_]))(?!')"
_BRACKETS = {"(": r"[(\[{]", ")": r"[)\]}]"}
_PART = re.compile(r"[A-Za-z]+|\d+|\S")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if not setting.options.also:
        return
    try:
        clean = normalize(text)
    except Unreadable:
        return
    changed = _replaced(_LETTER_IN_FONT.sub(r"\1", clean), setting.options.also)
    if changed != clean:
        yield Reading(changed, is_settled=True, how="with the names of the question")


def has_alias(text: str, setting: Setting) -> bool:
    """Return whether a text has a declared spelling in it."""
    return next(_readings(text, setting), None) is not None


def _replaced(text: str, also: Aliases) -> str:
    """Return a text with each declared spelling as its name, the longest spellings first."""
    pattern, names = _pattern(also)
    if pattern is None:
        return text
    return pattern.sub(lambda found: f" {names[found.lastgroup or '']} ", text)


@lru_cache(1_024)
def _pattern(also: Aliases) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    spellings = [(text, name) for name, texts in also for text in texts if name != ANSWER]
    spellings.sort(key=lambda pair: -len(pair[0]))
    names = {f"s{number}": name for number, (_, name) in enumerate(spellings)}
    groups = (f"(?P<s{number}>{_spelled(text)})" for number, (text, _) in enumerate(spellings))
    joined = "|".join(groups)
    return (re.compile(rf"(?<![A-Za-z_\\])\\?(?:{joined}){_END}") if joined else None), names


def _spelled(text: str) -> str:
    """Return a pattern for a spelling in the forms that people give it."""
    pattern, end = "", 0
    for found in _INDEXED.finditer(text):
        index = next(group for group in found.groups()[1:] if group is not None)
        inner = _spaced(index)
        forms = rf"\{{\s*{inner}\s*\}}|\(\s*{inner}\s*\)|{inner}"
        pattern += _around(text[end : found.start()]) + re.escape(found[1])
        pattern += rf"(?:_\s*(?:{forms})|{_tight(index)}|\(\s*{inner}\s*\)|\[\s*{inner}\s*\])"
        end = found.end()
    return pattern + _around(text[end:])


def _around(text: str) -> str:
    """Return a pattern for what is before or behind an indexed name, spaced or not."""
    return rf"\s*{_spaced(text)}\s*" if text else ""


def _tight(index: str) -> str:
    """Return an index written right behind its letter, if nothing else could be meant."""
    return re.escape(index) if re.fullmatch(r"\w+", index) else r"(?!x)x"


def _spaced(text: str) -> str:
    """Return a pattern for a text, spaced or not, in whatever brackets."""
    if not text.strip():
        return r"\s*" if text else ""
    return r"\s*".join(_BRACKETS.get(part) or re.escape(part) for part in _PART.findall(text))


AMBIGUITY = Ambiguity(
    "aliases",
    SYMBOLIC | COLLECTIONS,
    _readings,
    rank=5,
)
