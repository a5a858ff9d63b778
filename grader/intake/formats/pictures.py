"""The codes in pictures of pages: scans, photographs, and the pictures in a PDF."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_PIXELS = 80_000_000  # a page of A3 at 600 dots per inch has 70 million
NO_READER = "its codes cannot be read without zxing-cpp: pip install 'examgen-toolkit[scan]'"
NO_CODE = "no code is found in it"


def codes_in(pictures: Iterable[Callable[[], object]]) -> tuple[list[str], str]:
    """Read the codes in pictures, each given by a function; also say why there is none.

    The reason is empty where there is a code, or no picture.
    """
    try:
        from zxingcpp import read_barcodes  # noqa: PLC0415 - an extra
    except ImportError:
        return [], NO_READER if any(True for _ in pictures) else ""
    found, has_pictures = list[str](), False
    for picture in pictures:
        has_pictures = True
        with suppress(Exception):  # no picture costs the others their codes
            found += [code.text for code in read_barcodes(picture())]
    return found, NO_CODE if has_pictures and not found else ""


def picture_of(raw: bytes) -> object:
    """Open a picture, unless it is too large.

    Raises:
        ValueError: it is one.
    """
    from PIL import Image  # noqa: PLC0415 - only pictures need it

    picture = Image.open(io.BytesIO(raw))
    if picture.width * picture.height > MAX_PIXELS:
        raise ValueError("the picture is too large")
    return picture.convert("L")
