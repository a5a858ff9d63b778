"""Cells of a platform that hold HTML, as what is typed into Canvas's editor does."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from grader.intake.formats.lines import plain
from grader.records.submissions import Doubt

if TYPE_CHECKING:
    from grader.records.submissions import Given

# An answer such as `x<p` is no markup: markup begins and ends with a tag that editors write.
_TAGS = "p|div|span|br|strong|em|b|i|u|s|ul|ol|li|table|tbody|tr|td|pre|code|sup|sub|h[1-6]|img|a"
_MARKUP = re.compile(
    rf"\s*<(?:{_TAGS})(?:\s[^<>]*)?/?>.*</?(?:{_TAGS})(?:\s[^<>]*)?/?>\s*", re.DOTALL
)
_BREAK = re.compile(r"\s*<(?:br|img)(?:\s[^<>]*)?/?>\s*")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}\d?|#\d{1,6}|#x[0-9a-f]{1,5});", re.IGNORECASE)
_FORMULA = re.compile(r'<img\s[^<>]*?data-equation-content="([^"<>]*)"[^<>]*>')
_UNREAD = re.compile(r"<(?:img|iframe|video|audio|object|embed|canvas|svg|math)\b", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


def typed_text(text: str) -> Given:
    """Return what was typed into an editor that keeps HTML; what is not markup is itself.

    >>> typed_text("<p>48 &times; 48</p>"), typed_text("x<p and q>2"), typed_text("9728&nbsp;")
    ('48 × 48', 'x<p and q>2', '9728')
    """
    if not (_MARKUP.fullmatch(text) or _BREAK.fullmatch(text)):
        return _spaced(html.unescape(text)) if _ENTITY.search(text) else text
    shown = _FORMULA.sub(lambda found: html.escape(html.unescape(found[1])), text)
    if _UNREAD.search(shown):
        return Doubt("the answer holds a picture or another thing beside its text", (text,))
    return _spaced(plain(shown))


def _spaced(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
