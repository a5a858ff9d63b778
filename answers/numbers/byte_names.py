"""Names of bytes and bits with prefixes, by the one convention and by the other.

IEC 80000-13 has kB for 1000 B and KiB for 1024 B; many people write KB for both.
"""

from __future__ import annotations

import re
from functools import lru_cache

from answers.numbers.unit_table import unit_table

_LOWER = re.compile(r"(?<![A-Za-z\\])([kmgt])b(?=(?:ytes?)?(?![A-Za-z]))")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of a prefix before bytes or bits, as a sign and as a word."""
    prefixes = unit_table().thousands
    signs = "".join(name for name in prefixes if len(name) == 1)
    words = "|".join(name for name in prefixes if len(name) > 1)
    return (
        re.compile(rf"(?<![A-Za-z\\])([{signs}])(?=(?:[bB]|[bB]its?|[bB]ytes?)(?![A-Za-z]))"),
        re.compile(rf"(?<![a-z\\])({words})(?=(?:bits?|bytes?|bayt)(?![a-z]))", re.IGNORECASE),
    )


def by_1024(text: str) -> str:
    """Return a text whose decimal prefixes of bytes and bits are read as powers of 1024.

    >>> by_1024("38.9 KB"), by_1024("2 Mbit/s"), by_1024("3 megabytes"), by_1024("3 MiB")
    ('38.9 KiB', '2 Mibit/s', '3 mebibytes', '3 MiB')
    """
    for pattern in _patterns():
        text = pattern.sub(lambda found: unit_table().thousands[_known(found[1])], text)
    return text


def _known(prefix: str) -> str:
    return prefix if len(prefix) == 1 else prefix.lower()


def with_capitals(text: str) -> str:
    """Return a text whose kb, mb, gb and tb are bytes.

    >>> with_capitals("1.18 mb"), with_capitals("1.18 Mb")
    ('1.18 MB', '1.18 Mb')
    """
    return _LOWER.sub(lambda found: f"{'k' if found[1] == 'k' else found[1].upper()}B", text)
