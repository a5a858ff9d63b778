"""Records: `{student, paper, answers: {id: text}}`, as JSON and YAML hold them.

A form that examgen made also has `exam` and `checksum`, as the fields of printed forms do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.folder.scans import WAITS
from grader.intake.names import Names, Stray
from grader.intake.pairs import NotText, Pairs
from grader.intake.reading import check_text
from grader.intake.times import read_time
from grader.records.register import Owner, Person, Stranger
from grader.records.submissions import Doubt, excerpt

if TYPE_CHECKING:
    from grader.intake.pairs import Value
    from grader.intake.reading import Reading
    from grader.records.submissions import Given, Texts

_IDENTITY = ("student", "paper", "exam", "checksum")
_WHY = 300  # characters that are shown of why a scanned answer waits
_ALSO = ("email", "name")
_SHAPE = '{"student": ..., "answers": {"1a.size": "..."}}'


def read_record(line: int, value: Value, reading: Reading) -> None:
    """Take one record, or say what is wrong with it."""
    if not isinstance(value, Pairs) or not isinstance(answers := value.get("answers"), Pairs):
        reading.unreadable(line, "this is not a submission", f"write {_SHAPE}")
        return
    said = {name: value.get(name) for name in _IDENTITY}
    for name, one in said.items():
        if not isinstance(one, str | None):
            reading.unreadable(line, f"{name} must be a text", "write it in quotes")
            return
    student, paper, exam, made = (clean(str(one or "")).strip() for one in said.values())
    named, printed = (_person(student, value), paper), reading.register.printed
    owner = reading.owner(*named)
    if other := printed.other_exam(exam):
        reading.stranger(line, Stranger(*other), named, _texts(answers))
    elif not isinstance(owner, Owner):
        reading.stranger(line, owner, named, _texts(answers))
    elif other := printed.other_make(owner.key.paper, made):
        reading.doubt(line, owner, other, _texts(answers))
    elif twice := value.twice():
        why = f"{', '.join(map(excerpt, twice))} occurs twice"
        reading.doubt(line, owner, (why, "keep one of them"), _texts(answers))
    else:
        saved = value.get("saved")  # as the HTML paper writes it
        when = read_time(saved) if isinstance(saved, str) else None
        reading.take(line, owner, answers_of(line, owner, answers, reading), when=when)


def _person(student: str, value: Pairs) -> Person:
    """Return who is named; a name or an address besides must not contradict the id."""
    email, name = (clean(one) if isinstance(one, str) else "" for one in map(value.get, _ALSO))
    return Person(student, (email.strip(),) if email.strip() else (), name.strip())


def answers_of(line: int, owner: Owner, pairs: Pairs, reading: Reading) -> dict[str, Given]:
    """Return the answers of a paper by their ids.

    A text under no name of one waits for a person.
    """
    ids = {answer.id for answer in owner.key.answers}
    names = Names(answer.id for answer in owner.key.answers)
    answers: dict[str, Given] = {}
    for name, value in pairs:
        if name in ids:
            answers[name] = _checked(line, name, value, reading)
    for name in set(pairs.twice()) & ids:
        reading.note(line, f"{name} occurs twice", "keep one of them")
        texts = tuple(_text(value) for key, value in pairs if key == name)
        answers[name] = Doubt("the answer occurs twice in the submission; none was chosen", texts)
    claims: dict[str, list[tuple[str, Value]]] = {}
    for name, value in pairs:
        if name not in ids:
            claims.setdefault(names.find(name) or "", []).append((name, value))
    for meant, those in claims.items():
        texts = tuple(dict.fromkeys(_text(value) for _, value in those))
        is_free = bool(meant) and answers.get(meant, "") == ""
        for name, value in those:
            if is_free and len(texts) == 1:
                answers[meant] = _checked(line, meant, value, reading)
            elif not meant or _text(value) != answers.get(meant):
                Stray(line, clean(name), _text(value)).leave(owner, answers, reading, names)
        if is_free and len(texts) > 1:
            answers[meant] = Doubt(
                "the answer is given under several names; none was chosen", texts
            )
    return answers


def _checked(line: int, name: str, value: Value, reading: Reading) -> Given:
    given = _given(value)
    if isinstance(given, Doubt):
        reading.note(line, f"{name}: {given.why}", "a person has to look at it")
        return given
    return check_text(given, reading, line, name)


def _given(value: Value) -> Given:
    """Return the text of an answer, verbatim.

    A number as it is written, null as an empty answer.
    """
    match value:
        case None | bool():
            return _text(value)
        case Pairs() if isinstance(why := value.get(WAITS), str):
            return Doubt(f"the scan: {excerpt(why, _WHY)}")
        case str() if clean(value) != value:
            return Doubt("the answer holds half a character (a lone surrogate)", (clean(value),))
        case str():
            return str(value)
        case _:
            return Doubt("the answer is not a text", (_text(value),))


def _texts(pairs: Pairs) -> Texts:
    return tuple((clean(name), _text(value)) for name, value in pairs)


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return clean(value)
        case NotText():
            return value.text
        case _:
            return clean(repr(value)[:1_000])


def clean(text: str) -> str:
    """Return the text with lone surrogates written out, because no file can hold them."""
    return text.encode("utf-8", "backslashreplace").decode()
