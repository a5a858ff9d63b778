"""The fields of a PDF form, read with pypdf; whatever else the file may hold is left alone."""

from __future__ import annotations

import io
import logging
import signal
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from examgen.folder.pages.form_fields import FormField, field_of
from examgen.ground.wording import format_count
from grader.intake.formats.pdf_objects import array, dictionary, entry
from grader.intake.formats.pdf_pages import look_ink, name_additions, page_ink, pictures_of
from grader.intake.formats.pictures import codes_in
from grader.records.submissions import Doubt, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

    from examgen.folder.pages.page_ink import Ink

MAX_FIELDS = 10_000
MAX_DEPTH = 20
SECONDS = 10
_PAGES_READ = 2
_OFF = "Off"
_INHERITED = ("/FT", "/V", "/Opt")

Fields: TypeAlias = "list[tuple[FormField, str | Doubt | None]]"


class Unusable(Exception):
    """The reason why a PDF cannot be taken.

    Attributes:
        text: what is printed on it, as far as that can be read.
        codes: the codes in its pictures.
    """

    def __init__(self, what: str, text: str = "", codes: Sequence[str] = ()) -> None:
        super().__init__(what)
        self.text, self.codes = text, codes


class _TooSlow(BaseException):
    """Reading took too long; no handler in a library may catch it."""


@dataclass(frozen=True)
class FilledForm:
    """A form that was read.

    Attributes:
        fields: every field of ours, in order, with its text; None where it was never touched.
        beside: what was written elsewhere than into our fields, in words; may be empty.
        ink: what is on each page, printed or written; None where that cannot be read.
    """

    fields: Fields
    beside: str
    ink: tuple[Ink, ...] | None


def read_form(raw: bytes) -> FilledForm:
    """Read a filled form.

    Raises:
        Unusable: the file is damaged or locked, or none of its fields is ours.
    """
    try:
        with _quiet(), _time_limit(SECONDS):
            return _form(raw)
    except _TooSlow:
        raise Unusable(f"the PDF cannot be read within {SECONDS} s") from None
    except Unusable:
        raise
    except Exception as error:  # whatever pypdf raises on what a stranger wrote
        raise Unusable(f"the PDF is damaged: {excerpt(str(error) or repr(error))}") from error


def _form(raw: bytes) -> FilledForm:
    reader = PdfReader(io.BytesIO(raw))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unusable("the PDF is locked with a password")
    form = dictionary(entry(reader.root_object, "/AcroForm"))
    found = list(_leaves(array(entry(form, "/Fields")), {}, set(), MAX_DEPTH))
    ours = [(name, _given_or_doubt(field)) for name, field in found if name is not None]
    if ours:
        others = [_given_or_doubt(field) for name, field in found if name is None]
        return FilledForm(ours, *_pages(reader, others))
    if "/XFA" in form:
        raise Unusable("this is an XFA form, which is not read")
    if found:
        raise Unusable("none of the form's fields is of an exam", _text(reader))
    raise _without_fields(reader)


def _pages(
    reader: PdfReader, others: Sequence[str | Doubt | None]
) -> tuple[str, tuple[Ink, ...] | None]:
    """Return what was put on the pages as annotations or into fields that are not ours.

    And their ink.
    """
    filled = sum(bool(given) for given in others)
    fields = f"{format_count(filled, 'field')} of its own" if filled else ""
    try:
        return ", ".join(filter(None, (name_additions(reader), fields))), page_ink(reader)
    except Exception:  # noqa: BLE001 - whatever pypdf raises on what a stranger wrote
        return "pages that cannot be read", None


def _without_fields(reader: PdfReader) -> Unusable:
    text, (codes, why) = _text(reader), codes_in(pictures_of(reader))
    is_scan = (codes or why) and not text.strip()
    what = f"this PDF has no fields: it was {'scanned' if is_scan else 'printed or flattened'}"
    return Unusable(f"{what}; {why}" if why else what, text, codes)


