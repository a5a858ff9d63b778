"""Measure how often a report hints at copying in a class where all students work alone.

    python -m benchmarks.hints --classes 10000

Each class has an exam of its own: parts with 1 to 4 answers, 12 or 400 variants of each part, and
mistakes that are common to its students, with and without a name in the question file. Students
differ in ability. In half of the classes some also have habits: a misconception that the question
file does not know and that spoils several answers of those who have it.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from multiprocessing import Pool
from typing import TypeAlias

import numpy as np

from grader.report.hints import pairs_of_answers

Sort: TypeAlias = tuple[int, int, bool]
"""Students, variants of each part, habits."""
SIZES = (30, 30, 30, 30, 200)  # four small classes to a large one
PARTS, MISTAKES, KNOWN, HABITS = 14, 5, 2, 3
POPULAR = (0.30, 0.12, 0.12, 0.06, 0.03, 0.37)  # five mistakes, and something of one's own


def honest(seed: int) -> tuple[Sort, bool]:
    """Simulate a class; return its size, variants and habits, and whether anybody is named."""
    random = np.random.default_rng(seed)
    students, variants, habits = SIZES[seed % 5], (12, 400)[seed // 5 % 2], bool(seed // 10 % 2)
    parts = np.repeat(np.arange(PARTS), random.integers(1, 5, PARTS))
    items, across = len(parts), np.arange(len(parts))
    drawn = random.integers(0, variants, (students, PARTS))[:, parts]
    values = 60 * random.integers(1, 20, items)[:, None]  # few or many values that are plausible
    keys = random.integers(0, values, (items, variants))
    slips = random.integers(0, values[:, None], (items, MISTAKES, variants))
    fixed = random.random((items, MISTAKES)) < 0.3  # the same slip whatever was drawn: "0"
    slips = np.where(fixed[:, :, None], slips[:, :, :1], slips)
    ability = random.normal(0, 1, (students, 1)) - random.normal(-1, 1, items)
    wrong = random.random((students, items)) > 1 / (1 + np.exp(-ability))
    slip = random.choice(MISTAKES + 1, (students, items), p=POPULAR)
    if habits:
        spoilt = random.random((HABITS, items)) < 0.15
        has = random.random((students, HABITS)) < 0.15
        habit = (has[:, :, None] & spoilt).any(axis=1)
        wrong, slip = wrong | habit, np.where(habit, KNOWN, slip)
    own = np.minimum(random.zipf(1.4, (students, items)), 10_000)
    written = np.where(slip == MISTAKES, own, slips[across, np.minimum(slip, MISTAKES - 1), drawn])
    right = keys[across, drawn]
    blank = random.random((students, items)) < 0.05
    wrongs = np.where(wrong & ~blank & (written != right), written, -1).astype(np.int32)
    unexplained = np.where(slip < KNOWN, -1, wrongs).astype(np.int32)
    others, same = pairs_of_answers(wrongs, right.astype(np.int32), unexplained, parts)
    return (students, variants, habits), bool(others.found or same.found)


def main() -> None:
    """Print for each sort of class how many were simulated, and in how many anybody is named."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--classes", type=int, default=10_000)
    options.add_argument("--seconds", type=float, default=480)
    given = options.parse_args()
    began, all_classes, named = time.monotonic(), Counter[Sort](), Counter[Sort]()
    with Pool(2) as pool:
        for sort, hit in pool.imap(honest, range(given.classes), chunksize=20):
            all_classes[sort] += 1
            named[sort] += hit
            if time.monotonic() - began > given.seconds:
                break
    print("| students | variants | habits | classes | name somebody |\n|---|---|---|---|---|")
    for sort, count in sorted(all_classes.items(), key=str):
        students, variants, habits = sort
        print(
            f"| {students} | {variants} | {'yes' if habits else 'no'} | {count:,} | {named[sort]} |"
        )
    print(f"| all | | | {all_classes.total():,} | {named.total()} |")


if __name__ == "__main__":
    main()
