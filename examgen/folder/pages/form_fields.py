"""The names of form fields in a fillable paper: whose answer to what a field holds.

A PDF form comes back under any file name, so each field says where it belongs. A dot would nest
fields in PDF, hence the slashes: `ceng403/001/1a/parameters/3f2a9c01`.
"""

from __future__ import annotations

import hashlib
from urllib.parse import quote, unquote

from examgen.ground.record import record

CHECKSUM_LENGTH = 8
PLACE = ":"  # after the answer, before the place of one of its fields: `1a/terms:2`
COVER = "cover."  # how fields begin that are no answers
NAME, NUMBER = f"{COVER}name", f"{COVER}number"


@record
class FormField:
    """A field's name, taken apart.

    Attributes:
        exam: the exam's code.
        paper: the paper's id.
        answer: the answer's id: `1a.parameters`; of a field of the cover `cover.name` and such.
        checksum: of the paper as it was made; another make of the exam has another one.
    """

    exam: str
    paper: str
    answer: str
    checksum: str

    @property
    def is_answer(self) -> bool:
        """Return whether it holds an answer, and not what is written on the cover."""
        return not self.answer.startswith(COVER)

    @property
    def name(self) -> str:
        """Return the field's name.

        >>> FormField("ceng403", "001", "1a.parameters", "3f2a9c01").name
        'ceng403/001/1a/parameters/3f2a9c01'
        """
        part, _, answer = self.answer.partition(".")
        pieces = (self.exam, self.paper, part, answer, self.checksum)
        return "/".join(quote(piece, safe="").replace(".", "%2E") for piece in pieces)


def field_of(name: str) -> FormField | None:
    """Return what a field's name says; None for a name that is not ours.

    >>> field_of("ceng403/001/1a/parameters/3f2a9c01").answer
    '1a.parameters'
    >>> field_of("Text1") is None
    True
    """
    pieces = [unquote(piece) for piece in name.split("/")]
    if len(pieces) != 5 or len(pieces[4]) != CHECKSUM_LENGTH:
        return None
    exam, paper, part, answer, checksum = pieces
    return FormField(exam, paper, f"{part}.{answer}", checksum)


def answer_named(box: str) -> str:
    """Return the answer to which a box belongs, of which an answer may have several.

    >>> answer_named("1a.terms:2"), answer_named("1a.terms")
    ('1a.terms', '1a.terms')
    """
    return box.partition(PLACE)[0]


def checksum(public: str) -> str:
    """Return the checksum of a paper: of its line in `papers.jsonl`, without the line's end.

    >>> checksum('{"paper": "001"}')
    '6fa74918'
    """
    return hashlib.sha256(public.encode()).hexdigest()[:CHECKSUM_LENGTH]
