"""Names of bytes and bits with prefixes, by the one convention and by the other.

IEC 80000-13 has kB for 1000 B and KiB for 1024 B; many people write KB for both.
"""

from __future__ import annotations

import re

_SYMBOL = re.compile(r"(?<![A-Za-z\\])([kKMGTPE])(?=(?:[bB]|[bB]its?|[bB]ytes?)(?![A-Za-z]))")
_WORD = re.compile(
    r"(?<![a-z\\])(ki|me|gi|te|pe)(?:lo|ga|ra|ta)(?=(?:bits?|bytes?|bayt)(?![a-z]))", re.IGNORECASE
)
_LOWER = re.compile(r"(?<![A-Za-z\\])([kmgt])b(?=(?:ytes?)?(?![A-Za-z]))")


def by_1024(text: str) -> str:
    """Return a text whose decimal prefixes of bytes and bits are read as powers of 1024.

    >>> by_1024("38.9 KB"), by_1024("2 Mbit/s"), by_1024("3 megabytes"), by_1024("3 MiB")
    ('38.9 KiB', '2 Mibit/s', '3 mebibytes', '3 MiB')
    """
    text = _SYMBOL.sub(lambda found: f"{found[1].upper()}i", text)
    return _WORD.sub(lambda found: f"{found[1]}bi", text)


def with_capitals(text: str) -> str:
    """Return a text whose kb, mb, gb and tb are bytes.

    >>> with_capitals("1.18 mb"), with_capitals("1.18 Mb")
    ('1.18 MB', '1.18 Mb')
    """
    return _LOWER.sub(lambda found: f"{'k' if found[1] == 'k' else found[1].upper()}B", text)
