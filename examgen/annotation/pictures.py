"""The picture of a scanned page as an object of a PDF: its bytes as they came, and only those.

A stack is one file, and its pages may share what they are made of: of a page only what it shows
itself is taken.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, Stream
from PIL import Image

from grader.scan.reading.images import is_pdf, single_jpeg

if TYPE_CHECKING:
    from pathlib import Path

Matrix = tuple[float, float, float, float, float, float]
ORIENTATION = 274  # of EXIF
_UNIT: dict[int, Matrix] = {
    1: (1, 0, 0, 1, 0, 0), 2: (-1, 0, 0, 1, 1, 0), 3: (-1, 0, 0, -1, 1, 1), 4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1), 6: (0, -1, 1, 0, 0, 1), 7: (0, 1, 1, 0, 0, 0), 8: (0, 1, -1, 0, 1, 0),
}  # fmt: skip
"""How the unit square of a picture lies on the page, by the orientation that a camera notes."""
_TIED = ("/Metadata", "/PieceInfo", "/OPI", "/Alternates", "/OC", "/StructParent", "/StructParents")
_SPACES = {
    "1": Name.DeviceGray,
    "L": Name.DeviceGray,
    "RGB": Name.DeviceRGB,
    "CMYK": Name.DeviceCMYK,
}
_DEEPEST = 8


@dataclass(frozen=True)
class Picture:
    """Something to paint on a page.

    Attributes:
        painted: an object of a PDF, which is kept open.
        lies: how its own unit square, or its page, lies in the unit square.
    """

    painted: pikepdf.Object
    lies: Matrix
    pdf: pikepdf.Pdf


def picture_of(path: Path, number: int) -> Picture | None:
    """Return an image of a file as something to paint; None where it may hold other pages, too.

    Args:
        path: a PDF or a picture.
        number: of the image in it, from 1.
    """
    if not is_pdf(path):
        return _of_file(path.read_bytes(), number)
    pdf = pikepdf.open(path)
    image = single_jpeg(pdf.pages[number - 1])
    if image is None:
        page = page_of(pdf, number)
        return None if _may_hold_more(page.painted.Resources, _DEEPEST) else page
    _untie(image)
    return Picture(image, _UNIT[_orientation(image.read_raw_bytes())], pdf)


def jpeg_of(raw: bytes, size: tuple[int, int], mode: str = "L", orientation: int = 1) -> Picture:
    """Return a JPEG as something to paint, its bytes as they are."""
    return _packed(raw, size, mode, Name.DCTDecode, orientation)


def _packed(raw: bytes, size: tuple[int, int], mode: str, how: Name, orientation: int) -> Picture:
    pdf, bits = pikepdf.new(), 1 if mode == "1" else 8
    image = Stream(
        pdf,
        b"",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=_SPACES[mode],
        BitsPerComponent=bits,
    )
    image.write(raw, filter=how)
    return Picture(image, _UNIT[orientation], pdf)


def _orientation(raw: bytes) -> int:
    with Image.open(io.BytesIO(raw)) as picture:
        found = picture.getexif().get(ORIENTATION, 1)
    return found if found in _UNIT else 1


def _of_file(raw: bytes, number: int) -> Picture:
    with Image.open(io.BytesIO(raw)) as picture:
        orientation = _orientation(raw)
        if picture.format in {"JPEG", "MPO"} and number == 1 and picture.mode in _SPACES:
            found = jpeg_of(raw, picture.size, picture.mode, orientation)
            if picture.mode == "CMYK" and "adobe" in picture.info:
                found.painted.Decode = Array([1, 0] * 4)
            return found
        picture.seek(number - 1)
        flat = picture if picture.mode in {"1", "L", "RGB"} else picture.convert("RGB")
        packed = zlib.compress(flat.tobytes())
        return _packed(packed, flat.size, flat.mode, Name.FlateDecode, orientation)


def page_of(pdf: pikepdf.Pdf, number: int) -> Picture:
    """Return a page of a PDF as something to paint, without what it does not show itself."""
    page = pdf.pages[number - 1]
    for box in ("/TrimBox", "/BleedBox", "/ArtBox"):  # they would cut it
        if box in page.obj:
            del page.obj[box]
    form = page.as_form_xobject()
    form.Resources = _keep_used(pdf, form.get("/Resources", Dictionary()), _names(form), _DEEPEST)
    _untie(form)
    left, low, right, high = _bounds(form)
    wide, tall = right - left, high - low
    return Picture(form, (1 / wide, 0, 0, 1 / tall, -left / wide, -low / tall), pdf)


def _bounds(form: pikepdf.Object) -> tuple[float, float, float, float]:
    """Return the edges of a form as its own matrix lays it."""
    x0, y0, x1, y1 = (float(edge) for edge in form.BBox)
    a, b, c, d, e, f = (float(one) for one in form.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _names(stream: pikepdf.Object) -> frozenset[str]:
    """Return the names in a content stream."""
    all_ = pikepdf.parse_content_stream(stream)
    shown = (one.operands for one in all_ if one.operator != Operator("INLINE IMAGE"))
    return frozenset(str(one) for operands in shown for one in operands if isinstance(one, Name))


def _keep_used(
    pdf: pikepdf.Pdf, resources: pikepdf.Object, names: frozenset[str], depth: int
) -> Dictionary:
    """Return the resources that are named, and of forms among them those that they use."""
    kept = Dictionary()
    for kind, found in resources.items():
        if isinstance(found, Dictionary):
            own = {name: one for name, one in found.items() if name in names}
            kept[kind] = Dictionary() if not own else Dictionary(own)
    for name, one in [*kept.get("/XObject", Dictionary()).items()]:
        kept.XObject[name] = _prune(pdf, one, depth - 1)
    return kept


def _prune(pdf: pikepdf.Pdf, one: pikepdf.Object, depth: int) -> pikepdf.Object:
    """Return a picture or a form without what it is tied to and does not show."""
    _untie(one)
    if one.get("/Subtype") != Name.Form:
        return one
    inner = Stream(pdf, one.read_bytes())
    for key, value in one.stream_dict.items():
        if key not in {"/Length", "/Filter", "/DecodeParms", "/Resources"}:
            inner[key] = value
    if depth > 0 and "/Resources" in one:
        inner.Resources = _keep_used(pdf, one.Resources, _names(one), depth)
    return inner


def _may_hold_more(resources: pikepdf.Object, depth: int) -> bool:
    """Return whether resources have resources of their own that were not looked through."""
    states, fonts, forms = (
        [*resources.get(kind, Dictionary()).values()]
        for kind in ("/ExtGState", "/Font", "/XObject")
    )
    own = (form.Resources for form in forms if "/Resources" in form)
    return (
        depth == 0
        or bool(resources.get("/Pattern"))
        or any(isinstance(state.get("/SMask"), Dictionary) for state in states)
        or any("/CharProcs" in font for font in fonts)
        or any(_may_hold_more(one, depth - 1) for one in own)
    )


def _untie(one: pikepdf.Object) -> None:
    for key in _TIED:
        if key in one:
            del one[key]
