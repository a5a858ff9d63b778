r"""Lists and shapes in other clothes: `40-64-88-112`, `40 → 64`, `(…)^T`, `x1=2; x2=5`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_NUMBER = r"\d+(?:\.\d+)?"
_JOINED = {
    sign: re.compile(rf"\s*[\[(]?\s*{_NUMBER}(?:\s*{pattern}\s*{_NUMBER})+\s*[\])]?\s*\.?\s*")
    for sign, pattern in (("-", "[-–—−]"), ("/", "/"), ("~", "[~_|:]"))
}
_ARROW = re.compile(
    r"\s*(?:→|->|=>|⇒|\\(?:right|long)?(?:right)?arrow|\\to(?![a-z])|>|then|sonra|dann)\s*"
)
_TRANSPOSED = re.compile(
    r"(?<=[\])}])\s*(?:\^\s*\{?\s*\\?(?:top|T|t|intercal)\s*\}?|'|ᵀ|ᵗ)\s*\.?\s*$"
)
_NAMED = re.compile(
    r"(?:^|(?<=[,;\s]))\s*\\?[^\W\d_]\w*(?:_\{?\w+\}?|\[\d+\]|\(\d+\))?\s*[=:]\s*(?=[\d+\-−.(\\√])"
)
_DOLLARS = re.compile(r"\$")
_NUMBERS = re.compile(_NUMBER)
_LAYERS = re.compile(
    r"\s*(?:after\s+)?(?:the\s+)?(?:\d+(?:st|nd|rd|th)\s+|[Ll]ayers?\s*|[Bb]lock\s*|[Ss]tage\s*)"
    r"(?:\d+|layer|block|[A-D])?\s*[:=]\s*"
)
_DIMENSIONS = re.compile(
    r"\s*\(?\s*\b(height|width|channels?|filters?|wide|high|deep|depth|H|W|C)\b\s*\)?",
    re.IGNORECASE,
)
_ORDER = {"h": 0, "w": 1, "c": 2, "d": 2, "f": 2}
_WITH = re.compile(r"\s*(?:,|;|and|with|mit|ve|x|×|\\times|by|\*)\s*(?=[\d(])")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    for how, other in (
        ("as a list", _unjoined(text, setting.count)),
        ("as a list", _ARROW.sub(", ", text)),
        ("as a row", _TRANSPOSED.sub("", text)),
        ("without formula signs", _DOLLARS.sub(" ", text)),
        ("without their names", _unnamed(text)),
        ("without their names", _dimensions(text) if setting.kind == "shape" else text),
    ):
        if other != text and other.strip():
            yield Reading(other, is_settled=True, how=how)


def _unjoined(text: str, count: int) -> str:
    for sign, pattern in _JOINED.items():
        least = 3 if sign == "/" else 2
        if pattern.fullmatch(text) and len(numbers := _NUMBERS.findall(text)) == count >= least:
            return ", ".join(numbers)
    return text


def _unnamed(text: str) -> str:
    """The values of named elements, in the order in which they are written."""
    if (one := _NAMED.match(text)) and len(_NAMED.findall(text)) == 1:
        return text[one.end() :]
    names = [found[0].strip(" =:") for found in _NAMED.finditer(text)]
    is_ordered = names == sorted(names) or len(set(names)) == 1 or _are_dimensions(names)
    bare = _LAYERS.sub(" ", text)
    if names and is_ordered:
        return _NAMED.sub(" ", text)
    return bare


def _are_dimensions(names: list[str]) -> bool:
    places = [_ORDER.get(name[:1].lower(), -1) for name in names]
    return -1 not in places and places == sorted(set(places))


def _dimensions(text: str) -> str:
    """`48 height, 48 width, 128 channels` as its numbers, if they come in the usual order."""
    words = [found[1] for found in _DIMENSIONS.finditer(text)]
    is_usual = _are_dimensions(
        [{"wide": "w", "high": "h", "deep": "d"}.get(w.lower(), w) for w in words]
    )
    if not words or not is_usual:
        return text
    return _WITH.sub("x", _DIMENSIONS.sub(" ", text))


AMBIGUITY = Ambiguity(
    "list_clothes",
    frozenset({"list", "shape", "set"}),
    _readings,
    rank=22,
)
