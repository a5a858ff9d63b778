"""Answers made of options: how they may be written, and which share a part that is right earns."""

from __future__ import annotations

from fractions import Fraction

import pytest

from answers.judge import Options, judge
from answers.syntax.errors import UnreadableKey

ABCD = ("red wine", "green", "blue, dark", r"$\frac{1}{2}$")
TWO = "red wine; green"
# What is written for the first two of four options, the verdict, and the share of the marks.
SELECTED = [
    ("red wine; green", "correct", 1),
    ("Green ; RED WINE", "correct", 1),
    ("green and red wine", "correct", 1),
    ("green\nred wine", "correct", 1),
    ("a, b", "correct", 1),
    ("A B", "correct", 1),
    ("ba", "correct", 1),
    ("(a) & (b)", "correct", 1),
    ("1, 2", "correct", 1),
    ("red wine", "wrong", Fraction(1, 2)),
    ("red wine; blue, dark", "wrong", 0),  # 1/2 - 1/2
    ("a, b, d", "wrong", Fraction(1, 2)),  # 1 - 1/2
    ("a; b; 1/2", "wrong", Fraction(1, 2)),
    ("abcd", "wrong", 0),
    ("blue, dark", "wrong", 0),
    ("cd", "wrong", 0),
    ("green, purple", "undecided", 0),
    ("the first two", "undecided", 0),
    ("e", "undecided", 0),
    ("a, a", "undecided", 0),
    ("none", "undecided", 0),
    ("", "blank", 0),
]
# The rule, the penalty, what is written for a and b of four, and the share.
RULES = [
    ("each", "0", "a, b, c", Fraction(3, 4)),
    ("each", "0", "a", Fraction(3, 4)),
    ("each", "1", "a, c", 0),  # 2 - 2 of 4
    ("each", "1", "c, d", -1),
    ("exact", "0", "a, b, c", 0),
    ("exact", "25%", "a", Fraction(-1, 4)),
    ("exact", "25%", "a, b", 1),
    ("balance", "1", "c, d", -1),
    ("balance", "1/3", "c, d", Fraction(-1, 3)),
    ("balance", "0", "c, d", 0),
]
COLOURS = ("red", "green", "blue", "grey")
PAIRS = "1: red; 2: green; 3: red"
MATCHED = [
    ("1: red; 2: green; 3: red", "0", "correct", 1),
    ("3 red; 1-red; 2) green", "0", "correct", 1),
    ("1a, 2b, 3a", "0", "correct", 1),
    ("1A 2B 3A", "0", "correct", 1),
    ("1-a 2-b 3-a", "0", "correct", 1),
    ("red, green, red", "0", "correct", 1),
    ("a, b, a", "0", "correct", 1),
    ("1: red; 2: green", "0", "wrong", Fraction(2, 3)),
    ("1: red; 2: red; 3: blue", "0", "wrong", Fraction(1, 3)),
    ("1: red; 2: red; 3: blue", "1", "wrong", Fraction(-1, 3)),
    ("1: red", "1", "wrong", Fraction(1, 3)),
    ("1: red; 2: purple", "0", "undecided", 0),
    ("1: red; 1: green", "0", "undecided", 0),
    ("4: red", "0", "undecided", 0),
    ("red", "0", "undecided", 0),
]
ORDER = "red; green; blue; grey"
ORDERED = [
    ("red; green; blue; grey", "each", "correct", 1),
    ("a b c d", "each", "correct", 1),
    ("ABCD", "each", "correct", 1),
    ("red, green, blue, grey", "each", "correct", 1),
    ("red < green < blue < grey", "each", "correct", 1),
    ("red -> green -> blue -> grey", "each", "correct", 1),
    ("a, c, b, d", "each", "wrong", Fraction(1, 2)),
    ("b, c, d, a", "each", "wrong", 0),
    ("b, c, d, a", "pairs", "wrong", Fraction(1, 2)),  # 3 of 6
    ("d, c, b, a", "pairs", "wrong", 0),
    ("a, b", "pairs", "wrong", Fraction(1, 6)),
    ("a, b, d, c", "exact", "wrong", 0),
    ("a, b, c, e", "each", "undecided", 0),
    ("a, b, b, c", "each", "undecided", 0),
]


def _found(kind: str, expected: str, options: Options, text: str) -> tuple[str, Fraction]:
    found = judge(kind, expected, text, options)
    return found.verdict.value, Fraction(found.score).limit_denominator(1000)


@pytest.mark.parametrize(("text", "verdict", "share"), SELECTED)
def test_several_options(text: str, verdict: str, share: Fraction) -> None:
    assert _found("selection", TWO, Options(choices=ABCD), text) == (verdict, share)


@pytest.mark.parametrize(("rule", "penalty", "text", "share"), RULES)
def test_the_rule_of_several_options(rule: str, penalty: str, text: str, share: Fraction) -> None:
    options = Options.from_mapping({"choices": list("abcd"), "scoring": rule, "penalty": penalty})
    assert _found("selection", "a; b", options, text)[1] == share


@pytest.mark.parametrize(("text", "penalty", "verdict", "share"), MATCHED)
def test_pairs(text: str, penalty: str, verdict: str, share: Fraction) -> None:
    options = Options(choices=COLOURS, penalty=Fraction(penalty))
    assert _found("matching", PAIRS, options, text) == (verdict, share)


WITH_COMMAS = [
    # text, the share of two pairs: blue is the first, red the second; None waits for a person
    ("1: blue, dark", Fraction(1, 2)),
    ("2) red, as wine, and old", Fraction(1, 2)),
    ("1: red, as wine, and old", 0),
    ("1: blue, dark; 2: red, as wine, and old", 1),
    ("1: blue, dark, 2: red, as wine, and old", 1),
    ("1 = blue, dark, 2 = b", 1),
    ("1A, 2B", 1),
    ("1: blue", None),
    ("1: blue, dark, 2: purple", None),
]


@pytest.mark.parametrize(("text", "share"), WITH_COMMAS)
def test_pairs_of_options_that_have_commas(text: str, share: Fraction | None) -> None:
    options = Options(choices=("blue, dark", "red, as wine, and old", "green"))
    pairs = "1: blue, dark; 2: red, as wine, and old"
    verdict, found = _found("matching", pairs, options, text)
    assert (None if verdict == "undecided" else found) == share


@pytest.mark.parametrize(("text", "rule", "verdict", "share"), ORDERED)
def test_an_order(text: str, rule: str, verdict: str, share: Fraction) -> None:
    options = Options.from_mapping({"choices": list(COLOURS), "scoring": rule})
    assert _found("ordering", ORDER, options, text) == (verdict, share)


@pytest.mark.parametrize(("text", "share"), [("a", 1), ("b", Fraction(-1, 3)), ("", 0)])
def test_a_wrong_option_costs_its_penalty(text: str, share: Fraction) -> None:
    options = Options(choices=tuple("abcd"), penalty=Fraction(1, 3))
    assert _found("choice", "a", options, text)[1] == share


@pytest.mark.parametrize(
    ("kind", "rule"), [("matching", "balance"), ("selection", "pairs"), ("ordering", "balance")]
)
def test_a_kind_has_its_own_rules(kind: str, rule: str) -> None:
    options = Options.from_mapping({"choices": list("ab"), "scoring": rule})
    with pytest.raises(UnreadableKey, match="scoring of kind"):
        judge(kind, "1: a" if kind == "matching" else "a", "a", options)
