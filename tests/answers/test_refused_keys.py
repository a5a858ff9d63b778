"""Expected answers that are refused, with a reason, before anybody answers."""

from __future__ import annotations

import pytest

from answers.judge import Options, judge
from answers.syntax.errors import UnreadableKey

REFUSED = [
    ("set", "{x | x^2 = 4}", "write out"),
    ("set", "{y | y > 4}", "write out"),
    ("interval", "sin(x) > 0", "not an interval"),
    ("interval", "3", "not an interval"),
    ("interval", "[0, 1] U [2, 3] \\ {2}", "brackets are missing"),
    ("inequality", "x + 3", "not an inequality"),
    ("equation", "x = 2 and y = 3", "not an equation"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "expected", "reason"), REFUSED)
def test_a_key_is_refused_with_a_reason(kind: str, expected: str, reason: str) -> None:
    with pytest.raises(UnreadableKey, match=reason):
        judge(kind, expected, "1")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("number", "5"), ("interval", "[0, 1]"), ("ordering", "a; b"), ("matrix", "[[1]]")],
)
def test_another_right_answer_is_of_the_same_kind(kind: str, expected: str) -> None:
    options = Options.from_mapping({"also": {"answer": ["]x"]}, "choices": ["a", "b"]})
    with pytest.raises(UnreadableKey, match=f"'\\]x' is not of kind {kind}|'\\]x'"):
        judge(kind, expected, expected, options)


def test_a_tolerance_with_a_unit_needs_a_quantity() -> None:
    with pytest.raises(UnreadableKey, match="abs is in cm, but kind number has no units"):
        judge("number", "5", "5", Options.from_mapping({"abs": "1 cm"}))


@pytest.mark.parametrize("given", ["0.2 s", "1/5 s", "2 m/s", "1/3 m/s", "0.5", "1/3"])
def test_options_read_what_they_write(given: str) -> None:
    options = Options.from_mapping({"abs": given})
    assert Options.from_mapping(dict(options.to_mapping())) == options
    assert options.abs_unit == given.partition(" ")[2]
