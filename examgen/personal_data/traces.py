"""Files of an exam folder in which a person is named."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LEAST = 3  # characters of a name or an id that is looked for
_ENCODINGS = ("utf-8", "utf-16-le", "latin-1", "cp1254")


def traces(folder: Path, signs: Sequence[str]) -> Iterator[Path]:
    """Yield every file whose name or content has one of the signs, also within zip archives."""
    patterns = [pattern for sign in signs if len(sign) >= LEAST for pattern in _patterns(sign)]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and any(map(bool, _found(path, patterns))):
            yield path


def names(text: str, signs: Sequence[str]) -> bool:
    """Return whether a text has one of the signs as a word of its own."""
    return any(_word(re.escape(sign)).search(text) for sign in signs if len(sign) >= LEAST)


def _found(path: Path, patterns: Sequence[re.Pattern[bytes]]) -> Iterator[bool]:
    for content in _contents(path.name.encode(), path.read_bytes()):
        yield any(pattern.search(content) for pattern in patterns)


def _contents(name: bytes, raw: bytes) -> Iterator[bytes]:
    """Yield a file's name and content, and those of the members of a zip archive or workbook."""
    yield name
    yield raw
    if zipfile.is_zipfile(BytesIO(raw)):
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield archive.read(member)


def _patterns(sign: str) -> Iterator[re.Pattern[bytes]]:
    for encoding in _ENCODINGS:
        try:
            raw = sign.encode(encoding)
        except UnicodeEncodeError:
            continue
        yield re.compile(rb"(?<![0-9A-Za-z])" + re.escape(raw) + rb"(?![0-9A-Za-z])", re.IGNORECASE)


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
