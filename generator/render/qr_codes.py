"""The code on each page: a QR code of exam, paper and page, for sorting prints.

QR codes of texts of one length are linear: the code of a text is that of a first text, changed at
each character by what this character alone would change. So few codes are ever encoded.
"""

from __future__ import annotations

from functools import lru_cache

import segno

PAGES = 32


def page_codes(exam: str, paper: str) -> tuple[int, tuple[tuple[int, str], ...]]:
    """The codes of a paper's pages.

    Args:
        exam: the exam's code.
        paper: the paper's id.

    Returns:
        The number of modules on a side, and for each page its code as rows of hexadecimal bits,
        a row padded to whole bytes. Page 0 stands for every page beyond the last.
    """
    text = f"{exam}/{paper}/00"
    size, bits = _encoded("0" * len(text))
    for place, character in enumerate(text):
        bits ^= _change(len(text), place, character)
    digits = 2 * size * _bytes(size)
    codes = (f"{bits ^ page:0{digits}X}" for page in _pages(len(text)))
    return size, tuple(enumerate(codes))


@lru_cache(maxsize=64)
def _pages(length: int) -> tuple[int, ...]:
    """What each number of a page at a text's end changes."""
    tens, ones = length - 2, length - 1
    return tuple(
        _change(length, tens, f"{page // 10}") ^ _change(length, ones, f"{page % 10}")
        for page in range(PAGES + 1)
    )


@lru_cache(maxsize=4096)
def _change(length: int, place: int, character: str) -> int:
    """What a character at a place changes in the code of a text of zeros."""
    zeros = "0" * length
    text = zeros[:place] + character + zeros[place + 1 :]
    return _encoded(zeros)[1] ^ _encoded(text)[1]


@lru_cache(maxsize=64)
def _encoded(text: str) -> tuple[int, int]:
    """The modules on a side of a text's code, and its rows, padded to bytes, as one number."""
    code = segno.make_qr(text, error="m", mask=3, mode="byte", boost_error=False)
    size = len(code.matrix)
    padding = 8 * _bytes(size) - size
    bits = 0
    for row in code.matrix:
        for module in row:
            bits = bits << 1 | module
        bits <<= padding
    return size, bits


def _bytes(size: int) -> int:
    return (size + 7) // 8
