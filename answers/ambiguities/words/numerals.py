"""Numbers in words: `38.5 million`, `294.912k`, `eighty`, `yüz yirmi`, `III`, `two hundred`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import NUMBERS, VALUES, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_SCALES = {
    "hundred": 2, "thousand": 3, "million": 6, "millions": 6, "mio": 6, "mn": 6, "billion": 9,
    "billions": 9, "bn": 9, "trillion": 12, "tausend": 3, "millionen": 6, "milliarden": 9,
    "bin": 3, "milyon": 6, "milyar": 9, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7, "mil": 6,
}  # fmt: skip
_LETTERS = {"k": 3, "K": 3, "M": 6}
# Nothing is counted behind it: what `2 thousand 176` is, is a sum.
_DIGITS = re.compile(r"(?<=[\d)])\s*([A-Za-z]+)\b\.?(?!\s*(?:and\s+)?[\d(])")
_PARTS = re.compile(r"\s*(?:(?:and\s+)?(\d+)\s*([A-Za-z]{3,})?\s*){2,4}\.?\s*")
_PART = re.compile(r"(\d+)\s*([A-Za-z]{3,})?")
_UNITS = {
    word: number
    for row in (
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen"
            " fourteen fifteen sixteen seventeen eighteen nineteen"
        ),
        "sıfır bir iki üç dört beş altı yedi sekiz dokuz on",
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    )
    for number, word in enumerate(row.split())
} | {"none": 0, "nil": 0, "nothing": 0, "yok": 0}
_TENS = {
    word: 10 * number
    for row in (
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "yirmi otuz kırk elli altmış yetmiş seksen doksan",
        "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    )
    for number, word in enumerate(row.split(), 2)
}
_HUNDREDS = {"hundred": 100, "yüz": 100, "hundert": 100}
_THOUSANDS = {word: 10**_SCALES[word] for word in ("thousand", "million", "billion", "bin",
              "milyon", "milyar", "tausend")}  # fmt: skip
_JOINING = frozenset({"and", "und", "ve", "a"})
_WORDS = re.compile(r"\s*((?:[^\W\d_]+[\s-]+)*[^\W\d_]+)\s*\.?\s*")
_ROMAN = re.compile(
    r"(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})|(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50}
_OCCURS = re.compile(r"[\d)]\s*[A-Za-z]|\A\D*[A-Za-z]\D*\Z")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if setting.kind in NUMBERS and (roman := _roman(text.strip(" .()"))):
        yield Reading(str(roman), is_settled=False, how="as a Roman numeral")
    if setting.kind in NUMBERS and (total := _sum(text)) is not None:
        yield Reading(str(total), is_settled=True, how="as a numeral")
    scaled = _DIGITS.sub(lambda found: _power(found, setting.kind), text)
    if scaled != text:
        yield Reading(scaled, is_settled=True, how="with its power of ten")
    elif setting.kind in NUMBERS and (words := _WORDS.fullmatch(text)):
        said = words[1].casefold().replace("-", " ").split()
        count = next((n for n in range(len(said), 0, -1) if _value(said[:n]) is not None), 0)
        if count:
            text = " ".join([str(_value(said[:count])), *said[count:]])
            yield Reading(text, is_settled=True, how="as a numeral")


def _roman(text: str) -> int:
    """Return the value of a Roman numeral; 0 where it is none."""
    found = _ROMAN.fullmatch(text)
    if found is None:
        return 0
    values = [_ROMAN_DIGITS[sign] for sign in text.upper()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _power(found: re.Match[str], kind: str) -> str:
    word = found[1]
    power = _SCALES.get(word.lower()) if len(word) > 1 else None
    if power is None and kind != "quantity":
        power = _LETTERS.get(word)
    return found[0] if power is None else f"*10^{power}"


def _sum(text: str) -> int | None:
    """Return the value of `2 thousand 176` or `3 million 500 thousand`; None where it is none."""
    if _PARTS.fullmatch(text) is None:
        return None
    parts = _PART.findall(text)
    if len(parts) < 2 or not all(word.lower() in _SCALES for _, word in parts[:-1]):
        return None
    total, room = 0, 10**13
    for digits, word in parts:
        if word and word.lower() not in _SCALES:
            return None
        size = 10 ** _SCALES[word.lower()] if word else 1
        if int(digits) * size >= room or size >= room:
            return None
        total, room = total + int(digits) * size, size
    return total


def _value(words: list[str]) -> int | None:
    """Return the number that words say; None where they say none, or several in a row."""
    words = [word for word in words if word not in _JOINING]
    if len(words) == 1 and not _UNITS.get(words[0], 1):
        return 0
    total, room, group = 0, 10**12, 0
    for word in words:
        if (size := _THOUSANDS.get(word)) is not None:
            if size >= room:
                return None
            total, room, group = total + (group or 1) * size, size, 0
        elif (sum_ := _joined(group, word)) is None or sum_ >= room:
            return None
        else:
            group = sum_
    return total + group if words else None


def _joined(group: int, word: str) -> int | None:
    """Return a number below a thousand with one more word; None where it cannot follow."""
    if word in _HUNDREDS:
        return 100 * (group or 1) if group < 10 else None
    size = _TENS.get(word) or _UNITS.get(word)
    if not size:
        return None
    place = 100 if word in _TENS or size >= 10 else 10
    return group + size if group % place == 0 else None


AMBIGUITY = Ambiguity(
    "numerals",
    VALUES,
    _readings,
    rank=13,
    occurs=_OCCURS,
    signs="a",
)
