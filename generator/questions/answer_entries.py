"""The answers of a question file: what is asked, how it is compared, or by what a person marks."""

from __future__ import annotations

import difflib
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.judge import Options, all_kinds, kind_named
from answers.kinds.base import Group
from answers.syntax.errors import UnreadableKey
from examgen.folder.key import Criterion
from generator.questions.answer_faults import (
    choice_faults,
    literal_faults,
    missing_names,
    unit_faults,
)
from generator.questions.answer_space import Room
from generator.questions.front_matter import OwnValue, exact, share_of
from generator.questions.model import Asked, LiteralMistake, Rubric
from generator.questions.percent import as_percent, hidden
from generator.questions.template import template_fault
from generator.questions.values_in_answers import template_faults, texts_of
from solvers.catalogue import find
from solvers.graph.derivation import Input

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from answers.options import Scalar
    from generator.questions.front_matter import Front
    from generator.questions.located_yaml import Place, Source

KINDS = frozenset(all_kinds())
ANSWER_WORDS = frozenset(
    "marks label unit letters options carry trivial harmless mistakes lines space".split()
)
RUBRIC_WORDS = frozenset("rubric model accept label lines space".split())
OPTION_NAMES = frozenset(Options.__dataclass_fields__) - {"abs_unit"}
_ANSWER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LINES = re.compile(r"\d{1,2}")
_SPACE = re.compile(r"(\d{1,3}) ?(mm|cm)")


