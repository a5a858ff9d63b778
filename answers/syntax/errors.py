"""Errors in a text that should be an answer."""

from __future__ import annotations

from examgen.ground.errors import ExamgenError


class Unreadable(ExamgenError):
    """A text is not an answer of the kind asked for.

    Attributes:
        text: the text, as far as it is shown.
        at: the place of the trouble, counted from 0.
        what: what is the matter there.
    """

    def __init__(self, text: str, at: int, what: str) -> None:
        self.text, self.at, self.what = text, at, what
        super().__init__(what)

    def caret(self) -> str:
        """Return the trouble, the text, and a caret under the place."""
        start = max(0, self.at - 30)
        shown = self.text[start : start + 60]
        return f"{self.what}\n  {shown}\n  {' ' * (self.at - start)}^"


class UnreadableKey(ExamgenError):
    """The expected answer or the options of a comparison cannot be used: the author's mistake."""


class TooLarge(Exception):
    """A number would have more digits than anything in an exam; never shown to people."""


class NotDecidable(Exception):
    """A condition that is not made of polynomials, or of too large ones; never shown to people."""
