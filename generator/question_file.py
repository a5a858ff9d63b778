r"""A question file: front matter that says what is drawn and asked, then LaTeX.

The file is read in the order in which a lecturer thinks: what is given, what is drawn, what is
asked, an example, the text. After a line `\solution` follows the author's own solution.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.errors import UnreadableKey
from answers.judge import Kind, Options
from answers.key import Criterion, FormulaKey, Model, OwnMistake
from generator.answer_faults import (
    choice_faults,
    literal_faults,
    missing_names,
    unit_faults,
)
from generator.files import read_utf8
from generator.front import ExampleEntry, Front, OwnValue, exact
from generator.paper import Room
from generator.percent import as_percent, hidden
from generator.question import Asked, Example, LiteralMistake, QuestionFile, Rubric
from generator.source import Source, listed
from generator.template import template_fault
from solvers.catalogue import find
from solvers.errors import DerivationError, Fault, InputError
from solvers.graph.derivation import Input
from solvers.graph.formulas import TextCondition, condition, formula
from solvers.graph.number import parse_value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from answers.options import Scalar
    from generator.source import Place

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
    return _Reader(text.replace("\r\n", "\n"), str(path), name, raw).read()


class _Reader:
    """Reads one question file and collects its faults."""

    def __init__(self, text: str, file: str, name: str, raw: bytes) -> None:
        parts = re.split(r"^---[ \t]*\n", text, maxsplit=2, flags=re.MULTILINE)
        if len(parts) != 3 or parts[0].strip():
            fix = "begin the file with ---, keys, --- and then the text"
            raise InputError([Fault(file, 1, "there is no front matter", fix)])
        self.name, self.raw = name, raw
        self.source = Source(parts[1], file, first_line=2)
        self.front = self.source.model(Front)
        body, _, solution = re.sub(r"(?m)^\\solution[ \t]*$", "\x00", parts[2]).partition("\x00")
        first = parts[1].count("\n") + 3
        self.body_line = first + len(body) - len(body.lstrip("\n"))
        blank = len(solution) - len(solution.lstrip("\n"))
        self.solution_line = first + body.count("\n") + blank
        self.body = as_percent(body.strip("\n"))
        self.solution = as_percent(solution.strip("\n"))

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
            self.raw,
            hashlib.sha256(self.raw).hexdigest(),
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
            self.body_line,
            self.solution_line,
        )

    def _model(self) -> Model:
        front = self.front
        values = []
        names = self._names() - front.values.keys()
        for name, stated in front.values.items():
            own = OwnValue(formula=stated) if isinstance(stated, str) else stated
            self._formula(("values", name), own.formula, names)
            names.add(name)
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
            self._formula((*place, wrong.name), wrong.formula, self._names())
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

    def _formula(self, place: tuple[str, ...], text: str, known: Collection[str]) -> None:
        try:
            needs = formula(text).call.needs
        except DerivationError as error:
            self.source.fault(place, str(error), "use + - * / **, names and functions")
        else:
            self._known(place, text, needs, known)

    def _condition(self, index: int, text: str) -> TextCondition | None:
        try:
            found = condition(text)
        except DerivationError as error:
            self.source.fault(("where", index), str(error), "write a comparison such as a < b")
            return None
        self._known(("where", index), text, found.needs, self._names())
        return found

    def _known(self, place: Place, text: str, needs: Sequence[str], known: Collection[str]) -> None:
        """Note the first name of a formula that stands for nothing."""
        unknown = next((name for name in needs if name not in known), None)
        if unknown is not None:
            fix = f"known here: {', '.join(sorted(known)) or 'no name yet'}"
            self.source.fault(place, f"{text!r} uses the unknown name {unknown!r}", fix)

    def _text(self, place: tuple[str, ...], value: object) -> str:
        text = listed(value)
        try:
            parse_value(text)
        except DerivationError as error:
            self.source.fault(place, str(error), "write a number or a list")
        return text

    def _values(self, name: str, given: object) -> tuple[str, ...] | str:
        if isinstance(given, str):
            if given not in self._names() and not _is_value(given):
                what = f"{given!r} is neither a list of values nor the name of another parameter"
                self.source.fault(("vary", name), what, "list the values: [1, 2, 3]")
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
        line = self.source.line((*place, kind))
        given_options = {k: v for k, v in given.items() if k in OPTION_NAMES}
        unknown = given.keys() - OPTION_NAMES - ANSWER_WORDS - {kind}
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
            self._note((*place, kind), literal_faults(kind, literal, options, self._names()))
        if unit is not None:
            self._note((*place, "unit"), unit_faults(unit))
        return Asked(
            name,
            kind,
            reads,
            literal,
            self._marks(place, given.get("marks")),
            str(given.get("label", name.replace("_", " "))),
            unit,
            options,
            letters,
            self._share(place, str(given.get("carry", "1"))),
            str(given.get("trivial", "")).lower() in {"true", "yes"},
            self._listed(place, given, "harmless"),
            self._choices(place, given, literal),
            self._literal_mistakes(place, given),
            self._room(place, given),
            line,
        )

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
            self._note((*place, "options"), choice_faults(choices, right, self._names()))
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
            self._note((*place, kind), [missing_names(what, names)])
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
        for name, item in self._mapping(place, given, "mistakes").items():
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
        self._check_template(self.body, self.body_line)
        self._check_template(self.solution, self.solution_line)

    def _check_template(self, text: str, first_line: int) -> None:
        for line, comment in hidden(text):
            what = f"TeX takes {comment[:30]!r} for a comment, and it would not be printed"
            self.source.faults.append(
                Fault(self.source.file, first_line + line - 1, what, "write \\% for the sign")
            )
        found = template_fault(text, self._names())
        if found is not None:
            line, what = found
            fix = "put values in as \\V{name}"
            self.source.faults.append(Fault(self.source.file, first_line + line - 1, what, fix))


def _is_value(text: str) -> bool:
    try:
        parse_value(text)
    except DerivationError:
        return False
    return True


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
