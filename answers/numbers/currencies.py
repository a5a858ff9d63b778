"""Amounts of money: the sign before or behind the number, or the word, as the currency's code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.numbers.unit_names import CURRENCIES

if TYPE_CHECKING:
    from answers.numbers.units import Unit

# A sign or word, and the currencies that have it; the first where none of them is expected.
_SIGNS = {
    "$": "USD CAD AUD NZD SGD HKD MXN", "€": "EUR", "£": "GBP", "₤": "GBP", "¥": "JPY CNY",
    "₺": "TRY", "₹": "INR", "₽": "RUB", "₩": "KRW", "US$": "USD", "R$": "BRL", "C$": "CAD",
    "A$": "AUD", "kr": "SEK NOK DKK", "zł": "PLN", "Fr": "CHF", "Rs": "INR", "TL": "TRY",
    "dollar": "USD CAD AUD NZD SGD HKD", "US dollar": "USD", "dolar": "USD", "euro": "EUR",
    "avro": "EUR", "pound": "GBP", "lira": "TRY", "yen": "JPY", "yuan": "CNY", "rupee": "INR",
    **{code: code for code in CURRENCIES},
}  # fmt: skip
_LARGE = {
    "k": 3, "thousand": 3, "bin": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "milyon": 6,
    "b": 9, "bn": 9, "billion": 9, "milyar": 9,
}  # fmt: skip
SYMBOLS = frozenset("$€£₤¥₺₹₽₩")
_BY_LOWER = {sign.lower(): codes.split() for sign, codes in _SIGNS.items()}
_WORDS = "|".join(sorted((re.escape(s) for s in _SIGNS if s[0].isalpha()), key=len, reverse=True))
_MARK = re.compile(
    rf"(?<![A-Za-z])({_WORDS})(?:(?<=[a-z])s)?(?![A-Za-z])|([{''.join(SYMBOLS)}])", re.IGNORECASE
)
_MATH = re.compile(r"(?<!\\)\$([^$]*[^$\s\\])\$(?!\s*[\d(])")
_NUMBER = re.compile(r"\s*(?:[\d.,'\s+×x·*^(){}−-]|/(?=\s*[\d(])|e(?=[-+\d]))*[\d)]", re.IGNORECASE)
_SIZE = rf"\s*({'|'.join(sorted(_LARGE, key=len, reverse=True))})(?![A-Za-z])"
_SIZED = re.compile(rf"(.*\d){_SIZE}\s*", re.IGNORECASE | re.DOTALL)
_FOLLOWS = re.compile(_SIZE, re.IGNORECASE)
_BEHIND = re.compile(rf"[\d)}}.](?:{_SIZE}|\s*k)?\s*$", re.IGNORECASE)
_SIDES = re.compile(r"(=|≈)")


def currency(unit: Unit) -> str:
    """Return the currency that a unit counts; empty where it counts none."""
    return next((name for name, _ in unit.dimension if name in CURRENCIES), "")


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
    marks = list(_MARK.finditer(text))
    codes = {_code(mark[1] or mark[2], expected) for mark in marks}
    if len(codes) != 1:
        return text
    before, after = _MARK.sub("", text[: marks[-1].start()]), text[marks[-1].end() :]
    if _BEHIND.search(before):
        return f"{_sized(before)} {codes.pop()} {after}"
    number = _NUMBER.match(after)
    end = number.end() if number else len(after)
    size = _FOLLOWS.match(after, end)
    end = size.end() if size else end
    return f"{before}{_sized(after[:end].strip())} {codes.pop()} {after[end:]}"


def _code(mark: str, expected: str) -> str:
    found = _BY_LOWER[mark.lower()]
    return expected if expected in found else found[0]


def _sized(amount: str) -> str:
    """Return an amount such as `2.5k` with the power of ten that it names."""
    size = _SIZED.fullmatch(amount)
    return f"{size[1]}*10^{_LARGE[size[2].lower()]}" if size else amount.rstrip()
