"""Answers that have no box on the paper: they are in a book, and are never blank."""

from __future__ import annotations

from fractions import Fraction

import pytest

pytest.importorskip("cv2")

from examgen.folder.key import Criterion, RubricKey
from examgen.folder.pages.page_boxes import Box, PageBoxes, PaperBoxes
from grader.records.submissions import Doubt
from grader.scan.account import NO_BOX, Account
from grader.scan.records import Journal, Kind, PageRecord, ReadRecord


def test_an_answer_in_the_book_waits() -> None:
    journal = Journal()
    journal.add(PageRecord("a#1", "a.pdf", 1, Kind.PAGE, "001", 1, matrix=(1.0,) * 9))
    journal.add(ReadRecord("a#1", "001", 1, "1a.x", "blank"))
    boxes = PaperBoxes("001", (PageBoxes(210, 297, (Box("1a.x", None, 20, 20, 30, 5),)),))
    rubric = (Criterion("it is said", Fraction(1)),)
    asked = {name: RubricKey(name, "", Fraction(1), rubric) for name in ("1a.x", "1a.why")}
    assert Account.of(journal).answers(boxes, asked) == {"1a.x": "", "1a.why": Doubt(NO_BOX)}
