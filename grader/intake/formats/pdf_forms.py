"""Filled PDF forms: the fields that examgen wrote, each of which says what it answers.

Identity is inside: the file's name means nothing. A form of another exam, of another make of the
exam, or without fields is named and left to a person.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey
from examgen.folder.key_file import SAFE_ID
from examgen.folder.pages.form_fields import NAME, NUMBER
from examgen.folder.pages.page_code import page_code_of
from examgen.folder.pages.page_ink import is_written_on
from examgen.ground.errors import Fault
from examgen.ground.files import read_held
from examgen.ground.wording import first_of, format_count, plural
from grader.intake.formats.pdf_fields import Unusable, read_form
from grader.intake.formats.pictures import NO_CODE, codes_in, picture_of
from grader.intake.formats.several_fields import with_one_field
from grader.intake.reading import check_text
from grader.intake.records import clean
from grader.records.register import Owner, Person, Stranger
from grader.records.submissions import Doubt, Problem, contradiction, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examgen.folder.pages.form_fields import FormField
    from grader.intake.formats.pdf_fields import Fields, FilledForm
    from grader.intake.reading import Reading
    from grader.records.submissions import Given, Texts

_PAPER = re.compile(rf"\b(?:Paper|Kâğıt)\s+({SAFE_ID.pattern})")  # as papers are headed
_LOOK = "look at the file; type in what is written, or mark it by hand"
_TYPE_IN = "type its answers into the exception file, or get the file that was filled in"


def read_pdf(raw: bytes, reading: Reading) -> None:
    """Take in a filled form."""
    try:
        form = read_form(raw)
    except Unusable as error:
        _without_fields(error, reading)
        return
    fields = [pair for pair in form.fields if pair[0].is_answer]
    makes = Counter((name.exam, name.paper, name.checksum) for name, _ in form.fields)
    if len(makes) > 1:
        _several(fields, reading)
        return
    (exam, paper, made), texts = next(iter(makes)), _texts(fields)
    printed = reading.register.printed
    owner = reading.owner(_on_the_cover(form, paper, reading), paper)
    if other := printed.other_exam(exam):
        reading.stranger(1, Stranger(*other), (Person(), paper), texts)
    elif not isinstance(owner, Owner):
        reading.stranger(1, owner, (Person(), paper), texts)
    elif other := printed.other_make(paper, made):
        reading.doubt(1, owner, other, texts)
    else:
        answers = _answers(owner, fields, reading)
        reading.take(1, owner, _with_what_is_beside(form, owner, answers, reading))


def _on_the_cover(form: FilledForm, paper: str, reading: Reading) -> Person:
    """Return who filled in a paper that was made for nobody, as its cover says."""
    if paper not in reading.register.printed.walk_ins:
        return Person()
    cover = {name.answer: given for name, given in form.fields if isinstance(given, str)}
    number, name = (clean(cover.get(field, "")).strip() for field in (NUMBER, NAME))
    return Person(number, name=name)


def _with_what_is_beside(
    form: FilledForm, owner: Owner, answers: dict[str, Given], reading: Reading
) -> dict[str, Given]:
    """Return the answers of a form.

    What is blank may be written beside its field, and waits then.
    """
    printed = reading.register.printed.ink.get(owner.key.paper)
    is_changed = bool(printed and form.ink) and is_written_on(printed or (), form.ink or ())
    added = [form.beside, "more on a page than was printed"]
    beside = ", ".join(filter(None, added[: 1 + is_changed]))
    if not beside:
        return answers
    blank = [name for name, given in answers.items() if not isinstance(given, Doubt)]
    blank = [name for name in blank if not str(answers[name]).strip()]
    what = f"something is written beside the fields ({beside})"
    if not blank:
        reading.note(1, what, "look at the file; the fields are judged as they are filled in")
        return answers
    said = (1, f"{what}, and {format_count(len(blank), 'field is', 'fields are')} blank", _LOOK)
    named = (owner.student, owner.key.paper)
    reading.wait(Problem.UNREADABLE, said, named, rows=0)
    name = PurePath(reading.name).name
    doubt = Doubt(f"there is ink or text on the page beside the fields: look at the file {name}")
    return answers | dict.fromkeys(blank, doubt)


def _texts(fields: Fields) -> Texts:
    return tuple(
        (name.answer, given or "") for name, given in fields if not isinstance(given, Doubt)
    )


def read_picture(reading: Reading) -> bool:
    """Leave a picture of a page to a person, with its paper; False where it names none."""
    content = read_held(reading.item.content)
    if isinstance(content, Fault):
        return False
    codes, why = codes_in([partial(picture_of, content.raw)])
    what = f"this is a picture of a page; {why}" if why else "this is a picture of a page"
    if codes or why != NO_CODE:
        _without_fields(Unusable(what, codes=codes), reading)
    return bool(codes or why != NO_CODE)


def _without_fields(trouble: Unusable, reading: Reading) -> None:
    """Leave a form without fields to a person, with the paper printed on it or in its codes."""
    what, printed = str(trouble), reading.register.printed
    papers = [name for name in _PAPER.findall(trouble.text) if name in reading.register.papers]
    papers += papers_of(trouble.codes, reading)
    owner = reading.owner(Person(), papers[0]) if len(set(papers)) == 1 else None
    if isinstance(owner, Owner):
        reading.doubt(1, owner, (f"{what}; it seems to be paper {papers[0]}", _TYPE_IN))
    else:
        seen = "".join((trouble.text, *trouble.codes))
        seems = f"; it seems to be of the exam {printed.code}" if printed.code in seen else ""
        several = f"; it seems to hold papers {first_of(sorted(set(papers)))}" if papers else ""
        reading.unreadable(1, what + (several or (seems if printed.code else "")), _TYPE_IN)


def papers_of(codes: Iterable[str], reading: Reading) -> list[str]:
    """Return the papers that codes name: `ceng403/001/02/3f2a9c01` is of paper 001."""
    printed = reading.register.printed
    read = filter(None, map(page_code_of, codes))
    ours = (code.paper for code in read if not printed.other_exam(code.exam))
    return [paper for paper in ours if paper in reading.register.papers]


def _several(fields: Fields, reading: Reading) -> None:
    """Leave all papers of a file with several to a person; none is taken."""
    papers = dict.fromkeys((name.exam, name.paper, name.checksum) for name, _ in fields)
    names = ", ".join(excerpt(paper) for _, paper, _ in papers)
    stranger = Stranger(f"this file holds several papers ({names})", "hand in one at a time")
    for make in papers:
        own = [pair for pair in fields if (pair[0].exam, pair[0].paper, pair[0].checksum) == make]
        reading.stranger(1, stranger, (Person(), make[1]), _texts(own))


def _answers(owner: Owner, fields: Fields, reading: Reading) -> dict[str, Given]:
    asked = {answer.id: answer for answer in owner.key.answers}
    answers: dict[str, Given] = {}
    for field, given in with_one_field(fields, asked):
        if field.answer in asked:
            answers[field.answer] = _joined(field, given, answers, reading)
        else:
            what = f"paper {owner.key.paper} has no answer {excerpt(field.answer)}"
            reading.note(1, what, "it is passed over")
    missing = [
        name
        for name, answer in asked.items()
        if name not in answers and isinstance(answer, AnswerKey)
    ]
    for name in missing:
        answers[name] = Doubt("the field of this answer is missing in the form")
    if missing:
        said = plural(len(missing), "the field of {} is missing", "the fields of {} are missing")
        reading.note(1, said.format(first_of(missing)), "a person has to look at it")
    return answers


def _joined(
    field: FormField, given: Given | None, before: dict[str, Given], reading: Reading
) -> Given:
    """Return what a field holds, unless a field of the same name held something else."""
    text = given or ""
    if isinstance(text, Doubt):
        reading.note(1, f"{field.answer}: {text.why}", "a person has to look at it")
        return text
    checked = check_text(text, reading, 1, field.answer)
    other = before.get(field.answer, checked)
    if checked == other:
        return checked
    reading.note(1, f"the field of {field.answer} occurs twice", "a person has to look at it")
    return contradiction(other, checked)
