r"""Lists and shapes in other notations: `40-64-88-112`, `40 → 64`, `(…)^T`, `x1=2; x2=5`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.ambiguities.lists.name_order import in_order, places_of
from answers.ambiguities.wording import may_change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_NUMBER = r"\d+(?:\.\d+)?"
_SIGNED = rf"[-−–+]?\s*{_NUMBER}"
# What joins numbers, and which numbers: with signs of their own, or without.
_JOINTS = {
    "-": ("[-–—−]", _NUMBER),
    "/": ("/", _SIGNED),
    "~": ("[~_|:]", _SIGNED),
    "x": ("[x×X]", _NUMBER),
}
_JOINED = {
    sign: re.compile(rf"\s*[\[(]?\s*{number}(?:\s*{joint}\s*{number})+\s*[\])]?\s*\.?\s*")
    for sign, (joint, number) in _JOINTS.items()
}
_FOUND = {sign: re.compile(number) for sign, (_, number) in _JOINTS.items()}
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
_LAYERS = re.compile(
    r"\s*(?:after\s+)?(?:the\s+)?(?:\d+(?:st|nd|rd|th)\s+|[Ll]ayers?\s*|[Bb]lock\s*|[Ss]tage\s*)"
    r"(?:\d+|layer|block|[A-D])?\s*[:=]\s*"
)
_DIMENSIONS = re.compile(
    r"\s*\(?\s*\b(height|width|channels?|filters?|wide|high|deep|depth|H|W|C)\b\s*\)?",
    re.IGNORECASE,
)
_OCCURS = re.compile(
    r"[-–—−/~_|:→>$^'ᵀᵗ\\=⇒±]|\d\s*[xX×]|then|sonra|dann"
    r"|(?i:height|width|channel|filter|wide|high|deep|depth|\b[hwc]\b)"
)
# A product of numbers, which is the plain notation of a shape.
_PRODUCT = re.compile(r"[\d\s().xX×]*")
_ENDS = 2
_BOTH = re.compile(r"\s*[({\[]?\s*(?:±|\+/?-|\\pm(?![a-z]))\s*([\w./√^\\{}]+?)\s*[)}\]]?\s*\.?\s*")
_GAP = re.compile(r"(?<=[\d)}])\s+(?=[-−–+]?[\d.(\\√])")
_JOINING = re.compile(r"[\s,;]+(and|und|ve|or|oder|veya)$")
_ORS = frozenset({"or", "oder", "veya"})
_WITH = re.compile(r"\s*(?:,|;|and|with|mit|ve|x|×|\\times|by|\*)\s*(?=[\d(])")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if setting.kind == "shape" and _PRODUCT.fullmatch(text):
        return
    for how, other in (
        ("as a list", _unjoined(text, setting)[0]),
        ("as a list", _ARROW.sub(", ", text)),
        ("as a row", text if setting.kind == "set" else _TRANSPOSED.sub("", text)),
        ("without formula signs", _DOLLARS.sub(" ", text)),
    ):
        if other != text and other.strip():
            is_settled = how != "as a list" or _is_list(_unjoined(text, setting)[1], setting)
            yield Reading(other, is_settled, how)
    if setting.kind != "shape":
        yield from _signed(text, setting)
    yield from _unnamed(text, setting)
    if setting.kind == "shape":
        yield from _dimensions(text, setting)


def _signed(text: str, setting: Setting) -> Iterator[Reading]:
    """Give both signs of `±0.2`, and the elements of `0.2 -0.2`, where the minus is a sign."""
    if setting.kind == "list" and setting.count == _ENDS and (size := _BOTH.fullmatch(text)):
        for first, second in ("+-", "-+"):
            yield Reading(f"{first}{size[1]}, {second}{size[1]}", is_settled=False, how="both")
    elif (parts := _GAP.split(text.strip(" ()[]{}"))) and len(parts) == setting.count >= _ENDS:
        yield Reading(", ".join(parts), is_settled=False, how="as a list")


def _unjoined(text: str, setting: Setting) -> tuple[str, str]:
    """Return the numbers that a sign joins as a list, and the sign."""
    for sign, pattern in _JOINED.items():
        if (sign == "x" and setting.kind == "shape") or not pattern.fullmatch(text):
            continue
        if len(numbers := _FOUND[sign].findall(text)) == setting.count >= _ENDS:
            return ", ".join(numbers), sign
    return text, ""


def _is_list(sign: str, setting: Setting) -> bool:
    """Return whether numbers joined by a sign can only be a list: no range, quotient or product."""
    if setting.count == _ENDS and (setting.kind == "set" or sign == "/"):
        return False
    return sign != "x"


def _unnamed(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the values of named elements."""
    if (one := _NAMED.match(text)) and len(_NAMED.findall(text)) == 1:
        is_settled = not may_change(one[0].strip(" =:"))
        yield Reading(text[one.end() :], is_settled, how="without their names")
        return
    for pattern in (_NAMED, _LAYERS):
        names = [found[0] for found in pattern.finditer(text)]
        values = [_unjoining(value, setting.kind) for value in pattern.split(text)]
        if len(names) > 1 and not values[0]:
            is_plain = not any(may_change(name.strip(" =:")) for name in names)
            yield from in_order(
                names, values[1:], setting, "without their names", is_plain=is_plain
            )


def _unjoining(value: str, kind: str) -> str:
    """Return a value without what joins it to the next."""
    bare = value.strip(" ,;")
    found = _JOINING.search(bare)
    return bare[: found.start()] if found and (kind == "set" or found[1] not in _ORS) else bare


def _dimensions(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the numbers of `48 height, 48 width, 128 channels`."""
    words = [found[1] for found in _DIMENSIONS.finditer(text)]
    if words:
        bare = _WITH.sub("x", _DIMENSIONS.sub(" ", text))
        values = [value.strip() for value in bare.split("x")]
        is_plain = len(words) == len(values) or _ends_with_own(text, words, len(values))
        yield from in_order(words, values, setting, "without their names", is_plain=is_plain)


def _ends_with_own(text: str, words: list[str], count: int) -> bool:
    """Return whether the only word is behind the last number and is its name."""
    return (
        len(words) == 1
        and text.rstrip(" .)").endswith(words[0])
        and places_of(["h", "w", words[0]]) == tuple(range(count))
    )


AMBIGUITY = Ambiguity(
    "list_clothes",
    frozenset({"list", "shape", "set"}),
    _readings,
    rank=22,
    occurs=_OCCURS,
    signs="a-/~_|:>$^'\\=",
)
