"""Files: what authors wrote is read, and what is written is there whole or not at all."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault, InputError, unread

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


def read_utf8(path: Path | Traversable, what: str) -> tuple[bytes, str]:
    """A file of an author's: its bytes, and its text.

    Raises:
        InputError: it cannot be read; it should have been `what`.
    """
    try:
        raw = path.read_bytes()
        return raw, raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(str(path), 1, unread(error), f"name {what} in UTF-8")
        raise InputError([fault]) from error


def write_whole(path: Path, text: str) -> Path:
    """Writes a text such that an interruption leaves no half of it under the file's name."""
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    return unfinished.replace(path)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
