"""An answer as it is in the front matter: judged by its kind, or marked by a person.

The kinds and the options of the judge are keys of an answer; their names are asked of the judge,
so that a new one is a key without a change here.
"""

from __future__ import annotations

import inspect
import re
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, get_args, get_origin, get_type_hints

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from answers.evaluation.sample_points import Domain
from answers.judge import Options, all_kinds
from answers.syntax.errors import UnreadableKey
from examgen.yaml_files.fields import (
    Given,
    GivenOrNamed,
    Listed,
    Marks,
    Millimetres,
    Named,
    Share,
    Switch,
    Text,
    Words,
)
from examgen.yaml_files.located_yaml import Strict, wrong
from generator.questions.answer_space import Room
from generator.questions.answers.criteria import CriterionEntry, Sentences, check_rubric
from generator.questions.answers.options import MISTAKES
from generator.questions.answers.ticks import is_of_ticks
from generator.questions.working_entry import Working

OPTION_NAMES = frozenset(Options.__dataclass_fields__) - {"abs_unit"}
_NAME = r"^[A-Za-z][A-Za-z0-9_]*$"


@cache
def kind_names() -> tuple[str, ...]:
    """Return the names of the kinds of answers, as question files write them."""
    return tuple(all_kinds())


class _Placed(Strict):
    """The keys that every answer may have."""

    label: Text | None = Field(None, description="What is asked for, beside the field.")
    lines: int | None = Field(None, ge=0, le=99, description="Room on paper, in lines.")
    space: Millimetres | None = Field(None, description="Room on paper: 40 mm, or 4 cm.")
    width: Millimetres | None = Field(None, description="How wide its box is: 15 mm.")

    @model_validator(mode="after")
    def _one_room(self) -> _Placed:
        if self.lines is not None and self.space is not None:
            what = "the room for the answer is said twice, by lines: and by space:"
            raise wrong(what, "keep one of them")
        return self

    @property
    def room(self) -> Room | None:
        """Return room to work; None where the file does not say."""
        if self.lines is None and self.space is None and self.width is None:
            return None
        return Room(self.lines or 0, self.space or 0, self.width or 0)

    def label_of(self, name: str) -> str:
        """Return the label of the answer with this name."""
        return name.replace("_", " ") if self.label is None else self.label


def _criteria(value: object) -> object:
    if not isinstance(value, list) or not value:
        raise wrong("the rubric has no criteria", "list criteria, each with says: and marks:")
    return value


class RubricEntry(_Placed):
    """An answer that a person marks."""

    called: ClassVar = "a rubric"

    rubric: Annotated[list[CriterionEntry], Field(min_length=1), BeforeValidator(_criteria)] = (
        Field(description="The criteria by which a person marks.")
    )
    model: Text = Field("", description="The model answer, as LaTeX.")
    accept: Sentences = Field(
        (), description="Sentences on what is right besides the model answer."
    )
    at_most: Marks | None = Field(
        None, description="The most that the answer earns, where its criteria are worth more."
    )

    @model_validator(mode="after")
    def _adds_up(self) -> RubricEntry:
        check_rubric(self.rubric, self.at_most)
        return self


class MistakeEntry(Strict):
    """A wrong answer that is known by its text."""

    called: ClassVar = "a mistake of an answer"

    says: Text = Field(description="What the student did: a sentence.")
    answer: Text = Field(description="The wrong answer.")
    share: Share = Field("0", validate_default=True, description="The share of the marks for it.")


def _choices(value: object) -> object:
    if value == MISTAKES:
        return [MISTAKES]
    if not isinstance(value, list):
        what = "a choice has at least two options"
        raise wrong(what, f"write [one, another], or options: {MISTAKES}")
    return [str(item).strip() for item in value]


def _of_a_rubric(name: str, _: object) -> object:
    fix = "add a rubric, or write also: {answer: [...]} for other right answers"
    raise wrong(f"{name}: is read by people, and this answer is judged", fix)


def _only_of_rubrics(name: str) -> object:
    hidden = SkipJsonSchema()  # type: ignore[type-arg]  # it is generic for type checkers only
    return Annotated[None, BeforeValidator(partial(_of_a_rubric, name)), hidden]


