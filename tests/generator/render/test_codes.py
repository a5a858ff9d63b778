"""The codes on the pages: what a reader of QR codes finds in them."""

from __future__ import annotations

import numpy as np
import pytest

from generator.render.qr_codes import PAGES, page_codes

zxingcpp = pytest.importorskip("zxingcpp")


def picture(rows: str, size: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """A code as it is printed, eight pixels to a module, with its quiet zone."""
    width = (size + 7) // 8 * 2
    lines = [rows[start : start + width] for start in range(0, len(rows), width)]
    bits = [[int(bit) for bit in f"{int(line, 16):0{4 * width}b}"[:size]] for line in lines]
    dark = np.pad(np.array(bits, dtype=np.uint8), 4).repeat(8, axis=0).repeat(8, axis=1)
    return ((1 - dark) * 255).astype(np.uint8)


@pytest.mark.parametrize(
    ("exam", "paper"), [("ceng403", "001"), ("a", "4711"), ("x" * 64, "12345")]
)
def test_every_page_says_exam_paper_and_page(exam: str, paper: str) -> None:
    size, codes = page_codes(exam, paper)
    assert [page for page, _ in codes] == list(range(PAGES + 1))
    for page, rows in codes:
        (found,) = zxingcpp.read_barcodes(picture(rows, size))
        assert found.text == f"{exam}/{paper}/{page:02d}"
