"""What a person settles: pages without a code, answers by hand, and what is wrong with a table."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

pytest.importorskip("zxingcpp")

from answers.verdict import Verdict
from examgen.ground.errors import InputError
from examgen.simulation.scans.scanners import scan_sheet
from examgen.simulation.scans.sheets import blank_sheet
from generator.folder.spare_sheets import write_spare
from grader.by_hand.people import write_marking
from grader.grade import grade
from grader.scan.lists import write_list
from grader.scan.records import Kind
from grader.scan.scan import scan, sum_up
from grader.scan.settle import take_list
from tests.grader.scan.stacks import OFFICE, empty_sheet
from tests.grader.scan.test_stack import (  # noqa: F401 - fixtures
    READ,
    WAITS,
    answers,
    covered,
    exam,
    filled,
    printed,
    pytestmark,
    read,
)

TYPED = {
    "1a.n": {"typed": "4711"},
    "1a.why": {"typed": "filters slide over it"},
    "1c.one": {"typed": "=seven"},
}


def rows_of(folder: Path) -> list[dict[str, str]]:
    text = (folder / "scans" / "waiting.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def fill(folder: Path, given: Mapping[str, Mapping[str, str]]) -> Path:
    """Fill the table in as a person does: by answer, or by why an image waits."""
    rows = rows_of(folder)
    for row in rows:
        row.update(given.get(row["answer"] or row["why"], {}))
    path = folder.parent / "filled.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)
    return path


def test_answers_by_hand_are_typed_and_graded(exam: Path) -> None:  # noqa: F811
    own = filled(exam)
    read(exam, own.scan(1), own.scan(2))
    write_list(exam)
    rows = rows_of(exam)
    assert [row["answer"] for row in rows] == ["1a.n", "1a.why", "1c.one"]
    assert all((exam / "scans" / row["picture"]).stat().st_size > 1_000 for row in rows)
    assert take_list(exam, fill(exam, TYPED), "Grace") == 3
    report = sum_up(exam)
    assert report.waiting == 0
    typed = {name: row["typed"] for name, row in TYPED.items()}
    assert answers(exam) == READ | typed
    graded = grade(exam, [exam / "scans"])
    paper = next(one for one in graded.papers if one.paper == "001")
    verdicts = {answer.id: answer.verdict for answer in paper.answers}
    assert verdicts["1b.spam"] is verdicts["1b.ham"] is Verdict.CORRECT
    assert verdicts["1c.two"] is Verdict.BLANK
    assert verdicts["1a.why"] is Verdict.FOR_HUMAN
    assert Verdict.ABSENT not in verdicts.values()


def test_what_is_not_typed_waits_in_the_gradebook(exam: Path) -> None:  # noqa: F811
    own = filled(exam)
    read(exam, own.scan(1), own.scan(2))
    graded = grade(exam, [exam / "scans"])
    paper = next(one for one in graded.papers if one.paper == "001")
    waits = {answer.id: answer.why for answer in paper.answers if answer.waits}
    assert set(waits) == {"1a.n", "1a.why", "1c.one"}
    assert waits["1a.n"] == "the scan: it is written by hand and not transcribed yet"


def test_what_is_written_by_hand_is_marked_on_its_picture(exam: Path) -> None:  # noqa: F811
    own = filled(exam)
    read(exam, own.scan(1), own.scan(2))
    grade(exam, [exam / "scans"])
    page = write_marking(exam).files[1].read_text(encoding="utf-8")
    pictures = re.findall(r"marking-pictures/[a-z]{16}-1\.jpg", page)
    assert len(pictures) == 3  # 1a.n, 1a.why and 1c.one
    for name in pictures:
        with Image.open(exam / "marking" / name) as picture:
            assert picture.width > 300
    assert "img-src 'self' file:;" in page


def test_the_cover_says_who_took_a_paper_of_nobody(exam: Path) -> None:  # noqa: F811
    own = filled(exam, fresh=True)
    own.write("cover.number", "2019003")
    read(exam, own.scan(1), own.scan(2))
    write_list(exam)
    take_list(exam, fill(exam, {"cover.number": {"typed": "2019003"}}), "Grace")
    sum_up(exam)
    (record,) = json.loads((exam / "scans" / "answers.json").read_text())
    assert (record["student"], record["paper"]) == ("2019003", "001")


# what a person says of an image without a code: what it is then, and what is read
PLACED = [
    ("a page", "001/02", Kind.PAGE, READ),
    ("foreign", "foreign", Kind.FOREIGN, dict.fromkeys(READ, WAITS)),
    ("a back", "001", Kind.BACK, dict.fromkeys(READ, WAITS)),
]


@pytest.mark.parametrize(
    ("said", "kind", "wanted"), [p[1:] for p in PLACED], ids=[p[0] for p in PLACED]
)
def test_an_image_without_a_code_is_placed(
    said: str,
    kind: Kind,
    wanted: Mapping[str, str],
    exam: Path,  # noqa: F811
) -> None:
    own = filled(exam)
    read(exam, own.scan(1), covered(own.scan(2)))
    write_list(exam)
    take_list(exam, fill(exam, {"no code is found on it": {"typed": said}}), "Grace")
    report = sum_up(exam)
    assert report.kinds[kind] == (2 if kind is Kind.PAGE else 1)
    assert answers(exam) == wanted
    assert answers(exam, "002") == {}


def test_a_page_scanned_again_waits_again(exam: Path) -> None:  # noqa: F811
    own = filled(exam)
    read(exam, own.scan(1), own.scan(2))
    write_list(exam)
    take_list(exam, fill(exam, TYPED), "Grace")
    changed = filled(exam, fresh=True)
    changed.write("1c.two", "eight")
    read(exam, changed.scan(2, seed=3))
    assert answers(exam) == dict.fromkeys(READ, WAITS)


def test_an_extra_sheet_or_a_back_with_ink_keeps_a_blank_answer_open(exam: Path) -> None:  # noqa: F811
    own = filled(exam)
    back = empty_sheet().copy()
    back[500:520, 300:900] = 60
    read(exam, own.scan(1), own.scan(2), back)
    write_list(exam)
    take_list(exam, fill(exam, {"no code is found on it": {"typed": "001"}}), "Grace")
    sum_up(exam)
    assert answers(exam) == {**READ, "1c.two": WAITS}


# what is wrong with a table, and what is said
FAULTS = [
    ({"1a.n": {"is": "perhaps"}}, "'perhaps' is none of blank, illegible"),
    ({"1a.n": {"is": "blank", "typed": "5"}}, "something is typed as well"),
    ({"1a.n": {"image": "nowhere#1", "typed": "5"}}, "there is no image nowhere#1"),
    ({"1a.n": {"answer": "9z.x", "typed": "5"}}, "the image has no answer 9z.x"),
    ({"no code is found on it": {"typed": "001/09"}}, "001/09 is none of"),
]


@pytest.mark.parametrize(("given", "what"), FAULTS)
def test_a_faulty_table_changes_nothing(
    given: Mapping[str, Mapping[str, str]],
    what: str,
    exam: Path,  # noqa: F811
) -> None:
    own = filled(exam)
    read(exam, own.scan(1), own.scan(2), covered(own.scan(1)))
    write_list(exam)
    before = (exam / "scans" / "reads.jsonl").read_bytes()
    table = fill(exam, {**TYPED, **given})
    with pytest.raises(InputError) as error:
        take_list(exam, table, "Grace")
    assert what.replace("'", "") in str(error.value).replace("'", "")
    assert (exam / "scans" / "reads.jsonl").read_bytes() == before


def test_words_of_a_person(exam: Path) -> None:  # noqa: F811
    own = filled(exam)
    read(exam, own.scan(1), own.scan(2))
    write_list(exam)
    take_list(exam, fill(exam, {"1a.n": {"is": "Blank"}, "1c.one": {"is": "illegible"}}), "Grace")
    sum_up(exam)
    assert answers(exam) == {**READ, "1a.n": ""}
    assert scan(exam, []).waiting == 1


def test_an_extra_sheet_waits_until_somebody_says_whose_it_is(exam: Path) -> None:  # noqa: F811
    own = filled(exam)
    sheets = pypdfium2.PdfDocument(write_spare(exam, 2))
    image = scan_sheet(blank_sheet(sheets[1]), OFFICE, np.random.default_rng(1))[0]
    report = read(exam, own.scan(1), own.scan(2), image)
    assert report.kinds == {Kind.PAGE: 2, Kind.SPARE: 1}
    assert answers(exam) == READ
    write_list(exam)
    table = fill(exam, {"an extra sheet; say of which paper it is": {"typed": "001"}})
    take_list(exam, table, "Grace")
    sum_up(exam)
    assert answers(exam) == {**READ, "1c.two": WAITS}