class JudgedEntry(_Placed):
    """An answer that is judged; its kinds and the options of the judge are further keys."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": [name]} for name in kind_names()]}
    )
    called: ClassVar = "an answer"

    marks: Marks = Field(description="What it is worth.")
    unit: Text | None = Field(None, description="The unit in which the value is given.")
    letters: Named[Text] = Field({}, description="Letters for values, in an expression.")
    options: (
        Annotated[
            tuple[str, ...], BeforeValidator(_choices, json_schema_input_type=Text | list[Text])
        ]
        | None
    ) = Field(
        None,
        description="What a choice is made of: sentences with values and formulas; mistakes: what "
        "those who make a mistake of the question get.",
    )
    shuffle: Switch | None = Field(
        None, description="Whether the options are in another order on each paper."
    )
    boxes: Text | None = Field(
        None, description="A box for each element: 2x3 of a matrix, 3 of a list."
    )
    carry: Share = Field(
        "1",
        validate_default=True,
        description="The share of the marks for what follows rightly from a wrong earlier value.",
    )
    trivial: Switch = Field(default=False, description="It may be 0, 1 or equal to an input.")
    harmless: Listed = Field((), description="Mistakes that leave this answer right.")
    mistakes: Named[MistakeEntry] = Field({}, description="Wrong answers by names of their own.")
    working: Working = Field(
        None, description="Whether steps earn marks: true, or what each of them counts."
    )

    @property
    def kinds(self) -> dict[str, str | list[object] | dict[str, str]]:
        """Return the kinds that it names, with what is right; one, if nothing is wrong."""
        stated = {name: getattr(self, name) for name in kind_names()}
        return {name: what for name, what in stated.items() if what is not None}

    @property
    def given_options(self) -> dict[str, str | list[str] | dict[str, list[str]]]:
        """Return the options of the judge that it gives."""
        return {n: getattr(self, n) for n in sorted(OPTION_NAMES & self.model_fields_set)}


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _option(name: str, value: object) -> object:
    """Return the value of an option, once the judge has read it."""
    if name == "also" and not isinstance(value, dict):
        raise wrong("also: holds no names", "write also: {name: ...}, each a list of spellings")
    plain: str | list[str] | dict[str, list[str]]
    if isinstance(value, dict):
        plain = {str(key): _texts(texts) for key, texts in value.items()}
    else:
        plain = _texts(value) if isinstance(value, list) else str(value)
    try:
        Options.from_mapping({name: plain})
    except UnreadableKey as error:
        raise wrong(str(error), "correct the option") from error
    return plain


def _input_type(hint: object) -> object:
    """Return what a file writes for an option of this type."""
    inner = [part for part in get_args(hint) if part is not type(None)]
    if get_origin(hint) is Literal:
        return hint
    if hint is Domain:
        return Literal[tuple(item.value for item in Domain)]
    if get_origin(hint) is tuple:
        return dict[str, Words] if get_origin(inner[0]) is tuple else Words
    return _input_type(inner[0]) if inner else int if hint is int else Text


def _descriptions() -> dict[str, str]:
    """Return what the judge says of its options, by name."""
    about = inspect.getdoc(Options) or ""
    found = re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", about, re.MULTILINE)
    return {name: _sentence_of(text) for name, text in found}


def _sentence_of(text: str) -> str:
    return " ".join((text[:1].upper() + text[1:]).split())


def _kind_field(name: str) -> tuple[object, object]:
    if is_of_ticks(name):
        about = f"The options that are right, of kind {name}, or what belongs together."
        return GivenOrNamed | None, Field(None, description=about)
    what = f"What is right, of kind {name}: the name of a value, a list of names, or a text."
    return Given | None, Field(None, description=what)


def _option_field(name: str, hint: object, about: str) -> tuple[object, object]:
    read = BeforeValidator(partial(_option, name), json_schema_input_type=_input_type(hint))
    return Annotated[object, read], Field(None, description=about or f"The option {name}.")


if TYPE_CHECKING:
    AnswerOfAKind = JudgedEntry
else:
    _hints, _about = get_type_hints(Options), _descriptions()
    AnswerOfAKind = create_model(
        "AnswerOfAKind",
        __base__=JudgedEntry,
        __doc__="An answer that is judged: its kind with what is right, marks, and options.",
        **{name: _kind_field(name) for name in kind_names()},
        **{n: _option_field(n, _hints[n], _about.get(n, "")) for n in sorted(OPTION_NAMES)},
        **{name: (_only_of_rubrics(name), None) for name in ("model", "accept")},
    )


class LikeEntry(_Placed):
    """An answer that takes over from another what it does not say itself.

    Editors know it by this model; a file's reader has resolved it before.
    """

    model_config = ConfigDict(extra="allow")

    like: Text = Field(description="The name of an answer above.")


def _usable(name: object) -> object:
    if not re.fullmatch(_NAME, str(name)):
        raise wrong(f"the name {name!r} is not usable", "use letters, digits, _")
    return name


def _who_marks(value: object) -> str:
    if isinstance(value, LikeEntry) or (isinstance(value, dict) and "like" in value):
        return "like another"
    has_rubric = "rubric" in value if isinstance(value, dict) else isinstance(value, RubricEntry)
    return "by people" if has_rubric else "by its kind"


AnswerName = Annotated[str, BeforeValidator(_usable), WithJsonSchema({"pattern": _NAME})]
AnswerEntry = Annotated[
    Annotated[RubricEntry, Tag("by people")]
    | Annotated[AnswerOfAKind, Tag("by its kind")]
    | Annotated[LikeEntry, Tag("like another")],
    Discriminator(_who_marks),
]
