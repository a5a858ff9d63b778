"""Rows of whole numbers, which are read at once: as the grammar reads them, or not at all."""

from __future__ import annotations

import pytest

from answers.syntax.normalize import STUDENT
from answers.syntax.parser import read, read_tokens
from answers.syntax.tokenizer import Comma, tokenize
from answers.syntax.vocabulary import Names

ROWS = """\
4, 7
4,-7, 007
(1, 2, 3)
[0,5)
(0, 5]
{1, 2}
[[1, 2], [3, -4]]
[[1, 2]]
[[1,2),[3,4]]
[(1, 2), (3, 4)]
(1, 2]
{-1, 0, 1}
""".splitlines()


@pytest.mark.parametrize("text", ROWS)
def test_a_row_is_read_as_the_grammar_reads_it(text: str) -> None:
    tokens = tokenize(text, STUDENT, Comma.BETWEEN)
    by_grammar = read_tokens(text, tokens, Names(), Comma.BETWEEN, STUDENT)
    assert read(text, comma=Comma.BETWEEN) == by_grammar
