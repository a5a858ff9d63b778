"""Marks are shared in proportion, in steps that a person can give, and add up exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.folder.key import RubricKey
from examgen.ground.errors import InputError
from generator.exams.exam_file import read_exam
from generator.exams.share_marks import NoShares, share_marks
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from pathlib import Path

# what, total, weights, how often each counts, the shares
SHARES: list[tuple[str, str, str, str, str]] = [
    ("nothing to do", "12", "4 4 2 2", "", "4 4 2 2"),
    ("thirds were asked for", "10/3", "1 1", "", "5/3 5/3"),
    ("nothing to do with thirds", "1", "1/3 2/3", "", "1/3 2/3"),
    ("halved", "6", "4 4 2 2", "", "2 2 1 1"),
    ("quarters are exact", "5/2", "1 1", "", "5/4 5/4"),
    ("12/7 and 24/7", "12", "1 2 2 2", "", "3/2 7/2 7/2 7/2"),  # 1.714: halves, as 1 is too much
    ("whole marks", "20", "12 4 10", "", "9 3 8"),  # 9.23, 3.08, 7.69
    ("the largest remainders", "10", "3 3 3", "", "4 3 3"),
    ("a pool of two", "30", "6 8 8 5", "2 1 1 1", "5 8 7 5"),  # 2 * 5.45, 7.27, 7.27, 4.55
    ("less than a mark each", "1", "1 1 1", "", "3/8 3/8 1/4"),
]


@pytest.mark.parametrize(
    ("total", "weights", "counts", "shares"), [s[1:] for s in SHARES], ids=[s[0] for s in SHARES]
)
def test_shares(total: str, weights: str, counts: str, shares: str) -> None:
    found = share_marks(Fraction(total), _numbers(weights), [int(n) for n in counts.split()])
    assert list(found) == _numbers(shares)


def _numbers(text: str) -> list[Fraction]:
    return [Fraction(number) for number in text.split()]


@given(
    st.integers(1, 800).map(lambda quarters: Fraction(quarters, 4)),
    st.lists(st.integers(1, 12).map(Fraction), min_size=1, max_size=30),
)
def test_shares_add_up_and_are_near(total: Fraction, weights: list[Fraction]) -> None:
    try:
        found = share_marks(total, weights)
    except NoShares:
        assert total * min(weights) / sum(weights) < Fraction(1, 8)
        return
    assert sum(found) == total
    for share, weight in zip(found, weights, strict=True):
        exact = weight * total / sum(weights)
        assert share == exact or abs(share - exact) <= min(weights) * total / sum(weights) / 2
        assert share == exact or (share * 16).denominator == 1


EXAM = """course: c
title: t
total_marks: 20
questions:
  - title: Q
    parts:
      - cnn/conv_layer
      - cnn/padding
      - {pool: [rnn/clipping, rnn/unfolding], pick: 1, marks: 10}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "exam.yaml"
    path.write_text(text)
    return path


def test_a_total_gives_marks_that_a_person_can_give(tmp_path: Path) -> None:
    for one in papers(read_exam(written(tmp_path, EXAM)), "42", copies(4)):
        assert [part.marks for part in one.parts] == [8, 5, 7]  # 12, 8 and 10 of 30: 8, 5.33, 6.67
        assert sum(answer.marks for answer in one.key.answers) == 20
        for answer in one.key.answers:
            assert (answer.marks * 4).denominator == 1
            if isinstance(answer, RubricKey):
                assert sum(item.marks for item in answer.criteria) == answer.marks


TROUBLES = [
    ("a part worth next to nothing", "- cnn/conv_layer", "- {use: cnn/conv_layer, marks: 0.01}",
     ":3: 20 marks cannot be divided into 3 shares by their weights; choose another total"),
    ("answers worth next to nothing", "total_marks: 20", "total_marks: 1.75",
     ":7: cnn/conv_layer: "),
    ("the same without a total", "total_marks: 20\n", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("right", "wrong", "message"), [t[1:] for t in TROUBLES], ids=[t[0] for t in TROUBLES]
)
def test_what_cannot_be_shared_is_named_with_its_line(
    right: str, wrong: str, message: str, tmp_path: Path
) -> None:
    path = written(tmp_path, EXAM.replace(right, wrong))
    if not message:
        assert sum(part.marks for part in read_exam(path).parts) == 40
        return
    with pytest.raises(InputError) as caught:
        read_exam(path)
    assert f"{path}{message}" in str(caught.value)
