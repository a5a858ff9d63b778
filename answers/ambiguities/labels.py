"""A label with a colon before a value: `total: 9728`, `Answer - 12`, `Sum = 5`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import LETTERS, MATHEMATICS, NUMBERS, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_NEGATED = re.compile(r"\b(?:not|no|never|değil|nicht|kein\w*)\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*[^\W\d_][\w.'’()/²^ -]{1,60}?\s*(?::|=>|->|→|⇒)\s*(?=\S)")
_LETTER = re.compile(r"\s*\(?(?:[a-z]|[ivx]{2,4})\)\s*(?=\d)")
_ARROW = re.compile(r".*(?:->|=>|→|⇒|⟹|\\(?:Right|right)arrow|\\to(?![a-z]))\s*(?=\S)", re.DOTALL)
_IS = re.compile(
    r"\s*(?:it|this|that|[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,4}?)\s+"
    r"(?:is|are|equals|will be|would be|=|ist|sind|beträgt)\s+(?=[\d+\-−(\[.])",
    re.IGNORECASE,
)


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    label = _LABEL.match(text)
    if setting.kind in NUMBERS:
        label = label or _IS.match(text) or _LETTER.match(text)
    if setting.kind not in {"list", "set"} and (arrow := _ARROW.match(text)):
        yield Reading(text[arrow.end() :], is_settled=True, how="what the arrow leads to")
    if label and not _NEGATED.search(label[0]):
        yield Reading(text[label.end() :], is_settled=True, how="without its label")


AMBIGUITY = Ambiguity(
    "labels",
    MATHEMATICS,
    _readings,
    rank=12,
    signs=LETTERS | frozenset("→⇒⟹"),
)
