r"""A question file: front matter that says what is drawn and asked, then LaTeX.

The file is read in the order in which a lecturer thinks: what is given, what is drawn, what is
asked, an example, the text. After a line `\solution` follows the author's own solution.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from answers.kinds.numbers import terminating
from examgen.folder.key import FormulaKey, HintKey, Model, OwnMistake
from examgen.folder.model import as_word
from examgen.ground.errors import DerivationError, Fault, InputError
from examgen.ground.files import read_utf8
from examgen.yaml_files.located_yaml import Source, format_value
from generator.questions.answer_entries import AnswerEntries
from generator.questions.answers.blank_faults import blank_faults
from generator.questions.answers.boxes import expand_boxes, with_boxes
from generator.questions.answers.like import resolve_likes
from generator.questions.beside import Beside, digest
from generator.questions.code.beside import code_beside
from generator.questions.code.source import VARIANT
from generator.questions.draws.recipes import MANY, Numbered, Numbers, RecipeEntry
from generator.questions.front_matter import ExampleEntry, Front, OwnMistakeEntry, Range
from generator.questions.model import Example, Origin, QuestionFile
from generator.questions.packages import PACKAGES
from generator.texts.percent import as_percent, hidden_comments
from generator.texts.template import template_fault
from solvers.catalogue import find
from solvers.graph.formulas.text import TextCondition, condition, formula
from solvers.graph.number import parse_value, value_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from importlib.resources.abc import Traversable

    from examgen.yaml_files.located_yaml import Place
    from generator.questions.code.beside import Code

MOST_STEPS = 1_000
_ANSWER = re.compile(r"\\(?:answer|blank|cell)\{([^{}]*)\}")


def read_question(path: Path | Traversable, name: str) -> QuestionFile:
    """Read and check a question file.

    Raises:
        InputError: with every fault of the file and its line.
    """
    raw, text = read_utf8(path, "a question file")
    code = code_beside(path, name) if isinstance(path, Path) else None
    return _Reader(text.replace("\r\n", "\n"), path, name, raw, code).read()


class _Reader:
    """Reads one question file and collects its faults."""

    def __init__(
        self,
        text: str,
        path: Path | Traversable,
        name: str,
        raw: bytes,
        code: Code | None,
    ) -> None:
        file = str(path)
        parts = re.split(r"^---[ \t]*\n", text, maxsplit=2, flags=re.MULTILINE)
        if len(parts) != 3 or parts[0].strip():
            fix = "begin the file with ---, keys, --- and then the text"
            raise InputError([Fault(file, 1, "there is no front matter", fix)])
        self.name, self.raw, self.code = name, raw, code
        self.beside = Beside(path)
        if code is not None:
            self.beside.files[Path(file).with_suffix(".py").name] = code.raw
        self.source = Source(parts[1], file, first_line=2)
        resolve_likes(self.source)
        places = expand_boxes(self.source)
        self.front = self.source.model(Front, one_by_one=("answers", "mistakes"))
        self.asked = self.source.names("answers")
        body, _, solution = re.sub(r"(?m)^\\solution[ \t]*$", "\x00", parts[2]).partition("\x00")
        first = parts[1].count("\n") + 3
        self.body_line = first + len(body) - len(body.lstrip("\n"))
        blank = len(solution) - len(solution.lstrip("\n"))
        self.solution_line = first + body.count("\n") + blank
        self.body = with_boxes(as_percent(body.strip("\n")), places)
        self.solution = as_percent(solution.strip("\n"))

    def read(self) -> QuestionFile:
        """Return the question, if there is nothing wrong with its file."""
        front = self.front
        model = self._model()
        where = [self._condition(i, text) for i, text in enumerate(front.where)]
        if not self.asked:
            self.source.fault(("answers",), "nothing is asked", "add an answer")
        entries = AnswerEntries(self.source, front, self._names())
        answers = [entries.read(name, given) for name, given in front.answers.items()]
        asked = tuple(answer for answer in answers if answer is not None)
        vary = {name: self._values(name, given) for name, given in front.vary.items()}
        if self.code is not None and self.code.has_variants:
            vary[VARIANT] = Numbers(MANY)
        examples = tuple(self._example(i, stated) for i, stated in enumerate(front.examples))
        for line, what, fix in blank_faults(self.body, asked):
            self.source.faults.append(Fault(self.source.file, self.body_line + line - 1, what, fix))
        self._check_places()
        body = self.beside.read(self.body, self.body_line)
        solution = self.beside.read(self.solution, self.solution_line)
        packages = self._packages(body + solution)
        self.source.faults += self.beside.faults
        self.source.check()
        return QuestionFile(
            self.name,
            self.source.file,
            self.raw,
            digest(self.raw, self.beside.files),
            front.title,
            front.topic,
            front.level,
            front.minutes,
            vary,
            tuple(item for item in where if item is not None),
            model,
            asked,
            examples,
            body,
            solution,
            self.body_line,
            self.solution_line,
            packages,
            self.beside.files,
            self.beside.images,
            self.code,
            Origin(front.authors, front.source, front.licence),
            front.bonus,
            tuple(HintKey(as_percent(hint.says), hint.cost) for hint in front.hints),
        )

    def _packages(self, text: str) -> tuple[str, ...]:
        """Return the packages that a question needs; those that are not allowed are faults."""
        for index, name in enumerate(self.front.packages):
            if name not in PACKAGES:
                what = f"the package {name!r} is not one that a question may load"
                fix = f"use those that are known: {', '.join(PACKAGES)}"
                self.source.fault(("packages", index), what, fix)
        has_code = "\\begin{lstlisting}" in text
        return tuple(dict.fromkeys([*self.front.packages, *["listings"] * has_code]))

    def _model(self) -> Model:
        front = self.front
        values = []
        names = self._names() - front.values.keys()
        self._check_code()
        for name, own in front.values.items():
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

    def _check_code(self) -> None:
        """Note names that the code beside the question and its front matter both have, or lack."""
        if self.code is None:
            return
        own = {*self.front.values, *self.front.given, *self.front.vary}
        for name in sorted(own.intersection((*self.code.names, VARIANT))):
            part = next(p for p in ("values", "given", "vary") if name in getattr(self.front, p))
            what = f"{name} is a value of {self.code.source.file}, too"
            self.source.fault((part, name), what, "keep one of them")
        self.source.faults += self.code.unknown(self._names())

    def _own_mistake(self, name: str, item: OwnMistakeEntry) -> OwnMistake:
        place = ("mistakes", name)
        replaced = tuple(FormulaKey(target, text) for target, text in item.replaced.items())
        for wrong in replaced:
            self._formula((*place, wrong.name), wrong.formula, self._names())
        if not replaced:
            fix = "write says: a sentence, and a wrong formula by the name of what it replaces"
            self.source.fault(place, f"the mistake {name!r} is incomplete", fix)
        return OwnMistake(name, item.says, item.share, replaced)

    def _formula(self, place: tuple[str, ...], text: str, known: Collection[str]) -> None:
        try:
            needs = formula(text, self._names()).call.needs
        except DerivationError as error:
            self.source.fault(place, str(error), "use + - * / **, names and functions")
        else:
            self._known(place, text, needs, known)

    def _condition(self, index: int, text: str) -> TextCondition | None:
        try:
            found = condition(text, self._names())
        except DerivationError as error:
            self.source.fault(("where", index), str(error), "write a comparison such as a < b")
            return None
        self._known(("where", index), text, found.needs, self._names())
        return found

    def _known(self, place: Place, text: str, needs: Sequence[str], known: Collection[str]) -> None:
        """Note the first name of a formula that stands for nothing."""
        word = next((name for name in needs if _are_words(self.front.vary.get(name))), None)
        if word is not None:
            fix = "vary numbers, or choose the word by one: \\V{['Anna', 'Bora'][who]}"
            self.source.fault(place, f"{text!r} computes with {word}, which is a word", fix)
        unknown = next((name for name in needs if name not in known), None)
        if unknown is not None:
            fix = f"known here: {', '.join(sorted(known)) or 'no name yet'}"
            self.source.fault(place, f"{text!r} uses the unknown name {unknown!r}", fix)

    def _text(self, place: tuple[str, ...], value: object) -> str:
        text = format_value(value)
        try:
            parse_value(text)
        except DerivationError as error:
            self.source.fault(place, str(error), "write a number or a list")
        return text

    def _values(self, name: str, given: object) -> Sequence[str]:
        if isinstance(given, RecipeEntry):
            return Numbered(given.recipe.size, given.recipe, (self.name, name))
        if isinstance(given, Range):
            return self._steps(name, given)
        if isinstance(given, str):
            if given not in self._names() and not _is_value(given):
                what = f"{given!r} is neither a list of values nor the name of another parameter"
                self.source.fault(("vary", name), what, "list the values: [1, 2, 3]")
            if self._leads_back(given):
                what = f"{given!r} is drawn as {name!r} is, in a circle"
                self.source.fault(("vary", name), what, "list the values of one: [1, 2, 3]")
            return given
        items = given if isinstance(given, list) else []
        if not items:
            self.source.fault(("vary", name), f"{name} has no values", "list some")
        if _are_words(items):
            return tuple(as_word(str(item)) for item in items)
        return tuple(self._text(("vary", name), item) for item in items)

    def _leads_back(self, name: str) -> bool:
        """Return whether parameters that are drawn as others are never come to values."""
        seen: set[object] = set()
        following: object = name
        while isinstance(following, str) and following not in seen:
            seen.add(following)
            following = self.front.vary.get(following)
        return isinstance(following, str)

    def _steps(self, name: str, given: Range) -> tuple[str, ...]:
        """Return the values from one number to another, the last one among them."""
        count = (given.to - given.start) / given.step
        if not 0 <= count < MOST_STEPS:
            what = f"from {given.start} to {given.to} in steps of {given.step} are no values"
            fix = f"write at most {MOST_STEPS} of them, upwards: {{from: 1, to: 9, step: 2}}"
            self.source.fault(("vary", name), what if count < 0 else f"{name} is too long", fix)
            return ()
        values = (given.start + i * given.step for i in range(int(count) + 1))
        return tuple(terminating(value) or value_text(value) for value in values)

    def _names(self) -> set[str]:
        names = {*self.front.values, *self.front.given, *self.front.vary}
        names |= set(self.code.names) if self.code is not None else set()
        if self.front.derivation is not None:
            try:
                names |= find(self.front.derivation).nodes.keys()
            except DerivationError:
                return names
        return names

    def _example(self, index: int, stated: ExampleEntry) -> Example:
        for name in stated.gives.keys() - set(self.asked):
            self.source.fault(
                ("examples", index, "gives", name),
                f"there is no answer {name!r}",
                "correct the name",
            )
        given, gives = (
            {name: format_value(value) for name, value in part.items()}
            for part in (stated.given, stated.gives)
        )
        return Example(given, gives, stated.source)

    def _check_places(self) -> None:
        seen: set[str] = set()
        for match in _ANSWER.finditer(self.body):
            line = self.body_line + self.body[: match.start()].count("\n")
            if match[1] not in self.asked:
                what, fix = (
                    f"there is no answer {match[1]!r}",
                    f"known: {', '.join(sorted(self.asked))}",
                )
                self.source.faults.append(Fault(self.source.file, line, what, fix))
            elif match[1] in seen:
                what = f"\\answer{{{match[1]}}} occurs twice"
                self.source.faults.append(Fault(self.source.file, line, what, "keep one"))
            seen.add(match[1])
        self._check_template(self.body, self.body_line)
        self._check_template(self.solution, self.solution_line)
        for index, hint in enumerate(self.front.hints):
            if not hint.says.strip():
                self.source.fault(("hints", index), "a hint is empty", "write one, or remove it")
            line = self.source.line(("hints", index))
            self._check_template(as_percent(hint.says), line)

    def _check_template(self, text: str, first_line: int) -> None:
        for line, comment in hidden_comments(text):
            what = f"TeX takes {comment[:30]!r} for a comment, and it would not be printed"
            self.source.faults.append(
                Fault(self.source.file, first_line + line - 1, what, "write \\% for the sign")
            )
        found = template_fault(text, self._names())
        if found is not None:
            line, what = found
            fix = "put values in as \\V{name}"
            self.source.faults.append(Fault(self.source.file, first_line + line - 1, what, fix))


def _are_words(given: object) -> bool:
    """Return whether each of several values that vary is a word."""
    items = given if isinstance(given, list) else []
    return len(items) > 1 and all(isinstance(i, str) and not _is_value(i) for i in items)


def _is_value(text: str) -> bool:
    try:
        parse_value(text)
    except DerivationError:
        return False
    return True
