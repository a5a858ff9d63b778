"""What criteria add up to, and which marks hold when criteria are edited."""

from __future__ import annotations

from fractions import Fraction

import pytest

from examgen.folder.edited_rubric import LookAgain, changes, taken_over
from examgen.folder.key import Criterion
from examgen.folder.rubric import (
    criteria_from,
    criteria_json,
    given_text,
    most,
    rubric_digest,
    sum_criteria,
)

TWO = Criterion("a", Fraction(2))
ALL = Criterion("all of it", Fraction(3), one_of="how far")
SOME = Criterion("some of it", Fraction(1), one_of="how far")
SLIP = Criterion("a slip", Fraction(-1))
ONE_STEP = Criterion("one step only", cap=Fraction(2))
FULL = (TWO, ALL, SOME, SLIP, ONE_STEP)

# what is given for each of FULL, the marks of 5 that this makes: by hand
EARNED = [
    ("2 3 0 0 0", 5),
    ("2 0 1 0 0", 3),
    ("2 3 0 -1 0", 4),
    ("0 0 0 -1 0", 0),
    ("1/2 0 1 -1/2 0", 1),
    ("2 3 0 0 1", 2),
    ("2 3 0 -1 1", 2),
    ("0 0 1 0 1", 1),
]
REFUSED = [
    ("3 0 0 0 0", "criterion 1 has 3 of 2 marks; give at most 2"),
    ("-1 0 0 0 0", "criterion 1 has -1 of 2 marks; give at least 0"),
    ("0 0 0 1 0", "criterion 4 has 1 of -1 marks; give at most 0"),
    ("0 0 0 -2 0", "criterion 4 has -2 of -1 marks; give at least -1"),
    ("0 0 0 0 2", "criterion 5 is a cap and has 2; write 1 where it holds, else 0"),
    ("0 3 1 0 0", "criteria 2 and 3 exclude each other; give marks for one of them"),
    ("2 3", "2 criteria are marked, of 5; mark each or none"),
]


def numbers(text: str) -> list[Fraction]:
    return list(map(Fraction, text.split()))


@pytest.mark.parametrize(("given", "marks"), EARNED)
def test_criteria_add_up(given: str, marks: int) -> None:
    assert sum_criteria(FULL, numbers(given), Fraction(5)) == marks


@pytest.mark.parametrize(("given", "said"), REFUSED)
def test_what_criteria_cannot_be_given(given: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        sum_criteria(FULL, numbers(given), Fraction(5))


def test_an_answer_without_criteria_has_marks_as_a_whole() -> None:
    with pytest.raises(ValueError, match="has no criteria; give its marks as a whole"):
        sum_criteria([], numbers("2 0"), Fraction(2))


def test_an_answer_earns_at_most_what_it_is_worth() -> None:
    five = [Criterion(str(n), Fraction(1)) for n in range(5)]
    assert most(five) == 5
    assert sum_criteria(five, numbers("1 1 1 1 0"), Fraction(3)) == 3


def test_criteria_are_named_by_what_bears_on_marks() -> None:
    assert criteria_from(criteria_json(FULL).decode()) == FULL
    lit = Criterion("a", Fraction(2), keywords=("b",))
    assert rubric_digest([lit]) == rubric_digest([TWO]) != rubric_digest([SLIP])
    assert rubric_digest([]) == ""


def test_what_students_read_of_a_criterion() -> None:
    said = [given_text(item, got) for item, got in zip(FULL, numbers("1 3 0 -1 1"), strict=True)]
    assert said[0] == "1 of 2"
    assert said[3:] == ["-1, at worst -1", "at most 2 in all: applies"]


WIDE = Criterion("a", Fraction(2), accept=("b",))
STRICT = Criterion("a", Fraction(2), not_enough=("b",))
THREE, NAMED = Criterion("a", Fraction(3)), Criterion("a", Fraction(2), name="n")
# criteria before, criteria now, what was given, what that is now; or why a person looks again
EDITED = [
    ("nothing", [TWO, SLIP], [TWO, SLIP], "1 -1", "1 -1"),
    ("order", [TWO, SLIP], [SLIP, TWO], "2 0", "0 2"),
    ("spaces", [Criterion("a  b", Fraction(1))], [Criterion("a b", Fraction(1))], "1", "1"),
    ("worth, met", [TWO], [THREE], "2", "3"),
    ("worth, missed", [TWO], [THREE], "0", "0"),
    ("worth, in part", [TWO], [THREE], "1", "'a' is worth 3, not 2, and was met in part"),
    ("gone", [TWO, SLIP], [TWO], "2 -1", "2"),
    ("new", [TWO], [TWO, SLIP], "2", "nobody looked for 'a slip'"),
    ("other words", [TWO], [Criterion("b", Fraction(2))], "2", "nobody looked for 'b'"),
    ("named words", [NAMED], [Criterion("b", Fraction(2), name="n")], "1", "1"),
    ("wider, met", [TWO], [WIDE], "2", "2"),
    ("wider, not met", [TWO], [WIDE], "1", "'a' accepts more, and was not met"),
    ("wider again", [STRICT], [TWO], "0", "'a' accepts more, and was not met"),
    ("stricter, missed", [TWO], [STRICT], "0", "0"),
    ("stricter, met", [TWO], [STRICT], "2", "'a' accepts less, and was met"),
    ("stricter again", [WIDE], [TWO], "2", "'a' accepts less, and was met"),
    ("a cap", [ONE_STEP], [Criterion("one step only", cap=Fraction(1))], "1", "1"),
    ("sign", [TWO], [Criterion("a", Fraction(-2))], "2", "'a' is worth -2, not 2, and was"),
    ("as a whole", [TWO], [TWO, SLIP], "", "it was marked as a whole"),
]


@pytest.mark.parametrize(
    ("old", "new", "given", "wanted"), [row[1:] for row in EDITED], ids=[row[0] for row in EDITED]
)
def test_edited_criteria(
    old: list[Criterion], new: list[Criterion], given: str, wanted: str
) -> None:
    if wanted[0] in "-0123456789":
        assert taken_over(old, new, numbers(given)) == tuple(numbers(wanted))
        return
    with pytest.raises(LookAgain, match=wanted):
        taken_over(old, new, numbers(given))


def test_changes_are_named() -> None:
    old = [NAMED, SLIP, STRICT]
    new = [Criterion("b", Fraction(3), name="n"), STRICT, Criterion("c", Fraction(1))]
    assert list(changes(old, [*new[:1], WIDE, *new[2:]])) == [
        "'a' now says 'b'",
        "'b' is worth 3, not 2",
        "'a' accepts other answers",
        "'a' is not met by other answers",
        "'c' is new",
        "'a slip' is gone",
    ]
