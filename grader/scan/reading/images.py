"""The images of scanned files: taken out as they are where that is possible, within limits.

What students photographed comes from strangers: all of this happens in processes that have limits
of their own, and a picture's size is known before it is unpacked.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path  # noqa: TC003 - a key of the cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageOps

from grader.scan.reading.prints import render_print

if TYPE_CHECKING:
    from grader.scan.reading.prints import Picture

MAX_PIXELS = 150_000_000  # A3 at 800 dots an inch
LARGE = 12_000_000  # pixels, above which half the size is enough: A4 at 300 dots an inch has 8.7
DRAWN_DPI = 200
BETWEEN = 0.25  # of the dark pixels of a picture in black and white: what packing it adds
FORMATS = ("JPEG", "PNG", "TIFF", "MPO")


class Unusable(Exception):
    """The reason why an image cannot be read."""


@dataclass(frozen=True, eq=False)
class Scan:
    """An image in grey.

    Attributes:
        is_bilevel: it is in black and white only.
    """

    grey: Picture
    is_bilevel: bool


def count_images(path: Path) -> int:
    """Return how many images a file has.

    Raises:
        Unusable: it is none that is read.
    """
    if is_pdf(path):
        return _counted(path)
    with _opened(path.read_bytes()) as picture:
        return int(getattr(picture, "n_frames", 1))


def _counted(path: Path) -> int:
    try:
        with pikepdf.open(path) as pdf:
            return len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Unusable("the PDF is locked with a password") from error
    except pikepdf.PdfError as error:
        raise Unusable(f"the PDF is damaged: {error}") from error


def is_pdf(path: Path) -> bool:
    """Return whether a file is a PDF, by what it holds."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(1024)


def load(path: Path, number: int) -> Scan:
    """Read an image of a file, by its number from 1.

    Raises:
        Unusable: it cannot be read.
    """
    return _of_pdf(path, number) if is_pdf(path) else _of_picture(path.read_bytes(), number)


def _of_pdf(path: Path, number: int) -> Scan:
    sheet = _pdf(path).pages[number - 1]
    jpeg = single_jpeg(sheet)
    if jpeg is not None:
        return _of_picture(jpeg.read_raw_bytes(), 1)
    page = pypdfium2.PdfDocument(path)[number - 1]
    if page.get_width() * page.get_height() * (DRAWN_DPI / 72) ** 2 > MAX_PIXELS:
        raise Unusable("the page is too large")
    found = scan_of(render_print(page, DRAWN_DPI))
    return Scan(found.grey, found.is_bilevel or _has_bits(sheet))


@lru_cache(maxsize=1)
def _pdf(path: Path) -> pikepdf.Pdf:
    return pikepdf.open(path)


def single_jpeg(page: pikepdf.Page) -> pikepdf.Object | None:
    """Return the JPEG of a page that is this picture and nothing else; a turn is found later."""
    placed = _placed(page)
    if len(placed) != 1 or "/Font" in page.obj.get("/Resources", {}) or "/Annots" in page.obj:
        return None
    (picture,) = placed
    filters = picture.get("/Filter")
    names = [filters] if isinstance(filters, pikepdf.Name) else list(filters or ())
    if names != [pikepdf.Name.DCTDecode] or "/Decode" in picture:
        return None
    return picture


def _placed(page: pikepdf.Page) -> list[pikepdf.Object]:
    resources = page.obj.get("/Resources", pikepdf.Dictionary())
    return [*resources.get("/XObject", pikepdf.Dictionary()).values()]


def _has_bits(page: pikepdf.Page) -> bool:
    """Return whether a picture on a page is in black and white, as fax machines pack it."""
    return any(one.get("/BitsPerComponent") == 1 or "/ImageMask" in one for one in _placed(page))


def _opened(raw: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # there is a limit of our own
    try:
        picture = Image.open(io.BytesIO(raw), formats=FORMATS)
    except Exception as error:  # whatever Pillow raises on what a stranger wrote
        raise Unusable("this is no PDF, TIFF, JPEG or PNG that can be read") from error
    if (pixels := picture.width * picture.height) > MAX_PIXELS:
        raise Unusable(f"the picture is too large: it has {pixels:,} pixels")
    return picture


def _of_picture(raw: bytes, number: int) -> Scan:
    with _opened(raw) as picture:
        try:
            picture.seek(number - 1)
            return _decoded(raw, picture)
        except Unusable:
            raise
        except Exception as error:  # whatever Pillow raises on what a stranger wrote
            raise Unusable(f"the picture is damaged: {error}") from error


def _decoded(raw: bytes, picture: Image.Image) -> Scan:
    pixels = picture.width * picture.height
    is_upright = picture.getexif().get(274, 1) == 1
    if picture.format == "JPEG" and is_upright and picture.mode in {"L", "RGB"}:
        how = cv2.IMREAD_REDUCED_GRAYSCALE_2 if pixels > LARGE else cv2.IMREAD_GRAYSCALE
        grey = cv2.imdecode(np.frombuffer(raw, np.uint8), how)
        if grey is not None:
            return scan_of(grey)
    is_bilevel = picture.mode == "1"
    grey = np.array(ImageOps.exif_transpose(picture).convert("L"))
    if pixels > LARGE:
        grey = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    found = scan_of(grey)
    return Scan(found.grey, found.is_bilevel or is_bilevel)


def scan_of(grey: Picture) -> Scan:
    """Return a picture with whether it is in black and white: its lines have hardly any edge."""
    counts = cv2.calcHist([grey[::4]], [0], None, [256], [0, 256])
    dark, between = counts[:61].sum(), counts[61:195].sum()
    return Scan(grey, bool(between < BETWEEN * (dark + between)))
