"""Ids as spreadsheets leave them: without their zeros, with a decimal point, cut short."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_LABEL = 100
_FORMULA = re.compile(r'="(.*)"')
_POINT = re.compile(r"(\d+)[.,]0+")
_THOUSANDS = re.compile(r"\d{1,3}(?:([., '’\u00a0\u202f])\d{3})(?:\1\d{3})*")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,3}", re.IGNORECASE)
_CUT = re.compile(r"\d(?:[.,]\d+)?E\+\d+|\d[.,]\d+E\d+", re.IGNORECASE)  # 2E05 may be an id
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # on Windows
_DECIMAL = re.compile(r"\d+[.,]0+")
_LIKE = {"0": "oqd", "1": "il", "2": "z", "5": "s", "6": "g", "8": "b"}  # letters like digits
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]")


def plain_label(text: str) -> str:
    """Return an id as it is whatever a spreadsheet did to it; empty where digits are lost.

    >>> [plain_label(text) for text in ("001", "'2019001", "2019003.0", '="007"', "2.019E+06")]
    ['1', '2019001', '2019003', '7', '']
    """
    label = unicodedata.normalize("NFKC", text[: 2 * MAX_LABEL]).casefold()
    label = (
        "".join(c for c in label if unicodedata.category(c) != "Cf").strip().lstrip("'’").strip()
    )
    if found := _FORMULA.fullmatch(label):
        label = found[1].strip()
    if is_shortened(label):
        return ""
    if found := _POINT.fullmatch(label):
        label = found[1]
    elif _THOUSANDS.fullmatch(label):
        label = "".join(_DIGIT.findall(label))
    return label.lstrip("0") or label[:1]


def is_shortened(text: str) -> bool:
    """Return whether a number is written as a spreadsheet shows one that is too long for it."""
    return bool(_SHORTENED.fullmatch(unicodedata.normalize("NFKC", text).strip().lstrip("'")))


def damage(label: str) -> str:
    """Return what looks damaged in an id, in words; empty where nothing does.

    >>> damage("1.00E+05"), damage("20231234567.0"), damage("e123456")
    ('digits that a spreadsheet cut off', 'a decimal point that a spreadsheet added', '')
    """
    if _CUT.fullmatch(label):
        return "digits that a spreadsheet cut off"
    return "a decimal point that a spreadsheet added" if _DECIMAL.fullmatch(label) else ""


def is_file_name(label: str) -> bool:
    """Return whether every system can have a file of this name.

    >>> [is_file_name(text) for text in ("s1", "CON", "nul.x", "x.")]
    [True, False, False, False]
    """
    return not _RESERVED.fullmatch(label) and not label.endswith((".", " "))


def likely(wrong: str, known: Iterable[str]) -> str:
    """Return the one id that a wrong one must be; empty where it may be somebody else's.

    One that looks like the others is another person's, so it has a form that none of them has: a
    letter among digits, a digit too many; and only one of them is a single slip away.

    >>> likely("20I9001", ["2019001", "2019002"]), likely("2019003", ["2019001", "2019002"])
    ('2019001', '')
    """
    ids = list(known)
    if not 2 < len(wrong) <= MAX_LABEL or is_shortened(wrong):
        return ""
    if form_of(wrong) in map(form_of, ids):
        return ""
    near = [name for name in ids if is_slip(wrong.casefold(), name.casefold())]
    return near[0] if len(near) == 1 else ""


def form_of(label: str) -> str:
    """Return an id with each digit as 9 and each letter as a.

    >>> form_of("e123")
    'a999'
    """
    return _DIGIT.sub("9", _LETTER.sub("a", label))


def is_slip(wrong: str, right: str) -> bool:
    """Return whether one sign is wrong, missing or too much, or two neighbours changed places.

    A digit that is not there, or not like the one that is, may be any digit, so that is none.
    """
    if abs(len(wrong) - len(right)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(wrong, right, strict=False)) if a != b), None)
    if start is None:
        return len(wrong) > len(right) or not right[len(wrong) :].isdigit()
    left, other = wrong[start:], right[start:]
    if left[:2] == other[:2][::-1] and left[2:] == other[2:]:
        return True
    is_like = not other[0].isdigit() or left[0] in _LIKE.get(other[0], "")
    same, missing, surplus = left[1:] == other[1:], left == other[1:], left[1:] == other
    return surplus or (same and is_like) or (missing and not other[0].isdigit())
