"""The keys of an exam file: the cover, the questions, and the parts or pools of parts of these."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema

from examgen.folder.key import Counted, Floor
from examgen.yaml_files.fields import Exact, Given, Positive, Share, Switch, Text, Words, exact
from examgen.yaml_files.located_yaml import Strict
from generator.exams.model import Guessing, Shuffled
from generator.exams.people_entry import AppealsEntry, MarkingEntry

USUAL_PAPERS, MOST_PAPERS = 10, 30
_BONUS = "Whether its marks are added to the total and not to the maximum."


def _part(value: object) -> object:
    return {"use": value} if isinstance(value, str) else value


class PartEntry(Strict):
    """A part: a question file, perhaps with other marks and fixed parameters."""

    called: ClassVar = "a part"

    use: Text = Field(description="The name of a question file: topic/name.")
    marks: Positive | None = Field(None, description="What it is worth; else what its file says.")
    fix: dict[str, Given] = Field({}, description="Parameters that are not drawn, with values.")
    bonus: Switch | None = Field(None, description=_BONUS)


class PoolEntry(Strict):
    """Parts of which each student gets some: names of question files, or `topic/*`."""

    called: ClassVar = "a pool"

    pool: list[Text] = Field(min_length=1, description="Question files, or topic/* for all.")
    pick: int = Field(ge=1, le=26, description="How many of them each student gets.")
    level: int | None = Field(None, ge=1, le=3, description="Only questions of this level.")
    marks: Positive | None = Field(None, description="What each is worth.")
    bonus: Switch | None = Field(None, description=_BONUS)


def _item_kind(value: object) -> str:
    is_pool = "pool" in value if isinstance(value, dict) else isinstance(value, PoolEntry)
    return "pool" if is_pool else "part"


Item = Annotated[
    Annotated[
        PartEntry,
        BeforeValidator(_part, json_schema_input_type=Text | PartEntry),
        Tag("part"),
    ]
    | Annotated[PoolEntry, Tag("pool")],
    Discriminator(_item_kind),
]


def _bounds(value: object) -> object:
    """Return the shares that may be known by the number of earlier papers.

    >>> _bounds("40%"), _bounds({"3": "1/4"})
    ({10: Fraction(2, 5)}, {3: Fraction(1, 4)})
    """
    given = value if isinstance(value, dict) else {USUAL_PAPERS: value}
    try:
        found = {int(str(papers)): exact(share) for papers, share in given.items()}
    except ValueError:
        found = {0: Fraction(0)}
    if not found or not all(1 <= n <= MOST_PAPERS and 0 < x < 1 for n, x in found.items()):
        some = f"from 1 to {MOST_PAPERS} earlier papers"
        what = f"expected a share such as 40%, or shares {some} such as {{3: 25%, 10: 40%}}"
        raise ValueError(f"{what}; found {value!r}")
    return found


class QuestionEntry(Strict):
    """A question: a title and its parts."""

    title: Text = Field(description="The heading of the question.")
    head: Text = Field("", description="The heading above it, where a section begins: Section A.")
    text: Text = Field("", description="LaTeX before its parts, with values that they share.")
    share: Words = Field((), description="Parameters with one value in all its parts.")
    choose: int = Field(0, ge=0, le=26, description="How many of its parts count; 0: all.")
    counted: Counted = Field("best", description="Which ones: the best, or the first answered.")
    bonus: Switch | None = Field(None, description=_BONUS)
    parts: list[Item] = Field(min_length=1, max_length=26, description="Question files.")


class ExamEntry(Strict):
    """An exam file: the cover, and the questions with their parts."""

    university: Text = Field("", description="The first line of the cover.")
    department: Text = Field("", description="Below it.")
    course: Text = Field(description="The course, on the cover and every page.")
    title: Text = Field(description="The title of the exam.")
    instructors: Words = Field((), description="Who teaches the course.")
    semester: Text = Field("", description="On the cover.")
    date: Text = Field("", description="On the cover, as it is written here.")
    time_allowed: Text = Field("", description="On the cover: 3 hours.")
    materials: Text = Field("", description="What candidates may use.")
    honour: Text = Field("", description="What candidates declare on the cover, above a signature.")
    answer_book: Switch = Field(
        default=False,
        description="Candidates work in a book of their own, where prose goes; the cover says so.",
    )
    instructions: tuple[Text, ...] = Field((), description="Sentences on the cover.")
    closing: Text | None = Field(None, description="The last line; else END OF PAPER.")
    layout: Text = Field(
        "exam",
        description="exam: a booklet with a cover; worksheet: a head on the first page; or one of "
        "a package that is installed.",
    )
    paper: Literal["a4", "letter"] = Field("a4", description="The size of the sheets.")
    language: Text = Field(
        "en",
        pattern=r"^[A-Za-z][A-Za-z0-9-]{0,31}$",
        description="The language of what examgen prints (en, tr, or that of a file of words); "
        "it also decides what a comma in an answer is.",
    )
    languages: Text = Field(
        "", description="A folder with files of words, as en.yaml, seen from the exam file."
    )
    type_size: int = Field(11, ge=10, le=12, description="In points.")
    shuffle: frozenset[Shuffled] = Field(
        frozenset(), description="What is in another order on each paper."
    )
    share: Words = Field((), description="Parameters with one value in all questions.")
    guessing: Guessing = Field("free", description="corrected: guessing earns nothing on average.")
    floor: Floor = Field("paper", description="Over what marks never add up to less than 0.")
    practice: Switch = Field(
        default=False, description="Whether it is for practice: HTML papers show hints."
    )
    bonus_cap: Annotated[Exact, Field(ge=0)] | None = Field(
        None,
        description="By how many marks bonus marks may lift a total above the maximum; else 0.",
    )
    leak: Annotated[
        dict[int, Fraction],
        BeforeValidator(_bounds, json_schema_input_type=Share | dict[str, Share]),
    ] = Field({}, description="How much of a paper may be known from earlier ones: {3: 25%}.")
    marking: MarkingEntry | None = Field(
        None, description="How the marks of two people become one: tolerance, within, beyond."
    )
    appeals: AppealsEntry | None = Field(
        None, description="When students may ask about marks, and how often: opens, closes, limit."
    )
    total_marks: Positive | None = Field(None, description="What the exam is worth in all.")
    code: Annotated[str, WithJsonSchema({"type": ["string", "integer"]})] | None = Field(
        None,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$",
        description="Short name, printed in codes; else the name of the file.",
    )
    questions: list[QuestionEntry] = Field(min_length=1, description="The questions, in order.")
