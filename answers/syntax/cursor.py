"""Moving along the words of a text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from answers.syntax.errors import Unreadable
from answers.syntax.tokenizer import Comma, Token, tokenize

if TYPE_CHECKING:
    from collections.abc import Callable

    from answers.syntax.nodes import Node
    from answers.syntax.normalize import Limits
    from answers.syntax.vocabulary import Names


class Cursor(ABC):
    """A text as words, and the place up to which it is read."""

    def __init__(self, text: str, names: Names, comma: Comma, limits: Limits) -> None:
        self.text, self.names, self.limits = text, names, limits
        self.tokens = tokenize(text, limits, comma)
        self.comma = comma
        self.at = 0
        self.depth = 0
        self.bars = 0
        self.outward = False

    @property
    def next(self) -> Token:
        """The word that is read next."""
        return self.tokens[self.at]

    def is_next(self, *signs: str) -> bool:
        """Whether one of some signs comes next."""
        return self.tokens[self.at].text in signs

    def take(self) -> Token:
        """The next word, which is then behind."""
        token = self.tokens[self.at]
        if token.kind == "end":
            raise self.error("the answer ends too early")
        self.at += 1
        return token

    def expect(self, sign: str) -> None:
        """Takes a sign that has to come."""
        if not self.is_next(sign):
            raise self.error(f"{sign.removeprefix(chr(92))!r} is missing here")
        self.at += 1

    def error(self, what: str, at: int | None = None) -> Unreadable:
        """An error at the next word."""
        return Unreadable(self.text, self.next.at if at is None else at, what)

    def nested(self, rule: Callable[[], Node]) -> Node:
        """Applies a rule one level deeper."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise self.error("the answer is nested too deeply")
        node = rule()
        self.depth -= 1
        return node

    @abstractmethod
    def everything(self) -> Node:
        """The whole text."""

    @abstractmethod
    def logic(self) -> Node:
        """One item in brackets."""

    @abstractmethod
    def builder(self) -> Node | None:
        """What stands in the braces of `{x | x > 3}`; None where they hold something else."""