def _leaves(
    fields: ArrayObject, above: Mapping[str, PdfObject], seen: set[int], depth: int
) -> Iterator[tuple[FormField | None, Mapping[str, PdfObject]]]:
    """Yield the fields that hold a value, with what they have from the fields above them."""
    for item in fields:
        number = item.idnum if isinstance(item, IndirectObject) else id(item)
        if number in seen or not depth:
            continue
        seen.add(number)
        if len(seen) > MAX_FIELDS:
            raise Unusable(f"the PDF has more than {MAX_FIELDS:,} fields")
        field = dictionary(item)
        own = {**above, **{name: entry(field, name) for name in _INHERITED if name in field}}
        names = (str(level["/T"]) for level in (above, field) if "/T" in level)
        own["/T"] = TextStringObject(".".join(names))
        kids = array(entry(field, "/Kids"))
        if any("/T" in dictionary(kid) for kid in kids):
            yield from _leaves(kids, own, seen, depth - 1)
        else:
            widgets = [field, *map(dictionary, kids[:MAX_FIELDS])]
            states = [entry(widget, "/AS") for widget in widgets[1:]]
            own["/AP"] = next((entry(one, "/AP") for one in widgets if "/AP" in one), NullObject())
            own["/AS"] = next((on for on in states if _is_on(on)), entry(field, "/AS"))
            yield field_of(str(own["/T"])), own


def _given_or_doubt(field: Mapping[str, PdfObject]) -> str | Doubt | None:
    """Return what a field holds; a field that cannot be read costs no other field anything."""
    try:
        given = _given(field)
        if not given and str(field.get("/FT")) == "/Tx" and look_ink(field.get("/AP")).characters:
            return Doubt("the field shows something that it does not hold; look at the file")
    except Exception as error:  # noqa: BLE001 - whatever pypdf raises on what a stranger wrote
        why = f"{type(error).__name__}: {error}"
        return Doubt(f"the field cannot be read ({excerpt(why)}); look at the file")
    return given


def _given(field: Mapping[str, PdfObject]) -> str | Doubt | None:
    """Return what a field holds: a verbatim text, the chosen option, nothing if left open."""
    value = field.get("/V", NullObject())
    if str(field.get("/FT")) == "/Btn":
        # Some viewers set what a box shows, and forget its value.
        has_value = isinstance(value, TextStringObject) or _is_on(value)
        state = value if has_value else field.get("/AS", value)
        name = "" if isinstance(state, NullObject) else str(state).removeprefix("/")
        return _option(name, array(field.get("/Opt")))
    match value:
        case NullObject():
            return None
        case StreamObject():
            return _decoded(value.get_data())
        case ByteStringObject():
            return _decoded(bytes(value))
        case TextStringObject():
            return str(value)
        case NameObject():
            return value.removeprefix("/")
        case ArrayObject():
            return ", ".join(str(item) for item in value)
        case _:
            return Doubt("the field holds something that is no text", (excerpt(repr(value)),))


def _is_on(state: PdfObject | None) -> bool:
    return isinstance(state, NameObject) and state != f"/{_OFF}"


def _option(state: str, options: ArrayObject) -> str:
    """Return the text of a chosen option.

    Where options have texts of their own, a state is a number.
    """
    if state == _OFF:
        return ""
    if state.isascii() and state.isdigit() and len(state) < 6 and int(state) < len(options):
        return str(options[int(state)])
    return state


def _decoded(raw: bytes) -> str | Doubt:
    for mark, encoding in ((b"\xfe\xff", "utf-16"), (b"\xff\xfe", "utf-16"), (b"", "utf-8-sig")):
        if raw.startswith(mark):
            with suppress(UnicodeDecodeError):
                return raw.decode(encoding)
    return Doubt("the text of the field is in no known encoding", (excerpt(repr(raw)),))


def _text(reader: PdfReader) -> str:
    """Return the text of the first pages, as far as it can be had."""
    texts = []
    for page in reader.pages[:_PAGES_READ]:
        with suppress(Exception):  # no page costs the others their text
            texts.append(page.extract_text())
    return "\n".join(texts)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from writing about every oddity of a file on the terminal."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """End what takes too long, where the system can: on Unix, in the main thread."""
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _too_slow)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _too_slow(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlow
