"""Words that only say that a value is rounded: `about 1.18 MB`, `0.757 (approx)`, `ca. 5`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import NUMBERS, VALUES, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_HEDGE = (
    r"(?:about|around|approx(?:imately)?\.?|appr\.|roughly|circa|ca\.|nearly|almost|rounded(?:\s+to)?"
    r"|so|thus|hence|therefore|then|daher|yani|exactly|precisely|just|only|equals?|is|yaklaşık(?:\s+olarak)?|yaklasik|tam(?:\s+olarak)?"
    r"|etwa|ungefähr|ungefaehr|rund|genau|gerundet|environ|aproximadamente|[~≈≅≃∼])"
)
_BEFORE = re.compile(rf"\s*(?:{_HEDGE}\s*)+(?=[\d.,+\-−(\[{{\\$\w])", re.IGNORECASE)
_SIGNS = frozenset("~≈≅≃∼±+\\")
_EITHER_SIGN = re.compile(r"\s*(?:±|\+/-|\\pm(?![a-z]))\s*(?=\d)")
_BEHIND = re.compile(
    rf"\s*[,;]?\s*[(\[]?\s*(?:{_HEDGE}|or so|total|in total|exact|rounded up|rounded down)"
    rf"\s*[)\]]?\s*\.?\s*$",
    re.IGNORECASE,
)
_OCCURS = re.compile(r"[^\W\d_]{2}|[~≈≅≃∼±+!\\]")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if text.rstrip().endswith("!") and "!" not in text.rstrip()[:-1]:
        yield Reading(text.rstrip()[:-1], is_settled=False, how="without the exclamation mark")
    ends_in_words = text.rstrip(" .)]")[-1:].isalpha()
    if not (ends_in_words or text[:1] in _SIGNS or text.lstrip()[:1].isalpha()):
        return
    first = _BEFORE.match(text)
    start = first.end() if first and (text[first.end() - 1] in " .~≈≅≃∼") else 0
    bare = _BEHIND.sub("", text[start:]) if ends_in_words else text[start:]
    if bare != text and bare.strip():
        yield Reading(bare, is_settled=True, how="without the words around it")
    if setting.kind in NUMBERS and (size := _EITHER_SIGN.match(text)):
        yield Reading(text[size.end() :], is_settled=False, how="the size alone")


AMBIGUITY = Ambiguity(
    "hedges",
    VALUES,
    _readings,
    rank=10,
    occurs=_OCCURS,
    signs="a~+!\\",
)
