"""Worked steps: in letters where the answer is, and in rows that fit the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from examgen.folder.pages.line_breaks import break_equation, width
from examgen.folder.worked_solution import worked_steps
from examgen.proof.files import exam_of, read
from generator.questions.draw import member_of
from generator.variants.assemble import part_of

BANK = Path(__file__).parents[3] / "templates" / "questions"
SUM = " + ".join(rf"{k}.25 \cdot 1{k}.125" for k in range(10))


def test_an_answer_in_letters_has_steps() -> None:
    question = read(BANK / "densenet" / "block.tex")
    (asked,) = exam_of(question).parts
    given = {"in_channels": "64", "growth_rate": "12", "compression": "0.5", "side": "28"}
    member = member_of(question, given)
    part = part_of(asked, member.model, member.solution)
    assert part.solved
    found = dict(worked_steps(part.key.answers, part.solved))
    # 76, 88, 100 and 112 channels of 4 bytes: CENG 403, 3b
    assert found["Bytes of each concatenation at one position of the maps"].endswith("= 448")
    assert found["Memory of the concatenations"].endswith("= 1504 H W")
    assert "304 + 352 + 400 + 448" in found["Memory of the concatenations"]


def test_a_list_that_repeats_what_is_given_is_no_step() -> None:
    question = read(BANK / "resnet" / "blocks.tex")
    (asked,) = exam_of(question).parts
    chosen = {"channels": "256", "reduction": "4", "size": "56", "place": "[1, 2, 3, 4]"}
    member = member_of(question, chosen)
    part = part_of(asked, member.model, member.solution)
    assert part.solved
    assert part.key.answers[0].id == "1a.order"
    found = dict(worked_steps(part.key.answers, part.solved))
    assert "Order" not in found
    assert found["Weights of the projection"].endswith("= 131{,}072")  # 256 * 512


BROKEN = [
    f"= {SUM}",
    rf"= \frac{{{SUM}}}{{10}}",
    rf"= \sqrt{{\frac{{{SUM}}}{{10}}}}",
    rf"= \left({SUM}\right) \cdot 3",
    "= " + r" \cdot ".join(["1{,}234.5"] * 20),
]


@pytest.mark.parametrize("line", BROKEN)
def test_a_long_line_breaks_before_a_sign(line: str) -> None:
    rows = break_equation(line, 50)
    assert len(rows) > 2
    assert max(map(width, rows)) <= 60
    for row in rows:
        assert r"\left" not in row
        assert row.count("{") == row.count("}")


def test_a_short_line_stays_as_it_is() -> None:
    assert break_equation(r"= \frac{1}{2}", 50) == [r"= \frac{1}{2}"]
