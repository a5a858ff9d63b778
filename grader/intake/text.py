"""The text of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.errors import Fault

if TYPE_CHECKING:
    from grader.files import Content


def decoded(content: Content) -> tuple[str, list[Fault]]:
    """The text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252 with a notice."""
    raw = content.raw
    is_utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return raw.decode("utf-16" if is_utf16 else "utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = f"this is not UTF-8 (byte 0x{raw[error.start]:02x}); read as Windows-1252"
        fix = "check names and signs, or save it as UTF-8 and grade again"
        text = raw.decode("cp1252", errors="replace")
        return text, [Fault(content.name, line, what, fix)]
