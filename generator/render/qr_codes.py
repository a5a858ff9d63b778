"""The code on each page: a QR code of exam, paper, page and make, by which scans are sorted.

QR codes of texts of one length are linear: the code of a text is that of a first text, changed at
each character by what this character alone would change. So few codes are ever encoded.
"""

from __future__ import annotations

from functools import lru_cache

import segno

from examgen.folder.pages.page_code import PageCode

PAGES = 32
LEVELS, MODULES = "hqm", 29  # the most damage that a code of so many modules can stand


def page_codes(exam: str, paper: str, checksum: str) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Return the codes of a paper's pages.

    Args:
        exam: the exam's code.
        paper: the paper's id.
        checksum: of the paper as it is made.

    Returns:
        The number of modules on a side, and for each page its code as rows of hexadecimal bits,
        a row padded to whole bytes. Page 0 stands for every page beyond the last.
    """
    text, at = PageCode(exam, paper, 0, checksum).text, len(f"{exam}/{paper}/")
    size, bits = _encoded("0" * len(text))
    for place, character in enumerate(text):
        bits ^= _change(len(text), place, character)
    digits = 2 * size * _bytes(size)
    codes = (f"{bits ^ page:0{digits}X}" for page in _pages(len(text), at))
    return size, tuple(enumerate(codes))


def single_code(code: PageCode) -> tuple[int, str]:
    """Return the code of one page: modules on a side, and rows as `page_codes` gives them."""
    size, bits = _encoded(code.text)
    return size, f"{bits:0{2 * size * _bytes(size)}X}"


@lru_cache(maxsize=64)
def _pages(length: int, tens: int) -> tuple[int, ...]:
    """Return what each number of a page changes whose two digits are at a place of the text."""
    ones = tens + 1
    return tuple(
        _change(length, tens, f"{page // 10}") ^ _change(length, ones, f"{page % 10}")
        for page in range(PAGES + 1)
    )


@lru_cache(maxsize=4096)
def _change(length: int, place: int, character: str) -> int:
    """Return what a character at a place changes in the code of a text of zeros."""
    zeros = "0" * length
    text = zeros[:place] + character + zeros[place + 1 :]
    return _encoded(zeros)[1] ^ _encoded(text)[1]


@lru_cache(maxsize=64)
def _encoded(text: str) -> tuple[int, int]:
    """Return how many modules a side of the code has, and its rows, padded, as one number."""
    code = _made(text, _level(len(text)))
    size = len(code.matrix)
    padding = 8 * _bytes(size) - size
    bits = 0
    for row in code.matrix:
        for module in row:
            bits = bits << 1 | module
        bits <<= padding
    return size, bits


@lru_cache(maxsize=64)
def _level(length: int) -> str:
    """Return the level that stands most damage and keeps the modules of so long a text large."""
    sizes = ((level, len(_made("0" * length, level).matrix)) for level in LEVELS)
    return next((level for level, size in sizes if size <= MODULES), LEVELS[-1])


def _made(text: str, level: str) -> segno.QRCode:
    return segno.make_qr(text, error=level, mask=3, mode="byte", boost_error=False)


def _bytes(size: int) -> int:
    return (size + 7) // 8
