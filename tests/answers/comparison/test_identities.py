"""Identities applied to random terms, some with a fault: no verdict is false, few are open."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import settings

from answers.judge import Verdict, judge
from tests.answers.comparison.corpus import Pair, random_pair
from tests.answers.comparison.identities import IDENTITIES

PAIRS = settings().max_examples // 2  # 100, and 10,000 with HYPOTHESIS_PROFILE=fuzz
MOST_OPEN = 0.02


def test_no_verdict_of_random_pairs_is_false_and_few_are_open() -> None:
    draw = Random("pairs")  # noqa: S311 - the same pairs each time
    false: list[tuple[Pair, str]] = []
    equal, still_open = 0, []
    for pair in (random_pair(draw) for _ in range(PAIRS)):
        found = pair.judged()
        if pair.is_false(found):
            false.append((pair, found.why))
        equal += pair.is_equal
        if pair.is_equal and found.verdict is not Verdict.CORRECT:
            still_open.append(pair)
    assert false == []
    assert len(still_open) <= MOST_OPEN * equal, still_open[:20]


@pytest.mark.parametrize(("left", "right"), IDENTITIES, ids=[left for left, _ in IDENTITIES])
def test_each_identity_is_proved(left: str, right: str) -> None:
    assert judge("expression", left, right).verdict is Verdict.CORRECT
    assert judge("expression", left, f"({right})*(1+1/10^30)").verdict is not Verdict.CORRECT
