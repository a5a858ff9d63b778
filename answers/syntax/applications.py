"""Letters, constants and functions, with or without brackets around what functions apply to."""

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.syntax.cursor import Cursor
from answers.syntax.functions.table import FUNCTIONS, LETTERS, LN, LOG, ROOT, SQRT
from answers.syntax.nodes import REALS, Call, Mul, Neg, Node, Num, Pow, Seq, Sym, variable
from answers.syntax.tokenizer import ACCENTS, Comma, Token
from answers.syntax.vocabulary import CONSTANT_NAMES

if TYPE_CHECKING:
    from answers.syntax.functions.record import Function

_OPAQUE = frozenset("fgFGH")
# Single letters that may be more than a variable.
_MEANT = frozenset({"R", *CONSTANT_NAMES})


class Applications(Cursor):
    """Reads names; what they apply to is left to the arithmetic."""

    @abstractmethod
    def sum(self) -> Node:
        """A sum."""

    @abstractmethod
    def removes_a_set(self) -> bool:
        """Whether a minus takes a set away."""

    @abstractmethod
    def _power(self) -> Node: ...

    @abstractmethod
    def _primary(self) -> Node: ...

    @abstractmethod
    def _brackets(self) -> Node: ...

    @abstractmethod
    def _argument(self) -> Node: ...

    @abstractmethod
    def _factor_follows(self) -> bool: ...

    def name(self) -> Node:
        """A letter, a constant or a function; the rest of a run of letters is read next."""
        token = self.take()
        after = self.tokens[self.at]
        if len(token.text) == 1 and after.kind != "num":
            is_plain = token.text not in _MEANT and after.text != "("
            if is_plain or self.names.is_variable(token.text):
                return Sym(variable(token.text))
        whole = token.text.startswith("\\")
        name = self._with_digits(token.text.removeprefix("\\"))
        base, mark, subscript = name.partition("_")
        if base in FUNCTIONS and not self.names.is_variable(name):
            return self._function(FUNCTIONS[base], subscript)
        if mark and not whole and (row := self._row(base, subscript)):
            return self._run(row, token)
        if mark or "'" in name or name[-1].isdigit() or self.names.is_variable(name):
            return self._letter(name)
        if name == "R" and self._is_reals():
            return REALS
        if whole and not self._is_command(name):
            raise self.error(f"the command \\{name} is not known", token.at)
        parts = [name] if whole else self.names.split(name)
        if parts is None:
            raise self.error(f"the word {name!r} is not known", token.at)
        return self._run(parts, token)

    def _row(self, letters: str, subscript: str) -> list[str] | None:
        """Letters of which only the last is a known one with an index: G and m_1 in Gm_1."""
        if self.names.is_variable(f"{letters}_{subscript}"):
            return None
        for at in range(1, len(letters)):
            last = self.names.canonical(f"{letters[at:]}_{subscript}")
            if self.names.is_variable(last):
                before = self.names.split(letters[:at])
                return before and [*before, last]
        return None

    def _is_command(self, name: str) -> bool:
        """Whether a command of LaTeX is a letter or a function; an accent is part of its letter."""
        is_plain = len(name) == 1 or self.names.is_author or name.startswith(ACCENTS)
        return is_plain or self.names.has_meaning(name)

    def _is_reals(self) -> bool:
        """Whether a capital R just read is the set of all real numbers."""
        if self.comma is Comma.IN_NUMBERS:
            return False
        before = self.tokens[self.at - 2].text if self.at > 1 else ""
        signs = {"∪", "∩", "∖", "∈", "∉"}
        return before in signs or self.next.text in signs - {"∈", "∉"} or self.removes_a_set()

    def _with_digits(self, name: str) -> str:
        """A name with the digits that follow it, where both are one name: x1, log10."""
        digits = self.next
        if digits.kind != "num" or digits.spaced or not digits.text.isdigit():
            return self.names.canonical(name)
        after = self.tokens[self.at + 1]
        if name + digits.text in FUNCTIONS and not self.names.is_variable(name):
            is_one = after.text in {"(", "{"} or (after.kind == "name" and after.spaced)
            joined = name + digits.text if is_one else None
        else:
            joined = self.names.numbered(name, digits.text)
        if joined is None:
            return name
        self.at += 1
        return joined

    def _run(self, parts: list[str], token: Token) -> Node:
        """Several names written together: all but the first go back to be read next."""
        first, *rest = parts
        if rest:
            back = [Token("name", part, token.at) for part in rest]
            self.tokens[self.at : self.at] = back
        if self.names.is_function(first):
            return self._function(FUNCTIONS[first], "")
        return self._letter(first)

    def _letter(self, name: str) -> Node:
        if self.names.is_constant(name):
            return Sym(CONSTANT_NAMES[name])
        if self.is_next("(") and self._applies(name):
            return self._applied(LETTERS[name].name if name in LETTERS else name)
        return Sym(variable(name))

    def _applies(self, name: str) -> bool:
        """Whether brackets after a name are the arguments of an unknown function."""
        if self.names.is_variable(name):
            return False
        return name in LETTERS or "'" in name or name in _OPAQUE or bool(self.names.declared)

    def _applied(self, name: str) -> Node:
        inner = self.nested(self._brackets)
        args = inner.items if isinstance(inner, Seq) and inner.open == "(" else (inner,)
        return Call(name, args)

    def _function(self, function: Function, subscript: str) -> Node:
        exponent: Node | None = None
        if self.is_next("^"):
            self.at += 1
            exponent = self.nested(self._factor_without_product)
        index = self._root_index() if function is SQRT else None
        args = self._arguments(tight=function.is_tight, several=function.arity is None)
        if not args:
            what = f"nothing stands in the brackets of {function.name}"
            raise self.error(what, self.next.at - 1)
        node = self._call(function, args, index, subscript)
        if exponent is None:
            return node
        if exponent == Neg(Num(Fraction(1), "1")) and function.to_minus_one:
            return Call(function.to_minus_one, args)
        return Pow(node, exponent)

    def _call(
        self, function: Function, args: tuple[Node, ...], index: Node | None, subscript: str
    ) -> Node:
        if index is not None:
            return ROOT(args[0], index)
        if subscript and function is LN:
            return LOG(args[0], self._subscript_node(subscript))
        if subscript:
            raise self.error("a function has no index")
        return LOG(*args) if function is LN and len(args) == 2 else function(*args)

    def _factor_without_product(self) -> Node:
        if self.is_next("-"):
            self.at += 1
            return Neg(self._primary())
        return self._primary()

    def _root_index(self) -> Node | None:
        if not self.is_next("["):
            return None
        self.at += 1
        index = self.nested(self.sum)
        self.expect("]")
        return index

    def _subscript_node(self, text: str) -> Node:
        return type(self)(text, self.names, Comma.BETWEEN, self.limits).everything()

    def _arguments(self, *, tight: bool, several: bool) -> tuple[Node, ...]:
        if self.is_next("("):
            inner = self.nested(self._brackets)
            return inner.items if isinstance(inner, Seq) and inner.open == "(" else (inner,)
        if self.is_next("\\{") or (several and self.is_next("{")):
            inner = self.nested(self._brackets)
            return inner.items if isinstance(inner, Seq) else (inner,)
        if self.is_next("{"):
            return (self._argument(),)
        if self.is_next("+", "-"):
            minus = self.take().text == "-"
            argument = self._juxtaposed(tight=tight)
            return (Neg(argument) if minus else argument,)
        return (self._juxtaposed(tight=tight),)

    def _juxtaposed(self, *, tight: bool) -> Node:
        """Factors that follow a function without any sign, up to the next function."""
        node = self.nested(self._power)
        while not tight and self._factor_follows() and not self._function_follows():
            node = times(node, self._power())
        return node

    def _function_follows(self) -> bool:
        name = self.next.text.removeprefix("\\").partition("_")[0]
        if self.next.kind != "name":
            return False
        parts = self.names.split(name) or [name]
        return self.names.is_function(parts[0])


def times(left: Node, right: Node) -> Node:
    """A product with one more factor."""
    return Mul((*left.factors, right)) if isinstance(left, Mul) else Mul((left, right))
