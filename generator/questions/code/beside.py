"""The code beside a question: the values of a variant, and what its oracle says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from examgen.folder.model import word_of
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_utf8
from generator.questions.code.process import Failed, Source, ask
from generator.questions.code.source import ORACLE, VARIANT, Functions, read_functions
from solvers.graph.number import leaves, parse_value, split_list, value_text
from solvers.graph.solution import agree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from solvers.graph.number import Texts, Value

FIRST = "0"
NEAR = Decimal("1e-9")  # variant and oracle both compute in floats
MOST_DIGITS = 15  # of a decimal that a binary number holds as it is written


@dataclass(frozen=True)
class Code:
    """The code beside a question.

    Attributes:
        raw: the file as it was read.
        names: of the values that its variants have.
    """

    source: Source
    raw: bytes
    functions: Functions
    names: tuple[str, ...] = ()

    @property
    def has_variants(self) -> bool:
        """Return whether the question's values come from it."""
        return self.functions.variant is not None

    def variant(self, number: str) -> Mapping[str, str]:
        """Return the values of a variant, as the texts of parameters.

        Raises:
            InputError: the code fails, with its own line.
        """
        found = _variant(self, number)
        if self.names and found.keys() != set(self.names):
            other = ", ".join(sorted(found.keys() ^ set(self.names)))
            raise self._fault(
                VARIANT, f"variant {number} differs from others in its names: {other}"
            )
        return found

    def unknown(self, known: Collection[str]) -> Iterator[Fault]:
        """Yield a fault for each value that the oracle takes and the question has not."""
        for name in self.functions.takes:
            if name not in known:
                what = f"oracle takes {name}, which is no value of the question"
                fix = f"known: {', '.join(sorted(known))}"
                yield Fault(self.source.file, self.functions.oracle, what, fix)

    def disagreements(
        self, values: Mapping[str, Value], inputs: Mapping[str, str], asked: frozenset[str]
    ) -> Iterator[str]:
        """Yield a sentence for each answer of which the oracle says something else, or nothing.

        Args:
            values: of the question.
            inputs: texts of what is given, among which are words.
            asked: the values that answers state.
        """
        words = {name: {"word": word} for name, text in inputs.items() if (word := word_of(text))}
        known = {**{name: _listed(value) for name, value in values.items()}, **words}
        for name in sorted(asked.intersection(self.functions.takes)):
            yield (
                f"{self.source.file}:{self.functions.oracle}: oracle takes {name}, which it has to "
                "find; let it take what is given"
            )
        found = self.ask(ORACLE, {"values": {name: known[name] for name in self.functions.takes}})
        for name in sorted(asked.intersection(known) - found.keys()):
            yield f"{self.source.file}: the oracle says nothing of {name}; return it, too"
        for name in sorted(found.keys() & values.keys()):
            if not agree(values[name], _numbers(split_list(found[name])), NEAR):
                right = value_text(values[name])
                yield f"{self.source.file}: {name} is {right}, and the oracle says {found[name]}"

    def ask(self, function: str, order: Mapping[str, object]) -> Mapping[str, str]:
        """Return what a function gives, as texts by their names."""
        try:
            return ask(self.source, order)
        except Failed as error:
            raise self._fault(function, f"{function}: {error}", error.line) from error

    def _fault(self, function: str, what: str, line: int | None = None) -> InputError:
        own = self.functions.variant if function == VARIANT else self.functions.oracle
        return InputError([Fault(self.source.file, line or own or 1, what, "mend the code")])


@lru_cache(maxsize=65_536)
def _variant(code: Code, number: str) -> Mapping[str, str]:
    return code.ask(VARIANT, {"number": int(number)})


def code_beside(path: Path, name: str) -> Code | None:
    """Return the code beside a question's file, with the names of its values; None without any.

    Raises:
        InputError: it cannot be read, or does not run.
    """
    file = path.with_suffix(".py")
    if not file.is_file():
        return None
    raw, text = read_utf8(file, "code beside a question")
    functions = read_functions(text, str(file))
    if isinstance(functions, list):
        raise InputError(functions)
    code = Code(Source(str(file), name, text), raw, functions)
    if functions.variant is None:
        return code
    found = code.variant(FIRST)
    if code.ask(VARIANT, {"number": int(FIRST)}) != found:
        what = "variant gives other values when it is called again"
        fix = "take all chance from draw, and keep nothing between calls"
        raise InputError([Fault(str(file), functions.variant, what, fix)])
    return Code(code.source, raw, functions, tuple(found))


def is_rounded(text: str) -> bool:
    """Return whether a value is a binary number that stands for another one: 0.1 + 0.2.

    >>> is_rounded("0.30000000000000004"), is_rounded("51.25"), is_rounded("[1, 1/3]")
    (True, False, False)
    """
    return any(
        "." in number and sum(map(str.isdigit, number.lstrip("-0."))) > MOST_DIGITS
        for number in leaves(split_list(text))
    )


def _listed(value: Value) -> object:
    return [*map(_listed, value)] if isinstance(value, tuple) else value_text(value)


def _numbers(texts: Texts) -> object:
    """Return what the oracle says as numbers: floats as floats, all others exactly."""
    if not isinstance(texts, str):
        return tuple(map(_numbers, texts))
    is_float = "." in texts or "e" in texts
    return float(texts) if is_float else parse_value(texts)
