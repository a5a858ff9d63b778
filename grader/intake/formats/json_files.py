"""Submissions in JSON: a list of records, or one filled form."""

from __future__ import annotations

from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING

from grader.intake.formats.json_by_hand import find_once, mend_json
from grader.intake.pairs import NotText, Pairs
from grader.intake.reading import MAX_TEXT
from grader.intake.records import clean, read_record
from grader.records.register import Owner, Person, Stranger
from grader.records.submissions import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.intake.pairs import Value
    from grader.intake.reading import Reading

_SPACE = " \t\r\n"


class _Written(str):
    """A number as it is written in the file; never converted, so that no digit is lost."""

    __slots__ = ()


_DECODER = JSONDecoder(
    object_pairs_hook=Pairs, parse_int=_Written, parse_float=_Written, parse_constant=NotText
)


def read_json(text: str, reading: Reading) -> None:
    """Take in the records of a JSON file."""
    strict = mend_json(text)
    if strict != text:
        at = next(at for at, (old, new) in enumerate(zip(text, strict, strict=True)) if old != new)
        what = "this is nearly JSON; its comments, commas or quotes are passed over from here on"
        reading.note(text.count("\n", 0, at) + 1, what, "look at how the answers were read")
    try:
        for line, value in _records(strict):
            read_record(line, value, reading)
    except JSONDecodeError as error:
        what = f"this is not JSON: {error.msg} (column {error.colno})"
        _leave(error.lineno, what, strict, reading)
    except RecursionError:
        reading.unreadable(1, "the JSON is nested too deeply", "hand in a filled-in form")


def _leave(line: int, what: str, text: str, reading: Reading) -> None:
    """Leave a broken file to a person, with the one student whom it names."""
    fix = "mend it; what comes before is graded"
    student, paper = find_once(text, "student"), find_once(text, "paper")
    is_first = not reading.found and not reading.waiting
    if not is_first or reading.item.people or not (student or paper):
        reading.unreadable(line, what, fix)
        return
    named = (Person(student), paper)
    owner, texts = reading.owner(*named), (("", clean(text[:MAX_TEXT])),)
    if isinstance(owner, Owner):
        reading.doubt(line, owner, (what, fix), texts)
    else:
        reading.stranger(line, Stranger(what, fix, owner.suspect), named, texts, Problem.UNREADABLE)


def _records(text: str) -> Iterator[tuple[int, Value]]:
    """Yield the file's object, or the elements of its list one by one, each with its line."""
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        yield from _single(text, at)
        return
    at = _skip(text, at + 1)
    line, counted = 1, 0
    while at < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        value, at = _DECODER.raw_decode(text, at)
        yield line, value
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "]":
            raise JSONDecodeError("expecting ',' or ']'", text, at)
    _check_end(text, at + 1)


def _single(text: str, at: int) -> Iterator[tuple[int, Value]]:
    if at < len(text):
        value, end = _DECODER.raw_decode(text, at)
        yield text.count("\n", 0, at) + 1, value
        _check_end(text, end)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


def _check_end(text: str, at: int) -> None:
    if at > len(text):
        raise JSONDecodeError("expecting ']'", text, len(text))
    if _skip(text, at) < len(text):
        raise JSONDecodeError("something follows the end", text, _skip(text, at))
