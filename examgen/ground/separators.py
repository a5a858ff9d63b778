"""The signs in numbers: a decimal point and commas between thousands, or what a language has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w.,]*\d)")
_SIGN = re.compile(r"(?<=\d)(?:\{,\}|\.)(?=\d)")


def localize(latex: str, words: Mapping[str, str]) -> str:
    r"""Return a number in LaTeX with the signs of a language.

    Args:
        latex: with a point and commas: `20{,}695.68`.
        words: the fixed words of the language, its signs `decimal` and `thousands` among them.

    >>> localize("20{,}695.68", {"decimal": "{,}", "thousands": "\\,"})
    '20\\,695{,}68'
    """
    point, comma = words.get("decimal", "."), words.get("thousands", "{,}")
    if (point, comma) == (".", "{,}"):
        return latex
    return _SIGN.sub(lambda sign: point if sign[0] == "." else comma, latex)


def localize_plain(text: str, words: Mapping[str, str]) -> str:
    r"""Return a text whose numbers, written with points and commas, have the signs of a language.

    >>> localize_plain("from 1,250.5 to 1,300", {"decimal": "{,}", "thousands": "\\,"})
    'from 1 250,5 to 1 300'
    """
    point, comma = (
        words.get(name, usual).strip("{}").replace("\\,", " ")
        for name, usual in (("decimal", "."), ("thousands", ","))
    )
    signs = str.maketrans({".": point, ",": comma})
    return _NUMBER.sub(lambda found: found[0].translate(signs), text)
