"""The value's own noun, unit or remark beside it: `9728 parameters`, `4 pixels on each side`."""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.ambiguities.base import COLLECTIONS, NUMBERS, VALUES, Ambiguity, Reading
from answers.ambiguities.chains import sides_of
from answers.ambiguities.units.unit_readings import unit_or_none
from answers.ambiguities.wording import may_change
from answers.kinds.stated_value import value_of
from answers.numbers.units import parse_unit
from answers.syntax.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

# Words that say nothing about which value it is.
_SMALL = frozenset(
    "a an the of in on at per for each every all both and with by including incl total totals"
    " overall altogether side sides unit units exactly only here output outputs result needed"
    " required used learnable trainable learned new ones respectively as is are long wide high deep"
    " tall there we get you answer number count amount pro je insgesamt toplam tane adet".split()
)
# Words that say what is counted beside something else.
_BESIDES = frozenset("bias biases".split())
_WITH = frozenset("with including incl and both".split())
# In a shape, these say which number it is.
_SIDES = frozenset("long wide high deep tall".split())
_TAIL = re.compile(r"(?<=[\d)\]}.$%])\s*((?:[^\W\d_]|[-_/'’.×²]|\s(?=[^\W\d_(]))+)\s*[.!]?\s*$")
_REMARK = re.compile(r"(?<=[\w)\]}.%$])\s*[(\[]\s*([^()\[\]<>?]+?)\s*[)\]]\s*\.?\s*$")
_BESIDE = re.compile(r"(?<=\d)\s*([^\W\d_]{2,})(?=\s*(?:[,;x×)\]]|and\b|by\b|$))")
_LAST_WORD = re.compile(r"(?<=\S)\s+([A-Za-z]+)\s*\.?\s*$")
_HEAD = re.compile(r"\s*([^\W\d_][^\W\d]*(?:[ -][^\W\d_]+)*)\s+(?=[\d(+\-−])")
_OCCURS = re.compile(
    r"[^\W\d_][-_/'’.×²!\s]*\Z|[\w)\]}.%$]\s*[(\[][^()\[\]<>?]+[)\]]\s*\.?\s*\Z"
    r"|\d\s*[^\W\d_]{2}|\A\s*[^\W\d_].*\s[\d(+\-−]"
)
_REFUSED = frozenset("or not either wrong maybe perhaps if nor but unsure oder veya".split())
# A remark that goes on computing.
_SAYS = re.compile(r"[=×,]|\sx\s")  # of letters: (σ = 4), (H x W x C)
_ADDED = re.compile(r"^\s*[-+−±*×·/÷]\s*\d|\b(?:times|plus|x|mal|artı|çarpı)\s*\d", re.IGNORECASE)
_SCALES = frozenset("kKMGT")
# Short forms of words that name a value.
_SHORT = {
    "parameters": "params param", "pixels": "px pixel", "operations": "ops op", "bytes": "b byte",
    "weights": "weight", "layers": "layer", "multiply": "macs mac", "seconds": "s sec",
}  # fmt: skip
_WORD_LENGTH = 4
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    nouns = _words_of(setting.options.nouns)
    last = text.rstrip()[-1:]
    if (last.isalpha() or last in ".!²×’'") and (tail := _TAIL.search(text)):
        rest = text[: tail.start()]
        if not (setting.kind == "shape" and _SIDES & set(tail[1].split())):
            yield from _without(tail[1], rest, nouns)
        yield from _in_unit(tail[1], rest, setting)
    if setting.kind == "expression" and (word := _LAST_WORD.search(text)):
        is_noun = word[1] not in setting.names and word[1].casefold() in nouns
        if is_noun or word[1] in setting.options.nouns:
            yield Reading(text[: word.start()], is_settled=True, how="without its noun")
    remark = _REMARK.search(text) if last in ")]." else None
    if remark and (setting.kind != "expression" or _is_sentence(remark)):
        yield from _without_remark(remark[1], text[: remark.start()], text[remark.start()])
    if setting.kind in COLLECTIONS:
        bare = _BESIDE.sub(lambda found: "" if _is_own(found[1], nouns) else found[0], text)
        if bare != text:
            yield Reading(bare, is_settled=True, how="without its nouns")
    if setting.kind in NUMBERS and (head := _HEAD.match(text)):
        yield from _without(head[1], text[head.end() :], nouns)


