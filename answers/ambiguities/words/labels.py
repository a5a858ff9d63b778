"""A label before a value: `total: 9728`, `the sum is 5`, `16 + 24 -> 40`.

A label that may change what the value says, or an arrow between two values, waits for a person:
`half: 9728`, `9600 -> 9728`. Of a row whose elements all have labels, none is left out here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import COLLECTIONS, MATHEMATICS, NUMBERS, Ambiguity, Reading
from answers.ambiguities.wording import may_change
from answers.kinds.stated_value import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

# A colon between digits is a ratio.
_LABEL = re.compile(r"\s*[^\W\d_][\w.'’()/²^ -]{1,60}?\s*(?:(?<!\d):|:(?!\d)|=>|->|→|⇒)\s*(?=\S)")
_LABELLED = re.compile(r"[:=]")
_STATED = re.compile(r"[^:]*[^:\d\s]:\s+(?=\S)")
_LETTER = re.compile(r"\s*\(?(?:[a-z]|[ivx]{2,4})\)\s*(?=\d)")
_ARROW = re.compile(r".*(?:->|=>|→|⇒|⟹|\\(?:Right|right)arrow|\\to(?![a-z]))\s*(?=\S)", re.DOTALL)
_ENDS = re.compile(r"\s*(?:->|=>|→|⇒|⟹|\\[A-Za-z]+)\s*$")
_IS = re.compile(
    r"\s*(?:it|this|that|[^\W\d_][^\W\d_ ]*(?: [^\W\d_]+){0,4}?)\s+"
    r"(?:is|are|equals|will be|would be|=|ist|sind|beträgt)\s+(?=[\d+\-−(\[.])",
    re.IGNORECASE,
)
_OCCURS = re.compile(
    r"[:→⇒⟹]|[-=]>|\\(?:right|to)|\s(?:is|are|equals|will|would|=|ist|sind|beträgt)\s"
    r"|\A\s*\(?[a-z]{1,4}\)",
    re.IGNORECASE,
)


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    label = _LABEL.match(text)
    if setting.kind in NUMBERS:
        label = label or _IS.match(text) or _LETTER.match(text)
    elif setting.kind == "expression" and (stated := _STATED.match(text)):
        yield Reading(text[stated.end() :], is_settled=False, how="what is behind the colon")
    if setting.kind not in {"list", "set"} and (arrow := _ARROW.match(text)):
        before, after = _ENDS.sub("", arrow[0]), text[arrow.end() :]
        is_settled = setting.kind == "shape" or _leads_to(before, after, setting)
        yield Reading(after, is_settled, how="what the arrow leads to")
    if label and not (setting.kind in COLLECTIONS and _LABELLED.search(text[label.end() :])):
        is_settled = not may_change(label[0].rstrip(" :=->→⇒"))
        yield Reading(text[label.end() :], is_settled, how="without its label")


def _leads_to(before: str, after: str, setting: Setting) -> bool:
    """Return whether what is before an arrow is a label, or has the value behind it."""
    if setting.kind in NUMBERS and any(map(str.isalpha, before)):
        return not may_change(before)
    value = value_of(before)
    return not before.strip() or (value is not None and value == value_of(after))


AMBIGUITY = Ambiguity(
    "labels",
    MATHEMATICS,
    _readings,
    rank=12,
    occurs=_OCCURS,
    signs=":>\\) \t\n",
)
