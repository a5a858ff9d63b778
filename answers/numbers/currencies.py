"""Amounts of money: the sign before or behind the number, or the word, as the currency's code."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.numbers.unit_table import unit_table
from examgen.ground.record import record

if TYPE_CHECKING:
    from answers.numbers.units import Unit

_MATH = re.compile(r"(?<!\\)\$([^$]*[^$\s\\])\$(?!\s*[\d(])")
_NUMBER = re.compile(r"\s*(?:[\d.,'\s+×x·*^(){}−-]|/(?=\s*[\d(])|e(?=[-+\d]))*[\d)]", re.IGNORECASE)
_SIDES = re.compile(r"(=|≈)")


@record
class _Patterns:
    """The patterns that the table of units gives.

    Attributes:
        mark: a sign, code or word of a currency.
        sized: an amount with a word for its size.
        size: such a word behind an amount.
        behind: the end of a number that a currency is behind.
    """

    mark: re.Pattern[str]
    sized: re.Pattern[str]
    size: re.Pattern[str]
    behind: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    names = sorted(map(re.escape, unit_table().money), key=len, reverse=True)
    words = "|".join(name for name in names if name[0].isalpha())
    size = rf"\s*({'|'.join(sorted(unit_table().amounts, key=len, reverse=True))})(?![A-Za-z])"
    mark = rf"(?<![A-Za-z])({words})(?:(?<=[a-z])s)?(?![A-Za-z])|([{''.join(_signs())}])"
    return _Patterns(
        mark=re.compile(mark, re.IGNORECASE),
        sized=re.compile(rf"(.*\d){size}\s*", re.IGNORECASE | re.DOTALL),
        size=re.compile(size, re.IGNORECASE),
        behind=re.compile(rf"[\d)}}.](?:{size}|\s*k)?\s*$", re.IGNORECASE),
    )


@lru_cache(maxsize=1)
def _signs() -> frozenset[str]:
    return frozenset(sign for sign in unit_table().money if len(sign) == 1 and not sign.isalpha())


def has_sign(text: str) -> bool:
    """Return whether a text has the sign of a currency."""
    return not _signs().isdisjoint(text)


def currency(unit: Unit) -> str:
    """Return the currency that a unit counts; empty where it counts none."""
    return next((name for name, _ in unit.dimension if name in unit_table().currencies), "")


def money_in_words(text: str, expected: str = "USD") -> str:
    """Return an amount of money with the currency's code behind the number.

    Args:
        text: the answer.
        expected: the currency that a sign shared by several stands for.

    >>> money_in_words("-$1,500/h"), money_in_words("15€"), money_in_words("$2.5k")
    ('-1,500 USD /h', '15 EUR ', '2.5*10^3 USD ')
    """
    text = _MATH.sub(r"\1", text).replace("\\$", "$").replace("\\euro", "€")
    return "".join(_side(side, expected) for side in _SIDES.split(text))


def _side(text: str, expected: str) -> str:
    patterns = _patterns()
    marks = list(patterns.mark.finditer(text))
    codes = {_code(mark[1] or mark[2], expected) for mark in marks}
    if len(codes) != 1:
        return text
    before, after = patterns.mark.sub("", text[: marks[-1].start()]), text[marks[-1].end() :]
    if patterns.behind.search(before):
        return f"{_sized(before)} {codes.pop()} {after}"
    number = _NUMBER.match(after)
    end = number.end() if number else len(after)
    size = patterns.size.match(after, end)
    end = size.end() if size else end
    return f"{before}{_sized(after[:end].strip())} {codes.pop()} {after[end:]}"


def _code(mark: str, expected: str) -> str:
    found = unit_table().money[mark.lower()]
    return expected if expected in found else found[0]


def _sized(amount: str) -> str:
    """Return an amount such as `2.5k` with the power of ten that it names."""
    size = _patterns().sized.fullmatch(amount)
    return f"{size[1]}*10^{unit_table().amounts[size[2].lower()]}" if size else amount.rstrip()
