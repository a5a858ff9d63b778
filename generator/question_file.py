r"""A question file: front matter that says what is drawn and asked, then LaTeX.

The file is read in the order in which a lecturer thinks: what is given, what is drawn, what is
asked, an example, the text. After a line `\solution` follows the author's own solution.
"""

from __future__ import annotations

import hashlib
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.errors import UnreadableKey
from answers.judge import Kind, Options
from answers.key import Criterion, FormulaKey, Model, OwnMistake
from generator.files import read_utf8
from generator.front import ExampleEntry, Front, OwnValue, exact
from generator.paper import Room
from generator.question import Asked, Example, LiteralMistake, QuestionFile, Rubric
from generator.source import Source, listed
from generator.template import template_fault
from solvers.catalogue import find
from solvers.errors import DerivationError, Fault, InputError
from solvers.graph.derivation import Input
from solvers.graph.formulas import TextCondition, condition, formula
from solvers.graph.number import parse_value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from answers.options import Scalar

KINDS = frozenset(Kind)
ANSWER_WORDS = frozenset(
    "marks label unit letters options carry trivial harmless mistakes rubric model "
    "lines space".split()
)
OPTION_NAMES = frozenset(Options.__dataclass_fields__) - {"abs_unit"}
_ANSWER = re.compile(r"\\answer\{([^{}]*)\}")
_ANSWER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_LINES = re.compile(r"\d{1,2}")
_SPACE = re.compile(r"(\d{1,3}) ?(mm|cm)")


def read_question(path: Path | Traversable, name: str) -> QuestionFile:
    """Reads and checks a question file.

    Raises:
        InputError: with every fault of the file and its line.
    """
    raw, text = read_utf8(path, "a question file")
    return _Reader(
        text.replace("\r\n", "\n"), str(path), name, hashlib.sha256(raw).hexdigest()
    ).read()


