"""Classes in which everybody works alone are hardly ever in a hint (`benchmarks.hints`)."""

from __future__ import annotations

from benchmarks.hints import honest


def test_honest_classes_are_not_named() -> None:
    # the hardest small classes: 30 students with habits, 12 variants; one in a hundred at most
    seeds = [start + one for start in range(10, 1010, 20) for one in range(4)]
    found = [honest(seed) for seed in seeds]
    assert {sort for sort, _ in found} == {(30, 12, True)}
    assert sum(named for _, named in found) <= 2
