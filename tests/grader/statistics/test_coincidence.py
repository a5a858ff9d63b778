"""Pairs that agree: found where they were planted, and as rarely by chance as is promised."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.statistics.coincidence import NONE, Codes, Coincidences, coincidences, tail

PARTS = np.repeat(np.arange(8), 2)  # eight parts of two answers


def variants(random: np.random.Generator, students: int) -> Codes:
    """Each part has one of 12 variants, and the right answers that belong to it."""
    drawn = random.integers(0, 12, (students, 8))
    return np.repeat(drawn, 2, axis=1).astype(np.int32)


def wrong_answers(random: np.random.Generator, right: Codes) -> Codes:
    """Half of the answers are right; of the wrong ones most are what is right for somebody."""
    other = random.integers(0, 15, right.shape)
    wrong = random.random(right.shape) < 0.5
    return np.where(wrong & (other != right), other, NONE).astype(np.int32)


def compared(seed: int, students: int = 40) -> tuple[Codes, Codes]:
    random = np.random.default_rng(seed)
    right = variants(random, students)
    return wrong_answers(random, right), right


def test_who_works_alone_is_rarely_in_a_hint() -> None:
    # 0.05 pairs are expected in a class at most: 6 in 120; 14 or more has a chance of 1 in 300
    pairs = [coincidences(*compared(seed), PARTS).found for seed in range(120)]
    assert sum(map(len, pairs)) < 14


def test_the_chance_of_a_pair_is_counted_and_not_overstated() -> None:
    """Of random pairs no larger share has a small chance than that chance."""
    chances = []
    for seed in range(12):
        wrong, right = compared(seed)
        found = coincidences(wrong, right, PARTS, false_alarms=1e6)
        chances += [item.by_chance / found.pairs for item in found.found]
        chances += [1.0] * (found.pairs - len(found.found))
    values = np.array(chances)
    for level in (1e-2, 1e-3):
        assert (values <= level).mean() <= 1.2 * level


def test_swapped_papers_are_found() -> None:
    wrong, right = compared(1)
    for one, other in ((3, 7), (7, 3)):
        wrong[one] = np.where(right[one] == right[other], NONE, right[other])
    found = coincidences(wrong, right, PARTS).found
    assert {(item.one, item.other) for item in found} == {(3, 7), (7, 3)}
    assert all(item.by_chance < 1e-4 for item in found)


def test_who_errs_more_must_agree_more() -> None:
    random = np.random.default_rng(5)
    answers = random.integers(0, 30, (40, 16)).astype(np.int32)
    answers[4, :12] = answers[9, :12] = 99
    plain = coincidences(answers, answers, PARTS)
    weighted = coincidences(answers, answers, PARTS, np.full(40, 3.0))
    chance = {(item.one, item.other): item.by_chance for item in plain.found}
    assert chance.keys() == {(4, 9), (9, 4)}
    assert len(weighted.found) == 2
    assert all(item.by_chance > 100 * chance[item.one, item.other] for item in weighted.found)


@pytest.mark.parametrize("students", [0, 1, 2])
def test_small_classes(students: int) -> None:
    wrong, right = compared(1, students)
    assert coincidences(wrong, right, PARTS).found == ()


def test_a_wrong_answer_of_one_student_has_nobody_to_agree_with() -> None:
    alone: Codes = np.array([[3]], dtype=np.int32)
    assert coincidences(alone, alone, np.array([0])) == Coincidences(0, ())


shares = st.lists(st.sampled_from([1.0, 0.6, 0.3, 0.1, 0.0]), min_size=2, max_size=2)


@given(st.lists(shares, min_size=1, max_size=4), st.integers(0, 20))
def test_the_tail_is_that_of_all_outcomes(parts: list[list[float]], target: int) -> None:
    reached = np.array([[1.0, *sorted(part, reverse=True)] for part in parts]).T
    steps = np.array([[0, 2, 5]] * len(parts)).T
    exactly = reached - np.vstack([reached[1:], np.zeros(len(parts))])
    total = 0.0
    for levels in product(range(3), repeat=len(parts)):
        if sum(int(steps[level, part]) for part, level in enumerate(levels)) >= target:
            total += np.prod([exactly[level, part] for part, level in enumerate(levels)])
    assert tail(reached, steps, target) == pytest.approx(total)
