"""Byte-pair encoding: how often the most frequent pair occurs in a text, merge by merge."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from solvers.graph.derivation import Derivation
from solvers.graph.domain import matrix, vector, whole
from solvers.graph.functions.arithmetic import Function
from solvers.graph.term import Apply, Condition, Matrix, Term, Vector, equal, indicator, term, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solvers.graph.number import Exact

FIRST_NEW = 10_001  # what merges make is numbered from here on
Words: TypeAlias = "list[tuple[list[int], int]]"  # symbols of a word, and how often it occurs

byte_pairs = Derivation(
    "byte_pairs",
    "Two merges of byte-pair encoding",
    source="Sennrich, Haddow and Birch, Neural machine translation of rare words with subword "
    "units (2016), 3.2",
)
byte_pairs.input("words", "w", "letters of each word, as numbers", matrix(whole(0, 10_000)),
                 element="w_{{{i}}}")  # fmt: skip
byte_pairs.input("counts", "n", "how often each word occurs in the text", vector(whole(1, 1000)),
                 element="n_{{{i}}}")  # fmt: skip
byte_pairs.input("letters", "a", "different letters", whole(1, 10**6))
byte_pairs.input("merges", "m", "merges in all", whole(0, 10**6))


@byte_pairs.requires("each word needs a count")
def a_count_for_each(words: Matrix, counts: Vector) -> Condition:
    return equal(len(words), len(counts))


@byte_pairs.requires("no letter may stand three times in a row: its pairs would overlap")
def no_overlap(words: Matrix) -> Condition:
    runs = (zip(word, word[1:], word[2:], strict=False) for word in words)
    return equal(
        total(indicator(a, "==", b) * indicator(b, "==", c) for run in runs for a, b, c in run), 0
    )


def _count_pairs(words: Words, *, weighted: bool = True) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for symbols, count in words:
        for pair in itertools.pairwise(symbols):
            found[pair] += count if weighted else 1
    return found


def _merge_pair(words: Words, pair: tuple[int, int], new: int) -> Words:
    merged: Words = []
    for symbols, count in words:
        kept: list[int] = []
        for symbol in symbols:
            if kept and (kept[-1], symbol) == pair:
                kept[-1] = new
            else:
                kept.append(symbol)
        merged.append((kept, count))
    return merged


def _read_words(numbers: Sequence[int]) -> Words:
    """Return the words of a flat list: how many, their lengths, their counts, their letters."""
    size = numbers[0]
    lengths, counts, letters = numbers[1 : size + 1], numbers[size + 1 : 2 * size + 1], size * 2 + 1
    words: Words = []
    for length, count in zip(lengths, counts, strict=True):
        words.append((list(numbers[letters : letters + length]), count))
        letters += length
    return words


class _Ranking(NamedTuple):
    """The most frequent pair after some merges, how often it occurs, and its lead."""

    left: int
    right: int
    often: int
    lead: int


def _rank_pairs(args: Sequence[Exact]) -> _Ranking:
    merges, weighted, *numbers = map(int, args)
    words = _read_words(numbers)
    best, often, lead = (-1, -1), 0, 0
    for step in range(merges + 1):
        ranked = [
            *_count_pairs(words, weighted=bool(weighted)).most_common(2),
            *[((-1, -1), 0)] * 2,
        ]
        best, often = ranked[0]
        lead = often - ranked[1][1]
        words = _merge_pair(words, best, FIRST_NEW + step)
    return _Ranking(*best, often, lead)


def _make_finder(what: str) -> Function:
    def find(args: Sequence[Exact]) -> Exact:
        return Fraction(getattr(_rank_pairs(args), what))

    return Function(what, find, rf"\operatorname{{{{{what}}}}}(\dots)", count=None, is_silent=True)


OFTEN, LEAD, LEFT, RIGHT = map(_make_finder, ("often", "lead", "left", "right"))


def _apply_to_text(
    find: Function, words: Matrix, counts: Vector, merges: int, weighted: int = 1
) -> Term:
    lengths = (term(len(word)) for word in words)
    letters = (letter for word in words for letter in word)
    return Apply(find, (*map(term, (merges, weighted, len(words))), *lengths, *counts, *letters))


@byte_pairs.quantity("t_0", "letters of the text")
def letters_before(words: Matrix, counts: Vector) -> Term:
    return total(count * len(word) for word, count in zip(words, counts, strict=True))


@byte_pairs.quantity("x", "first letter of the pair that is merged first", inline=True)
def left(words: Matrix, counts: Vector) -> Term:
    return _apply_to_text(LEFT, words, counts, 0)


@byte_pairs.quantity("y", "second letter of the pair that is merged first", inline=True)
def right(words: Matrix, counts: Vector) -> Term:
    return _apply_to_text(RIGHT, words, counts, 0)


@byte_pairs.quantity("f_1", "how often the pair that is merged first occurs in the text")
def first(words: Matrix, counts: Vector) -> Term:
    return _apply_to_text(OFTEN, words, counts, 0)


@byte_pairs.quantity("f_2", "how often the pair that is merged next occurs in the text")
def second(words: Matrix, counts: Vector) -> Term:
    return _apply_to_text(OFTEN, words, counts, 1)


@byte_pairs.quantity("d", "lead of each pair that is merged over the next one", element="d_{{{i}}}")
def leads(words: Matrix, counts: Vector) -> Vector:
    return tuple(_apply_to_text(LEAD, words, counts, merges) for merges in (0, 1))


@byte_pairs.quantity("t_2", "tokens of the text after both merges")
def tokens(letters_before: Term, first: Term, second: Term) -> Term:
    return letters_before - first - second


@byte_pairs.quantity("V", "tokens of the vocabulary")
def vocabulary(letters: Term, merges: Term) -> Term:
    return letters + merges


_wrong = byte_pairs.mistake
_wrong(
    "words_counted_once",
    "each word was counted once, not as often as it occurs in the text",
    share="0.25",
    letters_before=lambda words: sum(map(len, words)),
    first=lambda words, counts: _apply_to_text(OFTEN, words, counts, 0, 0),
    second=lambda words, counts: _apply_to_text(OFTEN, words, counts, 1, 0),
)
_wrong(
    "both_letters_taken_off",
    "a merge makes one token of two: it takes one off, not two",
    share="0.25",
    tokens=lambda letters_before, first, second: letters_before - 2 * first - 2 * second,
)
_wrong(
    "one_merge",
    "only the first merge was counted",
    share="0.5",
    tokens=lambda letters_before, first: letters_before - first,
)
_wrong(
    "letters_left_out",
    "the letters themselves were left out of the vocabulary",
    share="0.25",
    vocabulary=lambda merges: merges,
)


@byte_pairs.proof
def by_texts(
    words: Sequence[Sequence[int]], counts: Sequence[int], letters: int, merges: int
) -> Mapping[str, object]:
    """Write the whole text out, count each pair in it, and replace the most frequent one."""
    signs = ["".join(chr(0x4E00 + letter) for letter in word) for word in words]
    text = "".join(f"{sign}|" * count for sign, count in zip(signs, counts, strict=True))
    found = []
    for new in ("\ue000", "\ue001"):
        pairs = {a + b for a, b in itertools.pairwise(text) if "|" not in a + b}
        ranked = sorted(pairs, key=lambda pair: len(re.findall(f"(?={pair})", text)))
        found.append(len(re.findall(f"(?={ranked[-1]})", text)))
        text = text.replace(ranked[-1], new)
    return {
        "first": found[0],
        "second": found[1],
        "tokens": len(text.replace("|", "")),
        "vocabulary": len([*range(letters), *range(merges)]),
    }
