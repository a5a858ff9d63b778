"""Files of an exam folder in which a person is named."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

LEAST = 3  # characters of a name or an id that is looked for
_ENCODINGS = ("utf-8", "utf-16-le", "latin-1", "cp1254")


def traces(folder: Path, signs: Sequence[str]) -> Iterator[Path]:
    """Yield every file whose name or content has one of the signs, also within zip archives."""
    wanted = {raw for sign in signs if len(sign) >= LEAST for raw in _encoded(sign)}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and any(
            _has(content.lower(), wanted)
            for content in _contents(path.name.encode(), path.read_bytes())
        ):
            yield path


def names(text: str, signs: Sequence[str]) -> bool:
    """Return whether a text has one of the signs as a word of its own."""
    return any(_word(re.escape(sign)).search(text) for sign in signs if len(sign) >= LEAST)


def _has(content: bytes, wanted: Iterable[bytes]) -> bool:
    """Return whether a content has one of the texts as a word of its own; all in small letters."""
    return any(
        re.search(rb"(?<![0-9a-z])" + re.escape(raw) + rb"(?![0-9a-z])", content)
        for raw in wanted
        if raw in content  # far quicker, and true of few files
    )


def _contents(name: bytes, raw: bytes) -> Iterator[bytes]:
    """Yield a file's name and content, and those of the members of a zip archive or workbook."""
    yield name
    yield raw
    if zipfile.is_zipfile(BytesIO(raw)):
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                yield archive.read(member)


def _encoded(sign: str) -> Iterator[bytes]:
    """Yield a text as files may have it, in small letters."""
    for encoding in _ENCODINGS:
        try:
            yield sign.encode(encoding).lower()
        except UnicodeEncodeError:
            continue


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)
