"""The sheets of a paper that was answered on a screen: its print, the boxes filled in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2

from examgen.annotation.pictures import page_of
from examgen.annotation.sheets import answer_of, area_of, straight_sheet
from examgen.annotation.space import SCALE, Space
from examgen.folder.key import AnswerKey
from examgen.folder.pages.page_boxes import boxes_of
from grader.feedback.options import options_of
from grader.scan.reading.prints import render_print

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from examgen.annotation.sheets import Sheet
    from examgen.folder.key import PaperKey
    from examgen.folder.pages.page_boxes import Box
    from grader.scoring.marked import MarkedAnswer, MarkedPaper


def build_typed(pdf: Path, paper: MarkedPaper, key: PaperKey) -> list[Sheet]:
    """Return the printed pages of a paper with the answers that were typed.

    Args:
        pdf: the paper as it was printed.
        paper: what was handed in.
        key: of the paper.
    """
    raw = pdf.read_bytes()
    source, drawn = pikepdf.open(io.BytesIO(raw)), pypdfium2.PdfDocument(raw)
    given = {answer.id: answer for answer in paper.answers}
    chosen = {one.id: _find_chosen(one, given) for one in key.answers if isinstance(one, AnswerKey)}
    sheets = []
    for number, boxes in enumerate(boxes_of(paper.paper, raw).pages, start=1):
        space = Space.of(render_print(drawn[number - 1], SCALE * 25.4))
        sheet = straight_sheet(page_of(source, number), boxes, space)
        sheet.is_typed = True
        for box in boxes.boxes:
            _fill(sheet, box, given, chosen)
        sheets.append(sheet)
    return sheets


def _find_chosen(key: AnswerKey, given: Mapping[str, MarkedAnswer]) -> frozenset[str]:
    answer = given.get(key.id)
    options = options_of(key, answer) if answer is not None and key.choices else ()
    return frozenset(option.text for option in options if option.is_chosen)


def _fill(
    sheet: Sheet,
    box: Box,
    given: Mapping[str, MarkedAnswer],
    chosen: Mapping[str, frozenset[str]],
) -> None:
    """Put what was typed into a box: a text where it is the answer's only one, or a tick."""
    answer = given.get(answer_of(box))
    if answer is None or not answer.text:
        return
    if box.option is None:
        if box.answer == answer.id:
            sheet.typed[answer.id] = (area_of(box), answer.text)
    elif box.text in chosen.get(answer.id, ()):
        sheet.ticks.setdefault(answer.id, []).append(area_of(box))
