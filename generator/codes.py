"""The code on each page: a QR code of exam, paper and page, for sorting prints.

QR codes of texts of one length are linear: the code of a text that differs in two places is the
sum of the codes that differ in one. So a paper costs one encoding, whatever its number of pages.
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
    size, bits = _encoded(text)
    pages = _pages(len(text))
    return size, tuple((n, _rows(bits ^ pages[0] ^ page, size)) for n, page in enumerate(pages))


@lru_cache(maxsize=64)
def _pages(length: int) -> tuple[int, ...]:
    """The codes of some text of a length with each number of a page at its end."""
    start = "x" * (length - 3)
    return tuple(_encoded(f"{start}/{page:02d}")[1] for page in range(PAGES + 1))


def _encoded(text: str) -> tuple[int, int]:
    """The modules of a text's code, row by row, as one number."""
    code = segno.make_qr(text, error="m", mask=3, mode="byte", boost_error=False)
    bits = 0
    for row in code.matrix:
        for module in row:
            bits = bits << 1 | module
    return len(code.matrix), bits


def _rows(bits: int, size: int) -> str:
    width = (size + 7) // 8
    mask = (1 << size) - 1
    rows = (bits >> size * (size - 1 - number) & mask for number in range(size))
    return "".join(f"{row << 8 * width - size:0{2 * width}X}" for row in rows)
