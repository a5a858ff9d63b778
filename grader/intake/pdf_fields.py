"""The fields of a PDF form, read with pypdf; whatever else the file may hold is left alone."""

from __future__ import annotations

import io
import logging
import signal
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeAlias

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from answers.fields import FormField, field_of
from grader.submissions import Doubt, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import FrameType

MAX_FIELDS = 10_000
MAX_DEPTH = 20
SECONDS = 10
_PAGES_READ = 2
_OFF = "Off"
_INHERITED = ("/FT", "/V", "/Opt")
# What pypdf raises on files that somebody damaged on purpose.
_DAMAGES = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)

Fields: TypeAlias = "list[tuple[FormField, str | Doubt | None]]"


class Unusable(Exception):
    """Why a PDF cannot be taken, and what is printed on it as far as that can be read."""

    def __init__(self, what: str, text: str = "") -> None:
        super().__init__(what)
        self.text = text


class _TooSlow(BaseException):
    """Reading took too long; no handler in a library may catch it."""


def fields_of(raw: bytes) -> Fields:
    """Every field of ours, in order, with its text; None where it was never touched.

    Raises:
        Unusable: the file is damaged or locked, or none of its fields is ours.
    """
    try:
        with _quiet(), _time_limit(SECONDS):
            return _fields(raw)
    except _TooSlow:
        raise Unusable(f"the PDF cannot be read within {SECONDS} s") from None
    except _DAMAGES as error:
        raise Unusable(f"the PDF is damaged: {shown(str(error))}") from error


def _fields(raw: bytes) -> Fields:
    reader = PdfReader(io.BytesIO(raw))
    _unlock(reader)
    form = _dictionary(_at(reader.root_object, "/AcroForm"))
    found = list(_leaves(_array(_at(form, "/Fields")), {}, set(), MAX_DEPTH))
    ours = [(name, _given(field)) for name, field in found if name is not None]
    if ours:
        return ours
    if "/XFA" in form:
        raise Unusable("this is an XFA form, which is not read")
    if found:
        raise Unusable("none of the form's fields is of an exam", _text(reader))
    raise Unusable("this PDF has no fields: it was printed or flattened", _text(reader))


def _unlock(reader: PdfReader) -> None:
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unusable("the PDF is locked with a password")
    except (DependencyError, NotImplementedError) as error:
        raise Unusable("the PDF is encrypted") from error


def _leaves(
    fields: ArrayObject, above: Mapping[str, PdfObject], seen: set[int], depth: int
) -> Iterator[tuple[FormField | None, Mapping[str, PdfObject]]]:
    """The fields that hold a value, with what they have from the fields above them."""
    for item in fields:
        number = item.idnum if isinstance(item, IndirectObject) else id(item)
        if number in seen or not depth:
            continue
        seen.add(number)
        if len(seen) > MAX_FIELDS:
            raise Unusable(f"the PDF has more than {MAX_FIELDS:,} fields")
        field = _dictionary(item)
        own = {**above, **{name: _at(field, name) for name in _INHERITED if name in field}}
        names = (str(level["/T"]) for level in (above, field) if "/T" in level)
        own["/T"] = TextStringObject(".".join(names))
        kids = _array(_at(field, "/Kids"))
        if any("/T" in _dictionary(kid) for kid in kids):
            yield from _leaves(kids, own, seen, depth - 1)
        else:
            states = [_at(_dictionary(kid), "/AS") for kid in kids[:MAX_FIELDS]]
            own["/AS"] = next((on for on in states if _is_on(on)), _at(field, "/AS"))
            yield field_of(str(own["/T"])), own


def _given(field: Mapping[str, PdfObject]) -> str | Doubt | None:
    """What a field holds: a text verbatim, the chosen option, nothing for a box left open."""
    value = field.get("/V", NullObject())
    if str(field.get("/FT")) == "/Btn":
        # Some viewers set what a box shows, and forget its value.
        has_value = isinstance(value, TextStringObject) or _is_on(value)
        state = value if has_value else field.get("/AS", value)
        name = "" if isinstance(state, NullObject) else str(state).removeprefix("/")
        return _option(name, _array(field.get("/Opt")))
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
            return Doubt("the field holds something that is no text", (shown(repr(value)),))


def _is_on(state: PdfObject | None) -> bool:
    return isinstance(state, NameObject) and state != f"/{_OFF}"


def _option(state: str, options: ArrayObject) -> str:
    """The text of a chosen option; where options have texts of their own, a state is a number."""
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
    return Doubt("the text of the field is in no known encoding", (shown(repr(raw)),))


def _at(dictionary: DictionaryObject, name: str) -> PdfObject:
    found = dictionary.get(name, NullObject())
    return found.get_object() or NullObject()


def _dictionary(found: PdfObject | None) -> DictionaryObject:
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _array(found: PdfObject | None) -> ArrayObject:
    found = found.get_object() if found is not None else None
    return found if isinstance(found, ArrayObject) else ArrayObject()


def _text(reader: PdfReader) -> str:
    """The text of the first pages, as far as it can be had."""
    texts = []
    for page in reader.pages[:_PAGES_READ]:
        with suppress(*_DAMAGES):
            texts.append(page.extract_text())
    return "\n".join(texts)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps pypdf from writing about every oddity of a file on the terminal."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Ends what takes too long, where the system can: on Unix, in the main thread."""
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
