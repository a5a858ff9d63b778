"""Answers made of options: several right ones, pairs, an order. Parts of them earn a share.

Options are named by their words, letters or numbers; what names none of them waits for a person.
The rules of shares are those of `Options.scoring`, with exact fractions.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from itertools import combinations
from string import ascii_lowercase
from typing import TYPE_CHECKING

from answers.kinds.base import Facts, Group, Kind, Written
from answers.kinds.plain_options import option_typed, plain_option
from answers.kinds.texts import fold_text
from answers.kinds.written import no_latex
from answers.syntax.errors import UnreadableKey
from answers.verdict import Ground, Judgement, correct, undecided, wrong
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from answers.options import Options

BETWEEN, TO = "; ", ": "
_APART = re.compile(r"[;\n\r]+")
_AND = re.compile(
    r"\s*(?:[,&+/]|->|→|>|<|\b(?:and|then|und|dann|ve|sonra|et|y)\b)\s*"
    r"|(?<=[)\]])\s*(?=[(\[])",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\s*\(?\s*(\d{1,2})\s*(?:[).:=\-–—>→]+|\s)\s*(\S.*?)\s*", re.DOTALL)
_BEFORE_PLACE = re.compile(r"\s*,\s*(?=\(?\s*\d{1,2}\s*[).:=\-–—>→])")
_GLUED = re.compile(r"\s*(\d{1,2})\s*([A-Za-z])\s*")
_LETTERS = re.compile(r"[A-Za-z](?:\s*[A-Za-z])*")
_MARK = re.compile(
    r"\s*(?:option|choice)?\s*[(\[]?\s*([A-Za-z]|\d{1,2})\s*[)\].:]*\s*", re.IGNORECASE
)
_SCORING = {
    "selection": ("balance", "each", "exact"),
    "matching": ("each", "exact"),
    "ordering": ("each", "pairs", "exact"),
}


def scoring_rule(kind: str, options: Options) -> str:
    """Return by which rule a part of an answer earns marks.

    Raises:
        UnreadableKey: the kind has no such rule.
    """
    known = _SCORING[kind]
    found = options.scoring or known[0]
    if found not in known:
        raise UnreadableKey(f"scoring of kind {kind} is one of {', '.join(known)}, not {found!r}")
    return found


class Unnamed(Exception):
    """A piece of an answer that names no option, or names one twice."""


@record
class Named:
    """The options of an answer, by which a text names them."""

    options: tuple[str, ...]
    also: tuple[tuple[str, tuple[str, ...]], ...]

    def one(self, text: str) -> str | None:
        """Return the option that a text names; None where it names none."""
        words = fold_text(text, choice=True)
        own = {fold_text(option, choice=True): option for option in self.options}
        if words in own:
            return own[words]
        for name, spellings in self.also:
            if words in {fold_text(spelling, choice=True) for spelling in spellings}:
                return name
        return option_typed(text, self.options) or self._by_mark(text)

    def _by_mark(self, text: str) -> str | None:
        mark = _MARK.fullmatch(text)
        if mark is None:
            return None
        found = mark[1].lower()
        place = int(found) - 1 if found.isdecimal() else ascii_lowercase.find(found)
        return self.options[place] if 0 <= place < len(self.options) else None

    def several(self, text: str) -> list[str]:
        """Return the options that a text names, in its order.

        Raises:
            Unnamed: a piece names none of them, or one is named twice.
        """
        found = [option for piece in _APART.split(text) for option in self._in(piece.strip())]
        if twice := next((one for one in found if found.count(one) > 1), None):
            raise Unnamed(f"{plain_option(twice)} is named twice")
        return found

    def _in(self, piece: str) -> Iterable[str]:
        if not piece:
            return ()
        if (whole := self.one(piece)) is not None:
            return (whole,)
        parts = [part for part in _AND.split(piece) if part]
        if len(parts) < 2 and _LETTERS.fullmatch(piece):
            parts = [letter for letter in piece if letter.isalpha()]
        if len(parts) < 2:
            raise Unnamed(f"{piece[:60]} is none of the options")
        found = [self.one(part) for part in parts]
        if unknown := next(
            (part for part, one in zip(parts, found, strict=True) if one is None), ""
        ):
            raise Unnamed(f"{unknown[:60]} is none of the options")
        return [one for one in found if one is not None]


@record
class TicksComparer:
    """Compares what is ticked with what is to be ticked, and counts the share that is right."""

    kind: str
    right: tuple[str, ...]
    named: Named
    rule: str
    penalty: Fraction

    @classmethod
    def of(cls, expected: str, options: Options, *, kind: str) -> TicksComparer:
        """Read the expected options."""
        right = tuple(filter(None, expected.split(BETWEEN)))
        own = [piece.partition(TO)[2] if kind == "matching" else piece for piece in right]
        named = Named(options.choices or tuple(dict.fromkeys(own)), options.also)
        if unknown := next((one for one in own if one not in named.options), ""):
            raise UnreadableKey(f"{unknown!r} is not among the options")
        return cls(kind, right, named, scoring_rule(kind, options), options.penalty)

    @property
    def facts(self) -> Facts:
        """Return nothing: options have no letters."""
        return Facts()

    def judge(self, answer: str) -> Judgement:
        """Judge the options that an answer names."""
        try:
            if self.kind == "matching":
                return self._matched(_pairs(answer, self.named, len(self.right)))
            found = self.named.several(answer)
        except Unnamed as error:
            return undecided(plain_option(answer), str(error), Ground.UNKNOWN_NAME)
        return self._ordered(found) if self.kind == "ordering" else self._ticked(found)

    def _ticked(self, found: Sequence[str]) -> Judgement:
        read_as = _read_as(option for option in self.named.options if option in found)
        hits = sum(option in self.right for option in found)
        false, others = len(found) - hits, len(self.named.options) - len(self.right)
        if hits == len(self.right) and not false:
            return correct(read_as, "exactly the right options", ground=Ground.IDENTICAL)
        why = f"{hits} of {len(self.right)} right options, {false} wrong"
        if self.rule == "balance":
            share = Fraction(hits, len(self.right)) - Fraction(false, others or 1)
            return _partly(read_as, why, max(share, -self.penalty))
        right = hits + others - false
        return self._shared(read_as, why, right, len(self.named.options) - right)

    def _matched(self, found: dict[int, str]) -> Judgement:
        read_as = _read_as(f"{place}{TO}{option}" for place, option in sorted(found.items()))
        hits = sum(f"{place}{TO}{option}" in self.right for place, option in found.items())
        if hits == len(self.right):
            return correct(read_as, "all pairs are right", ground=Ground.IDENTICAL)
        why = f"{hits} of {len(self.right)} pairs are right"
        return self._shared(read_as, why, hits, len(found) - hits)

    def _ordered(self, found: Sequence[str]) -> Judgement:
        read_as, count = _read_as(found), len(self.right)
        if tuple(found) == self.right:
            return correct(read_as, "the right order", ground=Ground.IDENTICAL)
        if self.rule == "pairs":
            held = set(combinations(found, 2))
            right = sum(pair in held for pair in combinations(self.right, 2))
            count = count * (count - 1) // 2
            why = f"{right} of {count} pairs are in the right order"
        else:
            right = sum(one == own for one, own in zip(found, self.right, strict=False))
            why = f"{right} of {count} are at their place"
        return self._shared(read_as, why, right, count - right)

    def _shared(self, read_as: str, why: str, right: int, false: int) -> Judgement:
        if self.rule == "exact":
            return _partly(read_as, why, -self.penalty)
        count = len(self.named.options) if self.kind == "selection" else len(self.right)
        count = max(count, right + false)
        return _partly(read_as, why, Fraction(right) / count - self.penalty * false / count)


def _pairs(answer: str, named: Named, count: int) -> dict[int, str]:
    """Return which option goes with which place, of an answer such as `1: C; 2: A`.

    Raises:
        Unnamed: a piece is no pair.
    """
    pieces = [piece.strip() for piece in _APART.split(answer) if piece.strip()]
    if len(pieces) == 1:
        pieces = _short_pairs(pieces[0], named)
    if count > 1 and len(pieces) == count and not any(map(_is_pair, pieces)):
        pieces = [f"{place} {piece}" for place, piece in enumerate(pieces, 1)]
    found: dict[int, str] = {}
    for piece in pieces:
        pair = _GLUED.fullmatch(piece) or _PAIR.fullmatch(piece)
        option = named.one(pair[2]) if pair else None
        if pair is None or option is None or not 1 <= int(pair[1]) <= count:
            raise Unnamed(f"{piece[:60]} is no pair of a place and an option")
        if int(pair[1]) in found:
            raise Unnamed(f"{pair[1]} occurs twice")
        found[int(pair[1])] = option
    return found


def _is_pair(piece: str) -> bool:
    return bool(_GLUED.fullmatch(piece) or _PAIR.fullmatch(piece))


def _short_pairs(text: str, named: Named) -> list[str]:
    """Return the pieces of `1C 2A 3B`, `1-C, 2-A`, `C, A, B`; an option may have commas itself."""
    if (glued := re.findall(r"\d{1,2}\s*[-:.=)]?\s*[A-Za-z](?![A-Za-z])", text)) and not re.sub(
        r"[\s,]|" + "|".join(map(re.escape, glued)), "", text
    ):
        return list(glued)
    pairs = [_PAIR.fullmatch(piece) for piece in _BEFORE_PLACE.split(text)]
    if all(pair is not None and named.one(pair[2]) is not None for pair in pairs):
        return [pair[0] for pair in pairs if pair is not None]
    return [piece for piece in re.split(r"\s*,\s*", text) if piece]


def _read_as(found: Iterable[str]) -> str:
    return BETWEEN.join(map(plain_option, found))


def _partly(read_as: str, why: str, share: Fraction) -> Judgement:
    found = wrong(read_as, why)
    return Judgement(found.verdict, float(share), read_as, why, None, found.ground)


def _written(expected: str, options: Options) -> Written:  # noqa: ARG001 - as others are called
    return Written("", plain_option(expected))


def _notations(expected: str, options: Options) -> Iterator[str]:
    yield f" {expected} ;"
    yield expected.replace(BETWEEN, "\n")
    letters = _in_letters(expected, options)
    if letters and TO not in expected:
        yield from (", ".join(letters), " and ".join(letters), "".join(letters).upper())
    elif letters:
        yield ", ".join(letters)


def _in_letters(expected: str, options: Options) -> list[str]:
    """Return the pieces of an answer with letters for options; none where an option is a letter."""
    if not options.choices or any(len(fold_text(one, choice=True)) < 2 for one in options.choices):
        return []
    pieces = []
    for piece in expected.split(BETWEEN):
        place, to, option = (
            piece.rpartition(TO) if piece not in options.choices else ("", "", piece)
        )
        pieces.append(place + to.strip() + ascii_lowercase[options.choices.index(option)])
    return pieces


def _tick_kind(
    name: str, says: str, in_field: Callable[[str, str], str] | None, blank: int
) -> Kind:
    return Kind(
        name,
        Group.TICKS,
        partial(TicksComparer.of, kind=name),
        neutral="1: a" if name == "matching" else "a",
        written=_written,
        latex=no_latex,
        notations=_notations,
        says=says,
        bare=str,
        others=lambda _: iter(()),
        in_field=in_field,
        blank=blank,
    )


KINDS = (
    _tick_kind("selection", "exactly these options", lambda _, text: text, 52),
    _tick_kind("matching", "these pairs", lambda place, text: f"{place}{TO}{text}", 52),
    _tick_kind("ordering", "this order", None, 34),
)
