"""The codes on the pages: what a reader of QR codes finds in them."""

from __future__ import annotations

import numpy as np
import pytest

from examgen.folder.pages.page_code import PageCode, page_code_of
from generator.render.qr_codes import PAGES, page_codes, single_code

zxingcpp = pytest.importorskip("zxingcpp")


def picture(rows: str, size: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A code as it is printed, eight pixels to a module, with its quiet zone."""
    width = (size + 7) // 8 * 2
    lines = [rows[start : start + width] for start in range(0, len(rows), width)]
    bits = [[int(bit) for bit in f"{int(line, 16):0{4 * width}b}"[:size]] for line in lines]
    dark = np.pad(np.array(bits, dtype=np.uint8), 4).repeat(8, axis=0).repeat(8, axis=1)
    return ((1 - dark) * 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("exam", "paper", "modules"),
    [("ceng403", "001", 29), ("a", "4711", 29), ("introductory", "12345", 29), ("x" * 64, "1", 37)],
)
def test_every_page_says_exam_paper_page_and_make(exam: str, paper: str, modules: int) -> None:
    size, codes = page_codes(exam, paper, "f249cad7")
    assert size == modules
    assert [page for page, _ in codes] == list(range(PAGES + 1))
    for page, rows in codes:
        (found,) = zxingcpp.read_barcodes(picture(rows, size))
        assert found.text == f"{exam}/{paper}/{page:02d}/f249cad7"
        assert page_code_of(found.text) == PageCode(exam, paper, page, "f249cad7")


def test_a_usual_code_stands_the_most_damage() -> None:
    size, codes = page_codes("ceng403", "001", "f249cad7")
    (found,) = zxingcpp.read_barcodes(picture(codes[3][1], size))
    assert found.ec_level == "H"


def test_an_extra_sheet_has_a_code_of_its_own_kind() -> None:
    code = PageCode("ceng403", "-", 7, "f249cad7", is_spare=True)
    size, rows = single_code(code)
    (found,) = zxingcpp.read_barcodes(picture(rows, size))
    assert found.text == "ceng403/-/x07/f249cad7"
    assert page_code_of(found.text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ceng403",
        "https://example.org/a/b",
        "a/b/c/d",
        "ceng403/001/02/f249cad",
        "a//02",
        "a/b/x",
    ],
)
def test_other_codes_are_not_ours(text: str) -> None:
    assert page_code_of(text) is None