class _Reader:
    """Reads one question file and collects its faults."""

    def __init__(self, text: str, file: str, name: str, sha256: str) -> None:
        parts = re.split(r"^---[ \t]*\n", text, maxsplit=2, flags=re.MULTILINE)
        if len(parts) != 3 or parts[0].strip():
            fix = "begin the file with ---, keys, --- and then the text"
            raise InputError([Fault(file, 1, "there is no front matter", fix)])
        self.name, self.sha256 = name, sha256
        self.source = Source(parts[1], file, first_line=2)
        self.front = self.source.model(Front)
        body, _, solution = re.sub(r"(?m)^\\solution[ \t]*$", "\x00", parts[2]).partition("\x00")
        self.body, self.solution = body.strip("\n"), solution.strip("\n")
        self.body_line = parts[1].count("\n") + 3

    def read(self) -> QuestionFile:
        """The question, if there is nothing wrong with its file."""
        front = self.front
        model = self._model()
        where = [self._condition(i, text) for i, text in enumerate(front.where)]
        if not front.answers:
            self.source.fault(("answers",), "nothing is asked", "add an answer")
        answers = [self._answer(name, given) for name, given in front.answers.items()]
        asked = tuple(answer for answer in answers if answer is not None)
        vary = {name: self._values(name, given) for name, given in front.vary.items()}
        examples = tuple(self._example(i, stated) for i, stated in enumerate(front.examples))
        self._check_places(asked)
        self.source.check()
        return QuestionFile(
            self.name,
            self.source.file,
            self.sha256,
            front.title,
            front.topic,
            front.level,
            front.minutes,
            vary,
            tuple(item for item in where if item is not None),
            model,
            asked,
            examples,
            self.body,
            self.solution,
        )

    def _model(self) -> Model:
        front = self.front
        values = []
        for name, stated in front.values.items():
            own = OwnValue(formula=stated) if isinstance(stated, str) else stated
            self._formula(("values", name), own.formula)
            values.append(FormulaKey(name, own.formula, own.symbol, own.says, own.unit))
        if front.derivation is not None:
            try:
                known = find(front.derivation)
            except DerivationError as error:
                self.source.fault(("derivation",), str(error), "correct the name")
            else:
                for dropped in set(front.without) - known.mistakes.keys():
                    what = f"{front.derivation} has no mistake {dropped!r}"
                    self.source.fault(("without",), what, f"known: {', '.join(known.mistakes)}")
        given = {name: self._text(("given", name), value) for name, value in front.given.items()}
        mistakes = tuple(self._own_mistake(name, item) for name, item in front.mistakes.items())
        return Model(front.derivation, given, front.symbols, tuple(values), mistakes, front.without)

    def _own_mistake(self, name: str, item: Mapping[str, str]) -> OwnMistake:
        place = ("mistakes", name)
        replaced = tuple(
            FormulaKey(target, text)
            for target, text in item.items()
            if target not in {"says", "share"}
        )
        for wrong in replaced:
            self._formula((*place, wrong.name), wrong.formula)
        if "says" not in item or not replaced:
            fix = "write says: a sentence, and a wrong formula by the name of what it replaces"
            self.source.fault(place, f"the mistake {name!r} is incomplete", fix)
        return OwnMistake(
            name, item.get("says", ""), self._share(place, item.get("share", "0")), replaced
        )

    def _share(self, place: tuple[str, ...], text: str) -> Fraction:
        try:
            share = exact(text)
        except ValueError:
            share = Fraction(-1)
        if not 0 <= share <= 1:
            self.source.fault(
                place, f"the share {text!r} is not between 0 and 1", "write 0.5 or 50%"
            )
        return share

    def _formula(self, place: tuple[str, ...], text: str) -> None:
        try:
            formula(text)
        except DerivationError as error:
            self.source.fault(place, str(error), "use + - * / **, names and functions")

    def _condition(self, index: int, text: str) -> TextCondition | None:
        try:
            return condition(text)
        except DerivationError as error:
            self.source.fault(("where", index), str(error), "write a comparison such as a < b")
            return None

    def _text(self, place: tuple[str, ...], value: object) -> str:
        text = listed(value)
        try:
            parse_value(text)
        except DerivationError as error:
            self.source.fault(place, str(error), "write a number or a list")
        return text

    def _values(self, name: str, given: object) -> tuple[str, ...] | str:
        if isinstance(given, str):
            return given
        items = given if isinstance(given, list) else []
        if not items:
            self.source.fault(("vary", name), f"{name} has no values", "list some")
        return tuple(self._text(("vary", name), item) for item in items)

    # -- answers --------------------------------------------------------------------------------

    def _answer(self, name: str, given: Mapping[str, object]) -> Asked | Rubric | None:
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
        kind = Kind(kinds[0])
        reads, literal = self._reads(place, kind, given[kind])
        given_options = {k: v for k, v in given.items() if k in OPTION_NAMES}
        unknown = given.keys() - OPTION_NAMES - ANSWER_WORDS - {kind}
        for key in unknown:
            self.source.fault((*place, key), f"an answer has no {key!r}", "remove it")
        own = {str(k): _texts(v) for k, v in _mapping(given.get("also")).items()}
        if own or self.front.also:
            given_options["also"] = {**self.front.also, **own}
        letters = {str(k): str(v) for k, v in _mapping(given.get("letters")).items()}
        if letters and "variables" not in given_options:
            given_options["variables"] = list(dict.fromkeys(letters.values()))
        return Asked(
            name,
            kind,
            reads,
            literal,
            self._marks(place, given.get("marks")),
            str(given.get("label", name.replace("_", " "))),
            self._unit(place, reads, given),
            self._options(place, given_options),
            letters,
            self._share(place, str(given.get("carry", "1"))),
            str(given.get("trivial", "")).lower() in {"true", "yes"},
            tuple(map(str, _items(given.get("harmless")))),
            self._choices(place, given, literal),
            self._literal_mistakes(place, given),
            self._room(place, given),
        )

    def _choices(
        self, place: tuple[str, ...], given: Mapping[str, object], right: str
    ) -> tuple[str, ...]:
        """The options of a choice, of which one is right."""
        choices = tuple(str(item).strip() for item in _items(given.get("options")))
        place = (*place, "options")
        if "options" not in given:
            return ()
        if len(choices) < 2 or "" in choices:
            self.source.fault(place, "a choice has at least two options", "write [one, another]")
        elif len(set(choices)) < len(choices):
            self.source.fault(place, "an option stands twice", "keep one of them")
        elif right not in choices:
            self.source.fault(place, f"{right!r} is not among the options", "add it")
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
        self, place: tuple[str, ...], kind: Kind, what: object
    ) -> tuple[tuple[str, ...], str]:
        names = self._names()
        items = [str(item) for item in what] if isinstance(what, list) else [str(what)]
        if kind not in {Kind.CHOICE, Kind.TEXT} and all(item in names for item in items):
            return tuple(items), ""
        if isinstance(what, list):
            missing = next(item for item in items if item not in names)
            self.source.fault(
                (*place, kind), f"there is no quantity {missing!r}", "correct the name"
            )
        return (), str(what)

    def _names(self) -> set[str]:
        names = {*self.front.values, *self.front.given, *self.front.vary}
        if self.front.derivation is not None:
            try:
                names |= find(self.front.derivation).nodes.keys()
            except DerivationError:
                return names
        return names

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
        for name, item in _mapping(given.get("mistakes")).items():
            fields = {str(k): str(v) for k, v in _mapping(item).items()}
            if fields.keys() != {"says", "answer"} and fields.keys() != {"says", "answer", "share"}:
                fix = "write says:, answer: and share:"
                self.source.fault((*place, "mistakes", str(name)), "an incomplete mistake", fix)
                continue
            share = self._share((*place, "mistakes", str(name)), fields.get("share", "0"))
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
        for key in given.keys() - {"rubric", "model", "label", "lines", "space"}:
            self.source.fault((*place, key), f"a rubric has no {key!r}", "remove it")
        total = sum((item.marks for item in criteria), Fraction(0))
        label = str(given.get("label", name.replace("_", " ")))
        model = str(given.get("model", "")).strip()
        return Rubric(name, total, label, tuple(criteria), model, self._room(place, given))

    def _example(self, index: int, stated: ExampleEntry) -> Example:
        for name in stated.gives.keys() - self.front.answers.keys():
            self.source.fault(
                ("examples", index, "gives", name),
                f"there is no answer {name!r}",
                "correct the name",
            )
        given, gives = (
            {name: listed(value) for name, value in part.items()}
            for part in (stated.given, stated.gives)
        )
        return Example(given, gives, stated.source)

    def _check_places(self, answers: tuple[Asked | Rubric, ...]) -> None:
        known = {answer.name for answer in answers}
        seen: set[str] = set()
        for match in _ANSWER.finditer(self.body):
            line = self.body_line + self.body[: match.start()].count("\n")
            if match[1] not in self.front.answers:
                what, fix = f"there is no answer {match[1]!r}", f"known: {', '.join(sorted(known))}"
                self.source.faults.append(Fault(self.source.file, line, what, fix))
            elif match[1] in seen:
                what = f"\\answer{{{match[1]}}} stands twice"
                self.source.faults.append(Fault(self.source.file, line, what, "keep one"))
            seen.add(match[1])
        solution_line = self.body_line + self.body.count("\n") + 2
        self._check_template(self.body, self.body_line)
        self._check_template(self.solution, solution_line)

    def _check_template(self, text: str, first_line: int) -> None:
        found = template_fault(text, self._names())
        if found is not None:
            line, what = found
            fix = "put values in as \\V{name}"
            self.source.faults.append(Fault(self.source.file, first_line + line - 1, what, fix))


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
