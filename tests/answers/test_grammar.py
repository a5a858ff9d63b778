"""The grammar: its page, and an answer for every rule."""

from __future__ import annotations

import inspect
import re
import sys
from typing import TYPE_CHECKING

import pytest

from answers.syntax.parser import read
from answers.syntax.tokenizer import Comma
from benchmarks.grammar import MODULES, PAGE, page, rules

if TYPE_CHECKING:
    from types import CodeType, FrameType

RULES = {rule.name: rule for module in MODULES for rule in rules(module)}
TERMINALS = frozenset({"NUMBER", "DIGIT", "VARIABLE", "CONSTANT", "FUNCTION", "UNKNOWN", "MATRIX"})
EXAMPLES = {
    "answer": "x = 3, y = 4.",
    "condition": "x < 1 or x > 2",
    "conjunction": "x > 1 and x < 2",
    "negation": "not x = 3",
    "relation": "0 < x <= 3",
    "sets": "(0, 1) ∪ (2, 3]",
    "builder": "{x ∈ R : x > 3}",
    "brackets": "]0, 1[",
    "items": "[1, 2, x]",
    "item": r"{n \choose k}",
    "sum": "a + b - c ± d",
    "product": "2x/3 mod 5",
    "factor": "-x",
    "power": r"90^\circ",
    "marked": "5!",
    "primary": "(x)",
    "number": "1 1/2",
    "application": "sin^2 x",
    "exponent": "sin^-1(x)",
    "arguments": r"\sqrt[3]{x}",
    "factors": "ln 2x",
    "fraction": r"\frac12",
    "argument": r"\frac{a}{b}",
    "bars": "|x||y|",
    "rounded": "⌊x⌋",
    "matrix": r"\begin{matrix}1 & 2 \\ 3 & 4\end{matrix}",
    "row": r"\begin{pmatrix}1 & 2\end{pmatrix}",
    "name": "f(2)",
}


def test_the_page_is_written_from_the_docstrings() -> None:
    assert PAGE.read_text("utf-8") == page(), "run python -m benchmarks.grammar"


def test_every_function_that_reads_has_its_rule() -> None:
    known = {rule.function.__name__ for rule in RULES.values()}
    readers = {
        name
        for module in MODULES
        for name, value in vars(module).items()
        if inspect.isfunction(value) and name.startswith("read_") and name != "read_tokens"
    }
    assert known == readers
    assert {f"read_{name}" for name in RULES if name != "items"} == readers


def parts(rule: str) -> set[str]:
    """The names that a rule is made of."""
    return set(re.findall(r"\b[A-Za-z]+\b", re.sub(r'"[^"]*"', " ", rule.partition(":=")[2])))


def test_every_part_of_a_rule_is_a_rule() -> None:
    assert set().union(*(parts(rule.text) for rule in RULES.values())) <= RULES.keys() | TERMINALS


def test_every_rule_is_part_of_an_answer() -> None:
    reached, new = set[str](), {"answer"}
    while new:
        reached |= new
        new = set().union(*(parts(RULES[name].text) for name in new)) - reached - TERMINALS
    assert reached == RULES.keys()


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_an_answer_that_needs_it(name: str) -> None:
    called: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        read(EXAMPLES[name], comma=Comma.BETWEEN)
    finally:
        sys.setprofile(before)
    assert inspect.unwrap(RULES[name].function).__code__ in called
