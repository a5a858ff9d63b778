"""A text as tokens, and the place up to which it is read: what all rules of the grammar share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from answers.syntax.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from answers.syntax.nodes import Node
    from answers.syntax.normalize import Limits
    from answers.syntax.tokenizer import Comma, Token
    from answers.syntax.vocabulary import Names

    Rule: TypeAlias = Callable[["Cursor"], Node]


class Cursor:
    """The tokens of a text, and the place up to which they are read.

    A rule looks at `cursor.tokens[cursor.at]` and moves `cursor.at`; both are plain attributes, as
    they are used for every token of every answer.

    Attributes:
        text: what is read.
        tokens: the last one is of kind `end`; a rule may part one into several.
        at: the place of the next token.
        names: which names are variables.
        comma: what a comma between digits means.
        limits: how much is read at most.
        brackets: the rule for brackets, which hold more than arithmetic: conditions and sets.
        depth: how many rules are nested here.
        bars: how many bars of absolute values are open.
        outward: whether a `[` closes the interval that is open, as in `[0, 1[`.
    """

    __slots__ = (
        "at", "bars", "brackets", "comma", "depth", "limits", "names", "outward", "text", "tokens"
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        names: Names,
        comma: Comma,
        limits: Limits,
        brackets: Rule,
    ) -> None:
        self.text, self.tokens, self.names = text, tokens, names
        self.comma, self.limits, self.brackets = comma, limits, brackets
        self.at = self.depth = self.bars = 0
        self.outward = False

    def is_next(self, sign: str) -> bool:
        """Return whether a sign comes next."""
        return self.tokens[self.at].text == sign

    def take(self) -> Token:
        """Return the next token and step over it.

        Raises:
            Unreadable: there is none.
        """
        token = self.tokens[self.at]
        if token.kind == "end":
            raise self.error("the answer ends too early")
        self.at += 1
        return token

    def expect(self, sign: str) -> None:
        """Step over a sign.

        Raises:
            Unreadable: another token comes next.
        """
        if self.tokens[self.at].text != sign:
            raise self.error(f"{bare(sign)!r} is missing here")
        self.at += 1

    def error(self, what: str, at: int | None = None) -> Unreadable:
        """Return the error for a fault at a place of the text; by itself at the next token."""
        return Unreadable(self.text, self.tokens[self.at].at if at is None else at, what)

    def descend(self, rule: Rule) -> Node:
        """Apply a rule one level deeper.

        Raises:
            Unreadable: the text is nested too deeply.
        """
        self.depth += 1
        if self.depth > self.limits.depth:
            raise self.error("the answer is nested too deeply")
        node = rule(self)
        self.depth -= 1
        return node


def bare(sign: str) -> str:
    r"""Return a sign as people know it: `{` for `\{`."""
    return sign.removeprefix("\\")


def part_bars(cursor: Cursor) -> None:
    """Part two bars that come next: here they are no `or`."""
    token = cursor.tokens[cursor.at]
    if token.text == "||":
        bars = [replace(token, text="|", at=token.at + i) for i in (0, 1)]
        cursor.tokens[cursor.at : cursor.at + 1] = bars
