"""Submissions in JSON: a list of `{student, paper?, answers: {id: text}}`, or one filled form."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING, TypeAlias

from grader.register import Owner, nearest
from grader.submissions import Doubt, Submission, shown
from grader.tables import decoded
from solvers.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.files import Content
    from grader.register import Register
    from grader.submissions import Given

MAX_TEXT = 131_072
_SPACE = " \t\r\n"


class _Written(str):
    """A number as it is written in the file; never converted, so that no digit is lost."""

    __slots__ = ()


class _Pairs(list[tuple[str, "_Json"]]):
    """A JSON object with its names in order and repeated names kept."""

    def get(self, name: str) -> _Json:
        """The last value of a name."""
        return next((value for key, value in reversed(self) if key == name), None)

    def twice(self) -> list[str]:
        """The names that stand more than once."""
        names = [name for name, _ in self]
        return sorted({name for name in names if names.count(name) > 1})


_Json: TypeAlias = "str | bool | _Pairs | list[_Json] | None"


@dataclass(frozen=True)
class _NotJson:
    """NaN or Infinity, which JSON does not have."""

    text: str


_DECODER = JSONDecoder(
    object_pairs_hook=_Pairs, parse_int=_Written, parse_float=_Written, parse_constant=_NotJson
)


@dataclass
class _Reading:
    """A file while it is being read."""

    content: Content
    register: Register
    found: list[Submission] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, what: str, fix: str) -> None:
        self.faults.append(Fault(self.content.name, line, what, fix))


def read_json(content: Content, register: Register) -> tuple[list[Submission], list[Fault]]:
    """The submissions of a JSON file, and what is wrong with it."""
    text, faults = decoded(content)
    reading = _Reading(content, register, faults=faults)
    if not text.strip():
        reading.fault(1, "the file is empty", "hand in a filled-in form")
    try:
        for line, value in _records(text):
            _read_record(line, value, reading)
    except JSONDecodeError as error:
        what = f"this is not JSON: {error.msg} (column {error.colno})"
        reading.fault(error.lineno, what, "mend it; what stands before is graded")
    except RecursionError:
        reading.fault(1, "the JSON is nested too deeply", "hand in a filled-in form")
    return reading.found, reading.faults


def _records(text: str) -> Iterator[tuple[int, _Json]]:
    """The file's object, or the elements of its list one by one, each with its line."""
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


def _single(text: str, at: int) -> Iterator[tuple[int, _Json]]:
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


def _read_record(line: int, value: _Json, reading: _Reading) -> None:
    if not isinstance(value, _Pairs) or not isinstance(answers := value.get("answers"), _Pairs):
        shape = '{"student": ..., "answers": {"1a.size": "..."}}'
        reading.fault(line, "this is not a submission", f"write {shape}")
        return
    student, paper = value.get("student"), value.get("paper")
    if not isinstance(student, str | None) or not isinstance(paper, str | None):
        reading.fault(line, "student and paper must be texts", "write them in quotes")
        return
    owner = reading.register.find(_clean(student or ""), _clean(paper or ""))
    if not isinstance(owner, Owner):
        reading.fault(line, owner.what, owner.fix)
        if owner.suspect is None:
            return
        doubtful = Owner(owner.suspect, owner.suspect.student)
        _take(line, doubtful, _all_in_doubt(doubtful, owner.what, answers), reading)
    elif value.twice():
        why = f"{', '.join(map(shown, value.twice()))} stands twice"
        reading.fault(line, why, "keep one of them")
        _take(line, owner, _all_in_doubt(owner, why, answers), reading)
    else:
        _take(line, owner, _answers(line, owner, answers, reading), reading)


def _take(line: int, owner: Owner, answers: dict[str, Given], reading: _Reading) -> None:
    source = f"{reading.content.name}:{line}"
    reading.found.append(Submission(owner.key.paper, owner.student, answers, (source,)))


def _all_in_doubt(owner: Owner, why: str, answers: _Pairs) -> dict[str, Given]:
    doubt = Doubt(why, (_clean(json.dumps(dict(answers), default=str)),))
    return dict.fromkeys((answer.id for answer in owner.key.answers), doubt)


def _answers(line: int, owner: Owner, pairs: _Pairs, reading: _Reading) -> dict[str, Given]:
    ids = {answer.id for answer in owner.key.answers}
    answers: dict[str, Given] = {}
    for name, value in pairs:
        if name not in ids:
            near = nearest(name, ids)
            fix = f"did you mean {near[0]}?" if near else "it is passed over"
            reading.fault(line, f"unknown answer {shown(name)}", fix)
            continue
        given = _given(value)
        if isinstance(given, Doubt):
            reading.fault(line, f"{name}: {given.why}", "a person has to look at it")
        answers[name] = given
    for name in set(pairs.twice()) & ids:
        reading.fault(line, f"{name} stands twice", "keep one of them")
        texts = tuple(_clean(str(value)) for key, value in pairs if key == name)
        answers[name] = Doubt("the answer stands twice in the submission; none was chosen", texts)
    return answers


def _given(value: _Json) -> Given:
    """The text of an answer, verbatim; a number as it is written, null as an empty answer."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str() if len(value) > MAX_TEXT:
            return Doubt(f"the answer has {len(value):,} characters", (_clean(value[:1_000]),))
        case str() if _clean(value) != value:
            return Doubt("the answer holds half a character (a lone surrogate)", (_clean(value),))
        case str():
            return str(value)
        case _:
            return Doubt("the answer is not a text", (_clean(repr(value)[:1_000]),))


def _clean(text: str) -> str:
    """The text with lone surrogates written out, because no file can hold them."""
    return text.encode("utf-8", "backslashreplace").decode()
