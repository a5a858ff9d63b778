"""Rubrics on the marking page: highlighted words, comments, and criteria that are edited."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from examgen.folder.key import Criterion, PaperKey, PartKey, RubricKey
from examgen.folder.rubric import rubric_digest
from examgen.ground.errors import InputError
from grader.by_hand.highlight import pieces
from grader.by_hand.people import take_marks, write_marking
from grader.grade import grade, open_store
from grader.regrade import regrade
from grader.results.read import read_results
from grader.store.marks import PersonMark, add_marks, response_digest
from tests.grader.exams import RUBRIC, hand_in, paper, write_exam

if TYPE_CHECKING:
    from pathlib import Path

    from grader.store.marks import Opinion

# an answer, words of two criteria, where brackets with a number are around what is highlighted
FOUND = [
    ("a product", [["product"], []], "a [product]1"),
    ("PRODUCTS, products", [[], ["Product"]], "[PRODUCT]2S, [product]2s"),
    ("by-product", [["product"], []], "by-[product]1"),
    ("subproduct", [["product"], []], "subproduct"),
    ("the chain\n rule", [["chain rule"], []], "the [chain\n rule]1"),
    ("İvme, STRASSE", [["i̇vme"], ["straße"]], "[İvme]1, [STRASSE]2"),
    ("a.b aXb", [["a.b"], [" "]], "[a.b]1 aXb"),
    ("<b>product</b>", [["<b>"], ["product"]], "[<b>]1[product]2</b>"),
    ("a product rule", [["product"], ["product rule"]], "a [product rule]2"),
    ("", [["a"], []], ""),
]


@pytest.mark.parametrize(("text", "words", "wanted"), FOUND)
def test_words_are_found(text: str, words: list[list[str]], wanted: str) -> None:
    found = pieces(text, words)
    assert "".join(piece for piece, _ in found) == text
    assert "".join(f"[{piece}]{n}" if n else piece for piece, n in found) == wanted


def key_of(number: int, criteria: tuple[Criterion, ...], marks: int) -> PaperKey:
    rubric = replace(RUBRIC, criteria=criteria, marks=Fraction(marks))
    own = paper(number)
    return replace(own, parts=(replace(own.parts[-1], answers=(rubric,)),))


NAMES, SHRINKS = RUBRIC.criteria
RULE = {"tolerance": "1", "within": "mean", "beyond": "third"}
ANSWERS = ["a product", "it shrinks", "<i>product</i> shrinks", "nothing"]


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    lit = replace(NAMES, keywords=("product",), accept=("the chain rule",))
    folder = write_exam(
        tmp_path / "exam", [key_of(n, (lit, SHRINKS), 3) for n in range(1, len(ANSWERS) + 1)]
    )
    rows = {f"p{n:03d}": {"2b.why": text} for n, text in enumerate(ANSWERS, 1)}
    grade(folder, [hand_in(tmp_path / "a.csv", rows)])
    return folder


def page_data(exam: Path) -> dict[str, Any]:
    write_marking(exam)
    page = (exam / "marking/marking-first.html").read_text()
    assert "<i>product" not in page.partition('id="data">')[2]
    found: dict[str, Any] = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    return found


def give(exam: Path, given: dict[str, str], **more: object) -> Path:
    """Give marks for criteria by what was written, as the page saves them."""
    lines = [
        {name: group[name] for name in ("id", "answer", "papers", "rubric")}
        | {"criteria": given[str(group["text"])].split(), "opinion": "first", "marks": ""}
        | more
        for group in page_data(exam)["groups"]
        if str(group["text"]) in given
    ]
    saved = exam / "saved.jsonl"
    text = "".join(json.dumps(line) + "\n" for line in lines)
    saved.write_text(text.replace('"id"', '"group"'))
    take_marks(exam, saved, "Ada")
    return saved


def marks(exam: Path) -> list[str]:
    found = [answer for paper in read_results(exam / "grades") for answer in paper.answers]
    return ["waits" if answer.marks is None else str(answer.marks) for answer in found]


GIVEN = dict(zip(ANSWERS, ["2 0", "0 1", "1 1", "0 0"], strict=True))


def test_comments_are_offered_again_and_reach_the_student(exam: Path) -> None:
    before = page_data(exam)
    assert before["bank"] == {"2b.why": [[], []]}
    [group] = [g for g in before["groups"] if g["text"] == ANSWERS[2]]
    assert group["pieces"] == [["<i>", 0], ["product", 1], ["</i> shrinks", 0]]
    give(exam, {ANSWERS[0]: "2 0"}, comments=["", "say why"])
    assert page_data(exam)["bank"] == {"2b.why": [[], ["say why"]]}
    [first, *_] = read_results(exam / "grades")
    assert first.answers[-1].comments == ("", "say why")


def test_edited_criteria_take_marks_over_where_that_is_certain(exam: Path) -> None:
    saved = give(exam, GIVEN)
    assert marks(exam) == ["2", "1", "2", "0"]
    key = exam / "key.jsonl"
    old, worth_four = key.read_text(), replace(NAMES, marks=Fraction(4), accept=("the chain rule",))
    write_exam(exam, [key_of(n, (SHRINKS, worth_four), 5) for n in range(1, 5)])
    report = regrade(exam)
    assert marks(exam) == ["4", "1", "waits", "0"]
    assert [move.paper for move in report.moves] == ["p001", "p002", "p003", "p004"]
    said = [str(notice) for notice in report.notices]
    assert (
        "'names the product of derivatives' is worth 4, not 2; 3 marks were taken over" in said[0]
    )
    assert "was met in part; 1 paper waits again: p003; mark them with examgen mark" in said[1]
    assert len(said) == 2
    [again] = page_data(exam)["groups"]
    assert again["earlier"] == (
        "Marked before the criteria were edited: "
        "2 by Ada (names the product of derivatives: 1; says that it shrinks: 1)"
    )
    with pytest.raises(InputError, match=r"the criteria of 2b\.why were edited since"):
        take_marks(exam, saved, "Ada")
    key.write_text(old)
    regrade(exam)
    assert marks(exam) == ["2", "1", "2", "0"]


# a rule or none; marks by opinion, of 2 and 1, before the first criterion is worth 4; and after it
OVERRULED = [
    (None, {"first": "0 0"}, "0"),
    (None, {"first": "0 0", "appeal": "1 1"}, "waits"),
    (None, {"first": "1 0", "appeal": "2 1"}, "5"),
    (None, {"first": "2 1", "second": "1 1"}, "5"),
    (RULE, {"first": "2 1", "second": "1 1"}, "waits"),
    (RULE, {"first": "2 1", "second": "2 0"}, "9/2"),
    (RULE, {"first": "2 1", "second": "0 0", "settled": "1 0"}, "waits"),
]


@pytest.mark.parametrize(("rule", "given", "wanted"), OVERRULED)
def test_a_mark_that_was_overruled_never_counts_instead(
    rule: dict[str, str] | None, given: dict[Opinion, str], wanted: str, exam: Path
) -> None:
    (exam / "exam.json").write_text(json.dumps({"seed": "1"} | ({"marking": rule} if rule else {})))
    criteria = (replace(NAMES, keywords=("product",), accept=("the chain rule",)), SHRINKS)
    with open_store(exam) as store:
        add_marks(store, [mark_of(who, text, criteria) for who, text in given.items()], [criteria])
    edited = (replace(criteria[0], marks=Fraction(4)), SHRINKS)
    write_exam(exam, [key_of(n, edited, 5) for n in range(1, 5)])
    regrade(exam)
    assert marks(exam)[0] == wanted


def mark_of(opinion: Opinion, text: str, criteria: tuple[Criterion, ...]) -> PersonMark:
    given = tuple(text.split())
    own = ("p001", "2b.why", response_digest(ANSWERS[0]), sum(map(Fraction, given), Fraction(0)))
    rubric = rubric_digest(criteria)
    return PersonMark(*own, f"who gave {opinion}", given, opinion=opinion, rubric=rubric)


def test_the_key_has_rubrics_with_all_they_hold() -> None:
    both = (replace(NAMES, one_of="x", not_enough=("a",)), Criterion("b", cap=Fraction(1)))
    part = PartKey(
        "1a", "t", "T", paper().parts[0].model, (RubricKey("1a.a", "", Fraction(2), both),)
    )
    key = replace(paper(), parts=(part,))
    assert PaperKey.from_json(key.to_json()) == key


SLIP = Criterion("a slip", Fraction(-1))


def test_criteria_of_every_sort_are_marked_on_the_booklets(tmp_path: Path) -> None:
    sorts = (
        replace(NAMES, one_of="x"),
        replace(SHRINKS, one_of="x"),
        SLIP,
        Criterion("c", cap=Fraction(1)),
    )
    folder = write_exam(tmp_path / "exam", [key_of(n, sorts, 2) for n in (1, 2)])
    grade(folder, [hand_in(tmp_path / "a.csv", {f"p00{n}": {"2b.why": "x"} for n in (1, 2)})])
    table = tmp_path / "t.csv"
    table.write_text("paper,2b.why 1,2b.why 2,2b.why 3,2b.why 4\np001,2,0,-1,0\np002,2,0,0,1\n")
    take_marks(folder, table, "Ada")
    assert marks(folder) == ["1", "1"]
    table.write_text("paper,2b.why 1,2b.why 2,2b.why 3,2b.why 4\np001,2,1,0,0\np002,0,0,-2,2\n")
    with pytest.raises(InputError) as caught:
        take_marks(folder, table, "Ada")
    assert [fault.what for fault in caught.value.faults] == [
        "paper p001, 2b.why: criteria 1 and 2 exclude each other",
        "paper p002, 2b.why 3: -2 of -1 marks are given",
        "paper p002, 2b.why 4: 2 of 1 marks are given",
    ]
