"""What `check` says of an exam as a whole: numbers counted by hand on small exams."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.ground.errors import ExamgenError
from examgen.proof import FamilyReport, WholeExam, prove, whole_exam
from examgen.proof.whole_exam.exam_table import faults, notices, sentences, table
from generator.exams.exam_file import read_exam

if TYPE_CHECKING:
    from collections.abc import Sequence

# Four variants: 72, 144, 200, 400 weights; the rows squared are 9 or 25; what a person marks is
# the same for all.
WEIGHTS = r"""---
title: Weights
minutes: 4
vary: {k: [3, 5], c: [8, 16]}
values: {n: k**2 * c, rows: k**2}
answers:
  n: {integer: n, marks: 2}
  rows: {integer: rows, marks: 1}
  why: {rubric: [{says: why, marks: 1}], model: Because.}
---
A filter has $\V{k}$ rows and $\V{c}$ channels. \answer{n} \answer{rows} \answer{why}
"""
# The half, rounded down, is 1, 2 or 2: two keys, one of them twice as often. The model answer has
# the number of the paper.
HALVES = r"""---
title: Halves
minutes: 6
vary: {k: [3, 4, 5]}
values: {half: floor(k/2), unused: 2*k}
answers:
  half: {integer: half, marks: 2, trivial: true}
  why: {rubric: [{says: why, marks: 1}], model: 'Of \V{k} take half.'}
---
Half of $\V{k}$, rounded down? \answer{half} \answer{why}
"""
# A product of three digits by three is 9 single-digit operations; half of one digit is 2 or 3.
PRODUCT = r"""---
title: Product
minutes: 6
vary: {k: [123, 457]}
values: {n: 987*k}
answers:
  n: {integer: n, marks: 3}
---
What is 987 times $\V{k}$? \answer{n}
"""
CHOICE = r"""---
title: Choice
minutes: MINUTES
answers:
  it: {choice: RIGHT, options: [red, green, blue], marks: 2}