def _is_sentence(remark: re.Match[str]) -> bool:
    """Return whether brackets behind an expression hold words, and no factor of it."""
    words = _WORD.findall(remark[1])
    return remark[0][:1].isspace() and any(len(word) >= _WORD_LENGTH for word in words)


def _without_remark(remark: str, rest: str, before: str) -> Iterator[Reading]:
    """Give a text without the remark in brackets behind it, if it is no factor of the value."""
    words = {word.casefold() for word in _WORD.findall(remark)}
    is_whole = not any(map(str.isdigit, remark))
    if words & _REFUSED or _is_unit(remark):
        return
    if words and remark not in _SCALES:
        is_word = any(len(word) > 1 for word in words) or _SAYS.search(remark) is not None
        is_settled = is_word and not may_change(remark) and _ADDED.search(remark) is None
    elif "=" in remark or before.isspace():
        stated = {value_of(side) for side in (rest, *sides_of(remark))}
        is_settled = len(stated) == 1 and None not in stated
    else:
        return
    yield Reading(rest, is_settled, how="without the remark", is_whole=is_whole)


def _without(phrase: str, rest: str, nouns: frozenset[str]) -> Iterator[Reading]:
    words = {word.casefold() for word in _WORD.findall(phrase)}
    known = _SMALL | nouns | (_BESIDES if words & _WITH else frozenset())
    if words and rest.strip() and words <= known and not _is_letter(words, phrase, nouns):
        is_settled = not phrase.lstrip().startswith("/")
        yield Reading(rest, is_settled, how="without its noun")


def _is_letter(words: set[str], phrase: str, nouns: frozenset[str]) -> bool:
    """Return whether the words are a letter that something is computed with: `7 - a`, `7 a`."""
    if any(len(word) > 1 for word in words):
        return False
    return not words <= nouns or phrase.lstrip()[:1] in {"-", "/"}


@lru_cache(1_024)
def _words_of(nouns: tuple[str, ...]) -> frozenset[str]:
    """Return the words of the nouns, each in singular and plural as English forms it."""
    words = {word.casefold() for noun in nouns for word in _WORD.findall(noun)}
    short = {other for word in words for other in _SHORT.get(word, "").split()}
    ends = {f"{word}s" for word in words} | {word.removesuffix("s") for word in words}
    return frozenset(words | short | {word for word in ends if len(word) > 2})


def _is_own(word: str, nouns: frozenset[str]) -> bool:
    return word.casefold() in nouns


def _in_unit(phrase: str, rest: str, setting: Setting) -> Iterator[Reading]:
    """Yield a value in a unit that measures what a noun does: 0.2 TFLOPS for the noun GFLOPS."""
    if not setting.options.nouns:
        return
    with suppress(Unreadable):
        mine = parse_unit(phrase.strip(" ."))
        for noun in setting.options.nouns:
            if (theirs := unit_or_none(noun)) is None or theirs.dimension != mine.dimension:
                continue
            factor = mine.factor / theirs.factor
            if factor == 1:
                yield Reading(rest, is_settled=True, how=f"in {noun}")
            else:
                yield Reading(_scaled(rest, factor), is_settled=True, how=f"in {noun}")
            return


_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?")


def _scaled(text: str, factor: Fraction) -> str:
    return _NUMBER.sub(lambda found: _times(found[0].replace(",", "."), factor), text)


def _times(number: str, factor: Fraction) -> str:
    value = Fraction(number) * factor
    return str(value) if value.denominator == 1 else f"({value})"


def _is_unit(text: str) -> bool:
    return unit_or_none(text) is not None


AMBIGUITY = Ambiguity(
    "nouns",
    VALUES - {"quantity"} | {"expression"},
    _readings,
    rank=14,
    occurs=_OCCURS,
    signs="a)]",
)