class AnswerEntries:
    """Reads the answers of a question file and notes their faults."""

    def __init__(self, source: Source, front: Front, names: Collection[str]) -> None:
        self.source, self.front, self.names = source, front, names

    def read(self, name: str, given: Mapping[str, object]) -> Asked | Rubric | None:
        """Return an answer; None where nothing can be made of it.

        Args:
            name: of the answer.
            given: what stands under its name in the file.
        """
        place = ("answers", name)
        if not _ANSWER_NAME.fullmatch(name):
            self.source.fault(place, f"the name {name!r} is not usable", "use letters, digits, _")
        if "rubric" in given:
            return self._rubric(name, given)
        kinds = [key for key in given if key in KINDS]
        if len(kinds) != 1:
            fix = f"give it one of {', '.join(sorted(KINDS))}, or a rubric"
            self.source.fault(place, f"the answer {name!r} has no kind", fix)
            return None
        kind = kinds[0]
        reads, literal = self._reads(place, kind, given[kind])
        line = self.source.line((*place, kind))
        given_options = {k: v for k, v in given.items() if k in OPTION_NAMES}
        self._note((*place, "model"), self._only_of_rubrics(given))
        unknown = given.keys() - OPTION_NAMES - ANSWER_WORDS - RUBRIC_WORDS - {kind}
        for key in unknown:
            near = difflib.get_close_matches(str(key), OPTION_NAMES | ANSWER_WORDS | KINDS, n=1)
            fix = f"did you mean {near[0]!r}?" if near else "remove it"
            self.source.fault((*place, key), f"an answer has no {key!r}", fix)
        own = {str(k): _texts(v) for k, v in self._mapping(place, given, "also").items()}
        if own or self.front.also:
            given_options["also"] = {**self.front.also, **own}
        letters = {str(k): str(v) for k, v in self._mapping(place, given, "letters").items()}
        if letters and "variables" not in given_options:
            given_options["variables"] = list(dict.fromkeys(letters.values()))
        options = self._options(place, given_options)
        unit = self._unit(place, reads, given)
        if not reads and not isinstance(given[kind], list):
            self._note((*place, kind), literal_faults(kind, literal, options, self.names))
        if unit is not None:
            self._note((*place, "unit"), unit_faults(unit))
        answer = Asked(
            name,
            kind,
            reads,
            literal,
            self._marks(place, given.get("marks")),
            str(given.get("label", name.replace("_", " "))),
            unit,
            options,
            letters,
            share_of(self.source, place, str(given.get("carry", "1"))),
            str(given.get("trivial", "")).lower() in {"true", "yes"},
            self._listed(place, given, "harmless"),
            self._choices(place, given, literal),
            self._literal_mistakes(place, given),
            self._room(place, given),
            line,
        )
        self._note(place, template_faults(texts_of(answer), self.names))
        return answer

    @staticmethod
    def _only_of_rubrics(given: Mapping[str, object]) -> Iterator[tuple[str, str]]:
        for key in sorted(given.keys() & {"model", "accept"}):
            fix = "add a rubric, or write also: {answer: [...]} for other right answers"
            yield f"{key}: is read by people, and this answer is judged", fix

    def _note(self, place: Place, faults: Iterable[tuple[str, str]]) -> None:
        for what, fix in faults:
            self.source.fault(place, what, fix)

    def _mapping(
        self, place: tuple[str, ...], given: Mapping[str, object], key: str
    ) -> Mapping[object, object]:
        """Return a mapping of an answer; none where the answer does not have it."""
        value = given.get(key, {})
        if not isinstance(value, dict):
            fix = f"write {key}: {{name: ...}}, each under a name of its own"
            self.source.fault((*place, key), f"{key}: holds no names", fix)
        return _mapping(value)

    def _listed(
        self, place: tuple[str, ...], given: Mapping[str, object], key: str
    ) -> tuple[str, ...]:
        """Return a list of an answer; a single word is a list of one."""
        value = given.get(key, [])
        if isinstance(value, dict):
            self.source.fault((*place, key), f"{key}: is no list", f"write {key}: [one, another]")
        return tuple(map(str, value if isinstance(value, list) else [value]))

    def _choices(
        self, place: tuple[str, ...], given: Mapping[str, object], right: str
    ) -> tuple[str, ...]:
        """The options of a choice, of which one is right."""
        choices = tuple(str(item).strip() for item in _items(given.get("options")))
        if "options" in given:
            self._note((*place, "options"), choice_faults(choices, right, self.names))
        return choices

    def _room(self, place: tuple[str, ...], given: Mapping[str, object]) -> Room | None:
        rooms = given.keys() & {"lines", "space"}
        if not rooms:
            return None
        lines, space = str(given.get("lines", "0")), str(given.get("space", "0 mm"))
        size = _SPACE.fullmatch(space)
        if size is None or not _LINES.fullmatch(lines) or len(rooms) > 1:
            fix = "write lines: 5, or space: 40 mm"
            self.source.fault(place, "the room for the answer cannot be read", fix)
            return None
        return Room(int(lines), int(size[1]) * (10 if size[2] == "cm" else 1))

    def _reads(
        self, place: tuple[str, ...], kind: str, what: object
    ) -> tuple[tuple[str, ...], str]:
        names = self.names
        items = [str(item) for item in what] if isinstance(what, list) else [str(what)]
        if kind_named(kind).group is not Group.WORDS and all(item in names for item in items):
            return tuple(items), ""
        if isinstance(what, list):
            self._note((*place, kind), [missing_names(what, names)])
        return (), str(what)

    def _unit(
        self, place: tuple[str, ...], reads: tuple[str, ...], given: Mapping[str, object]
    ) -> str | None:
        own = self._own_unit(reads[0]) if len(reads) == 1 else None
        unit = str(given["unit"]) if "unit" in given else None
        if own is not None and unit is not None and own != unit:
            what = f"{reads[0]} is in {own}, the answer asks for {unit}"
            self.source.fault((*place, "unit"), what, "convert it under values:")
        return unit or (own if "quantity" in given else None)

    def _own_unit(self, name: str) -> str | None:
        value = self.front.values.get(name)
        if isinstance(value, OwnValue):
            return value.unit
        if self.front.derivation is None or value is not None:
            return None
        node = find(self.front.derivation).nodes.get(name)
        return node.unit if node is not None and not isinstance(node, Input) else None

    def _options(self, place: tuple[str, ...], given: Mapping[str, object]) -> Options:
        try:
            return Options.from_mapping({name: _option(value) for name, value in given.items()})
        except UnreadableKey as error:
            self.source.fault(place, str(error), "correct the option")
            return Options()

    def _marks(self, place: tuple[str, ...], value: object) -> Fraction:
        try:
            marks = exact(value)
        except ValueError:
            marks = Fraction(0)
        if marks <= 0:
            self.source.fault(place, "the marks are missing or not positive", "write marks: 4")
        return marks

    def _literal_mistakes(
        self, place: tuple[str, ...], given: Mapping[str, object]
    ) -> tuple[LiteralMistake, ...]:
        found = []
        for name, item in self._mapping(place, given, "mistakes").items():
            fields = {str(k): str(v) for k, v in _mapping(item).items()}
            if fields.keys() != {"says", "answer"} and fields.keys() != {"says", "answer", "share"}:
                fix = "write says:, answer: and share:"
                self.source.fault((*place, "mistakes", str(name)), "an incomplete mistake", fix)
                continue
            share = share_of(self.source, (*place, "mistakes", str(name)), fields.get("share", "0"))
            found.append(LiteralMistake(str(name), fields["says"], share, fields["answer"]))
        return tuple(found)

    def _rubric(self, name: str, given: Mapping[str, object]) -> Rubric:
        place = ("answers", name)
        criteria = []
        for i, item in enumerate(_items(given["rubric"])):
            fields = {str(k): str(v) for k, v in _mapping(item).items()}
            marks = self._marks((*place, "rubric", str(i)), fields.get("marks"))
            criteria.append(Criterion(fields.get("says", ""), marks))
        if not criteria:
            fix = "list criteria, each with says: and marks:"
            self.source.fault((*place, "rubric"), "the rubric has no criteria", fix)
        for key in given.keys() - RUBRIC_WORDS:
            self.source.fault((*place, key), f"a rubric has no {key!r}", "remove it")
        total = sum((item.marks for item in criteria), Fraction(0))
        label = str(given.get("label", name.replace("_", " ")))
        model = self._latex((*place, "model"), given.get("model", ""))
        accept = self._accepted((*place, "accept"), given.get("accept", []))
        room = self._room(place, given)
        return Rubric(name, total, label, tuple(criteria), model, accept, room)

    def _accepted(self, place: Place, given: object) -> tuple[str, ...]:
        """Return the sentences of `accept:`; a single one is a list of one."""
        found = []
        for at, item in enumerate(given if isinstance(given, list) else [given]):
            if isinstance(item, str) and item.strip():
                found.append(self._latex((*place, at), item))
            else:
                fix = "list sentences, one with a colon in quotes: ['Option A: zeros', ...]"
                self.source.fault((*place, at), "accept: holds something else than sentences", fix)
        return tuple(found)

    def _latex(self, place: Place, given: object) -> str:
        """Return LaTeX that is put in beside the text, its faults noted at its first line."""
        text = as_percent(str(given).strip())
        for _, comment in hidden(text):
            what = f"TeX takes {comment[:30]!r} for a comment, and it would not be printed"
            self.source.fault(place, what, "write \\% for the sign")
        if (found := template_fault(text, self.names)) is not None:
            self.source.fault(place, found[1], "put values in as \\V{name}")
        return text


def _mapping(value: object) -> Mapping[object, object]:
    return value if isinstance(value, dict) else {}


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _option(value: object) -> Scalar:
    if isinstance(value, dict):
        return {str(name): _texts(texts) for name, texts in value.items()}
    return _texts(value) if isinstance(value, list) else str(value)


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]