---
Which colour is it, of NAME? \answer{it}
"""
QUESTIONS = {
    "weights": WEIGHTS,
    "halves": HALVES,
    "product": PRODUCT,
    **{
        name: CHOICE.replace("NAME", name).replace("RIGHT", right).replace("MINUTES", minutes)
        for name, right, minutes in (("a", "red", "2"), ("b", "red", "3"), ("c", "blue", "4"))
    },
}


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, FamilyReport]]:
    folder = tmp_path_factory.mktemp("whole") / "questions"
    folder.mkdir()
    for name, text in QUESTIONS.items():
        (folder / f"{name}.tex").write_text(text)
    reports = list(prove(sorted(folder.iterdir()), jobs=1))
    assert [report.faults for report in reports] == [[]] * len(reports)
    return folder, {report.file: report for report in reports}


def exam_in(folder: Path, parts: str, more: str = "") -> Path:
    path = folder / "exam.yaml"
    path.write_text(f"course: c\ntitle: t\n{more}questions: [{{title: q, parts: [{parts}]}}]\n")
    return path


def of(bank: tuple[Path, dict[str, FamilyReport]], parts: str, more: str = "") -> WholeExam:
    folder, reports = bank
    found = whole_exam(read_exam(exam_in(folder, parts, more)), reports)
    assert found is not None
    return found


NUMBERS, POOLS, SHUFFLED = "numbers", "pools", "shuffled options"
SHUFFLE = "shuffle: [options]\n"
# name: parts, more: marks, of people, that differ by each reason, variants of the places
COUNTED = {
    "numbers": ("weights", "", 4, 1, (3, 0, 0), [4]),
    "model answer with numbers": ("halves", "", 3, 1, (3, 0, 0), [3]),
    "nothing": ("a", "", 2, 0, (0, 0, 0), [1]),
    "shuffled options": ("a", SHUFFLE, 2, 0, (0, 0, 2), [1]),
    "shuffled parts": ("a, b", "shuffle: [parts, questions]\n", 4, 0, (0, 0, 0), [1, 1]),
    "numbers are no options": ("weights", SHUFFLE, 4, 1, (3, 0, 0), [4]),
    "one of a pool": ("{pool: [a, b], pick: 1}", "", 2, 0, (0, 2, 0), [2]),
    "two of a pool": ("{pool: [a, b, c], pick: 2}", "", 4, 0, (0, 4, 0), [3]),
    "all of a pool": ("{pool: [a, b], pick: 2}", SHUFFLE, 4, 0, (0, 0, 4), [1]),
    # A paper has 1 of 4 marks for people, or none: half a mark in the mean.
    "unlike pool": (
        "{pool: [a, weights], pick: 1, marks: 4}", "", 4, "1/2", ("3/2", "5/2", 0), [5],
    ),
    "a value is fixed": ("{use: weights, fix: {k: 3}}", "", 4, 1, (2, 0, 0), [2]),
    "all is fixed": ("{use: weights, fix: {k: 3, c: 8}}", "", 4, 1, (0, 0, 0), [1]),
    "other values are fixed": ("{use: weights, fix: {k: 7}}", "", 4, 1, (2, 0, 0), [2]),
    "marks are scaled": ("weights", "total_marks: 8\n", 8, 2, (6, 0, 0), [4]),
    "all together": ("weights, halves, a", SHUFFLE, 9, 2, (6, 0, 2), [4, 3, 1]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "more", "marks", "people", "differ", "variants"), COUNTED.values(), ids=COUNTED
)
def test_marks_are_counted(
    parts: str,
    more: str,
    marks: int,
    people: int | str,
    differ: Sequence[int | str],
    variants: list[int],
    bank: tuple[Path, dict[str, FamilyReport]],
) -> None:
    found = of(bank, parts, more)
    assert (found.marks, found.people) == (Fraction(marks), Fraction(people))
    by = dict(zip((NUMBERS, POOLS, SHUFFLED), map(Fraction, differ), strict=True))
    assert found.differ == by
    assert [place.variants for place in found.places] == variants


# parts: the marks that are known from 1 and from 3 earlier papers, by hand.
KNOWN = {
    # By hand: 2 (1/4) + 1 (1/2) + 1; from three 2 (1 - (3/4)^3) + 1 (1 - (1/2)^3) + 1.
    "numbers": ("weights", "", "2", "97/32"),
    # From one 2 (1/9 + 4/9) + 1/3; 2 (1/3 (1 - (2/3)^3) + 2/3 (1 - (1/3)^3)) + (1 - (2/3)^3).
    "uneven": ("halves", "", "13/9", "199/81"),
    "nothing varies": ("a", "", "2", "2"),
    "an option is the same wherever it stands": ("a", SHUFFLE, "2", "2"),
    # From one 2 (1/2), from three 2 (1 - (1/2)^3).
    "one of two": ("{pool: [a, b], pick: 1}", "", "1", "7/4"),
    # From one 4 (2/3), from three 4 (1 - (1/3)^3).
    "two of three": ("{pool: [a, b, c], pick: 2}", "", "8/3", "104/27"),
    # Half of the papers have each: 1/2 (4 (1/2)) + 1/2 (2 (1/8) + 1 (1/4) + 1 (1/2)) for one;
    # 7/4 + 169/512 + 37/128 + 7/16 for three.
    "unlike pool": ("{pool: [a, weights], pick: 1, marks: 4}", "", "3/2", "1437/512"),
    "a value is fixed": ("{use: weights, fix: {k: 3}}", "", "3", "15/4"),
    # The same question twice on a paper has both its variants, so one paper has all.
    "twice": ("{use: halves, fix: {k: 3}}, {use: halves, fix: {k: 3}}", "", "6", "6"),
    "the only two of two pools": (
        "{pool: [a, b], pick: 1}, {pool: [b, a], pick: 1}", "", "4", "4",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "more", "from_one", "from_three"), KNOWN.values(), ids=KNOWN)
def test_what_is_known_is_counted(
    parts: str,
    more: str,
    from_one: str,
    from_three: str,
    bank: tuple[Path, dict[str, FamilyReport]],
) -> None:
    found = of(bank, parts, more)
    assert [found.known[number] for number in (1, 3)] == [Fraction(from_one), Fraction(from_three)]
    assert set(found.errors.values()) == {0}


def test_questions_that_may_stand_at_two_places_are_drawn(
    bank: tuple[Path, dict[str, FamilyReport]],
) -> None:
    # Each paper has two of three questions: 4 (2/3) marks from one, 4 (1 - (1/3)^3) from three.
    pool = "{pool: [a, b, c], pick: 1}"
    found = of(bank, f"{pool}, {pool}, weights")
    for number, exact in ((1, Fraction(8, 3) + 2), (3, Fraction(104, 27) + Fraction(97, 32))):
        error = found.errors[number]
        assert 0 < error < 0.1
        assert abs(float(found.known[number] - exact)) < 4 * error
    again = of(bank, f"{pool}, {pool}, weights")
    assert again.known == found.known


def test_what_has_too_many_variants_is_drawn(bank: tuple[Path, dict[str, FamilyReport]]) -> None:
    folder, reports = bank
    sampled = {file: replace(report, is_whole=False) for file, report in reports.items()}
    found = whole_exam(read_exam(exam_in(folder, "weights")), sampled)
    assert found is not None
    assert abs(float(found.known[1]) - 2) < 4 * found.errors[1]
    assert "      4*" in next(line for line in table(found) if line.startswith("1a"))
    assert any("drawn, with standard errors up to" in line for line in sentences(found))


def test_a_question_without_variants_has_no_figures(
    bank: tuple[Path, dict[str, FamilyReport]],
) -> None:
    folder, reports = bank
    none = {file: FamilyReport("x", file, 1, is_whole=True) for file in reports}
    assert whole_exam(read_exam(exam_in(folder, "weights")), none) is None


TABLE = """\
place   question                           marks   people   differ variants  minutes known: 1    10
1a      weights                                4        1        3        4        4     50 %  97 %
1b      1 of 2: a, b                           2        0        2        2        3     50 % 100 %
1c      c                                      2        0        2        1        4    100 % 100 %
in all                                         8        1        7                11     62 %  99 %
"""


def test_the_table_and_the_sentences(bank: tuple[Path, dict[str, FamilyReport]]) -> None:
    found = of(bank, "weights, {pool: [a, b], pick: 1}, c", SHUFFLE)
    assert "\n".join(table(found)) + "\n" == TABLE
    assert list(sentences(found)) == [
        "1 of 8 marks wait for people (12 %)",
        "7 of 8 marks differ between papers (88 %): "
        "3 by numbers, 2 by pools, 2 by shuffled options",
        "marks whose answer was on one of k earlier papers: "
        "62 % for k = 1, 85 % for k = 3, 99 % for k = 10, 100 % for k = 30",
        "only the order of the options differs: 1c",
    ]


def test_parts_with_one_variant_are_named(bank: tuple[Path, dict[str, FamilyReport]]) -> None:
    found = of(bank, "a, weights, {use: halves, fix: {k: 4}}")
    assert list(sentences(found))[-1] == (
        "the same on every paper: 1a, 1c; vary values, or put others beside them"
    )


UNEQUAL = [
    ("{pool: [a, b], pick: 1}", []),  # 2 and 3 minutes
    ("{pool: [a, c], pick: 1}",
     ["the pool 1a is not of equal work: minutes from 2 (a) to 4 (c), more than 1.5 times "
      "the least; choose others, or correct their files"]),
    ("{pool: [c, a], pick: 2}", []),  # every paper has both
    ("b, {pool: [product, halves], pick: 1}",
     ["the pool 1b is not of equal work: effort from 3 (halves) to 9 (product), more than 2 times "
      "the least; choose others, or correct their files"]),
    ("{pool: [a, weights], pick: 1, marks: 4}",
     ["the pool 1a is not of equal work: marks in their files from 2 (a) to 4 (weights), more than "
      "1.5 times the least; choose others, or correct their files",
      "the pool 1a is not of equal work: minutes from 2 (a) to 4 (weights), more than 1.5 times "
      "the least; choose others, or correct their files"]),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "said"), UNEQUAL)
def test_pools_of_unequal_work_are_named(
    parts: str, said: list[str], bank: tuple[Path, dict[str, FamilyReport]]
) -> None:
    assert list(notices(of(bank, parts))) == said


LEAKS = [
    ("weights, a", "leak: 99%\n", []),  # from 10 papers 2 (1 - (3/4)^10) + ... = 5.88 of 6 marks
    ("weights, a", "leak: 95%\n",
     [":3: 98 % of the marks are known from 10 earlier papers, more than leak: allows (95 %); "
      "most at 1a (4 marks, 97 %), 1b (2 marks, 100 %); vary more values there, or use pools"]),
    ("weights, a", "leak: {1: 0.6, 3: 9/10}\n",
     [":3: 67 % of the marks are known from 1 earlier paper, more than leak: allows (60 %); most "
      "at 1a (4 marks, 50 %), 1b (2 marks, 100 %); vary more values there, or use pools"]),
    ("weights, a", "leak:\n  1: 70%\n  2: 70%\n",
     [":5: 77 % of the marks are known from 2 earlier papers, more than leak: allows (70 %); most "
      "at 1a (4 marks, 66 %), 1b (2 marks, 100 %); vary more values there, or use pools"]),
    ("weights, a", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "more", "said"), LEAKS)
def test_a_leak_is_a_fault_with_its_line(
    parts: str, more: str, said: list[str], bank: tuple[Path, dict[str, FamilyReport]]
) -> None:
    assert list(faults(of(bank, parts, more), "exam.yaml")) == [f"exam.yaml{one}" for one in said]


def test_where_leaks_are_bounded_three_alternatives_are_wanted(
    bank: tuple[Path, dict[str, FamilyReport]],
) -> None:
    parts = "weights, a, {pool: [b, c], pick: 1}"
    assert list(notices(of(bank, parts, SHUFFLE))) == []
    assert list(notices(of(bank, parts, f"{SHUFFLE}leak: 99%\n"))) == [
        "leak: wants at least 3 alternatives at each place; fewer have 1b (1), 1c (2); "
        "vary more values, or put more questions into a pool"
    ]


BOUNDS = [
    ("40%", {10: Fraction(2, 5)}),
    ("{1: 1/4, 30: 0.5}", {1: Fraction(1, 4), 30: Fraction(1, 2)}),
]
NO_BOUNDS = [
    "2",
    "100%",
    "0",
    "[]",
    "{}",
    "",
    "much",
    "{0: 10%}",
    "{31: 10%}",
    "{x: 10%}",
    "{3: {}}",
]


@pytest.mark.parametrize(("text", "bounds"), BOUNDS)
def test_bounds(text: str, bounds: dict[int, Fraction], tmp_path: Path) -> None:
    assert read_exam(exam_in(tmp_path, "cnn/padding", f"leak: {text}\n")).leak == bounds


@pytest.mark.parametrize("text", NO_BOUNDS)
def test_what_is_no_bound_is_a_fault(text: str, tmp_path: Path) -> None:
    said = r"yaml:3: leak: expected a share such as 40%, or shares from 1 to 30 earlier papers"
    with pytest.raises(ExamgenError, match=said):
        read_exam(exam_in(tmp_path, "cnn/padding", f"leak: {text}\n"))


def test_check_prints_it_and_fails_on_a_leak(bank: tuple[Path, dict[str, FamilyReport]]) -> None:
    file = str(exam_in(bank[0], "weights, a", "leak: 95%\n"))
    done = CliRunner().invoke(app, ["check", file, "--jobs", "1"])
    assert done.exit_code == 1
    assert "1a      weights       " in done.stdout
    assert f"{file}: 1 of 6 marks wait for people (17 %)\n" in done.stdout
    assert f"{file}: leak: wants at least 3 alternatives" in done.stderr
    shown = CliRunner().invoke(app, ["check", file, "--jobs", "1", "--json"])
    *_, last = map(json.loads, shown.stdout.splitlines())
    assert (last["exam"], last["marks"], last["people"]) == (file, 6, 1)
    assert last["differ"] == {NUMBERS: 3, POOLS: 0, SHUFFLED: 0}
    assert (last["known"]["1"], last["places"][0]["known"]["1"]) == (4, 2)


@pytest.mark.parametrize("some", [["--limit", "3"], ["--with", "k=3"]], ids=["limit", "with"])
def test_of_some_variants_only_the_minutes_are_said(
    some: list[str], bank: tuple[Path, dict[str, FamilyReport]]
) -> None:
    file = str(exam_in(bank[0], "weights"))
    done = CliRunner().invoke(app, ["check", file, "--jobs", "1", *some])
    assert done.exit_code == 0
    assert "4 minutes for 1 part" in done.stdout
    assert "differ" not in done.stdout
