"""The answers of a question file: what is asked, how it is compared, or by what a person marks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from answers.judge import Options, kind_named
from answers.kinds.base import Group
from answers.options import ANSWER
from examgen.folder.rubric import most
from examgen.ground.errors import DerivationError
from generator.questions.answers.answer_entry import LikeEntry, RubricEntry, kind_names
from generator.questions.answers.answer_faults import (
    choice_faults,
    literal_faults,
    missing_names,
    scoring_faults,
    typo_faults,
    unit_faults,
)
from generator.questions.answers.options import MISTAKES, option_of
from generator.questions.answers.ticks import Ticks, conditions, is_of_ticks, tick_faults, ticks_of
from generator.questions.answers.values_in_answers import template_faults, texts_of
from generator.questions.model import Asked, LiteralMistake, Rubric
from generator.texts.percent import as_percent, hidden_comments
from generator.texts.template import template_fault
from solvers.catalogue import find
from solvers.graph.derivation import Input

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from examgen.yaml_files.located_yaml import Place, Source
    from generator.questions.answers.answer_entry import JudgedEntry
    from generator.questions.front_matter import Front
    from solvers.graph.formulas.text import TextCondition


class AnswerEntries:
    """Reads the answers of a question file and notes their faults."""

    def __init__(self, source: Source, front: Front, names: Collection[str]) -> None:
        self.source, self.front, self.names = source, front, names

    def read(
        self, name: str, entry: JudgedEntry | RubricEntry | LikeEntry
    ) -> Asked | Rubric | None:
        """Return an answer; None where nothing can be made of it.

        Args:
            name: of the answer.
            entry: what is under its name in the file.
        """
        if isinstance(entry, RubricEntry):
            return self._rubric(name, entry)
        if isinstance(entry, LikeEntry):
            return None
        kinds = entry.kinds
        if len(kinds) != 1:
            has = f"several kinds: {', '.join(kinds)}" if kinds else "no kind"
            fix = f"give it one of {', '.join(kind_names())}, or a rubric"
            self.source.fault(("answers", name), f"the answer {name!r} has {has}", fix)
            return None
        ((kind, stated),) = kinds.items()
        return self._judged(name, kind, stated, entry)

    def _judged(
        self,
        name: str,
        kind: str,
        stated: str | list[object] | dict[str, str],
        entry: JudgedEntry,
    ) -> Asked:
        place = ("answers", name)
        options = self._options(entry)
        if kind == "text" and isinstance(stated, list):
            stated, options = _first_of(stated, options)
        reads, literal = self._reads((*place, kind), kind, stated)
        ticks = Ticks(literal, entry.options or ())
        if is_of_ticks(kind):
            ticks = ticks_of(kind, stated, entry.options or ())
            self._note((*place, kind), tick_faults(kind, stated, ticks, options))
        if MISTAKES in (entry.options or ()) and literal in self.names:
            literal = option_of(literal, entry.unit or self._own_unit(literal))
        answer = Asked(
            name,
            kind,
            reads,
            literal or ticks.literal,
            entry.marks,
            entry.label_of(name),
            self._unit(place, reads, kind, entry.unit),
            options,
            entry.letters,
            entry.carry,
            entry.trivial,
            entry.harmless,
            ticks.choices,
            tuple(
                LiteralMistake(own, item.says, item.share, item.answer)
                for own, item in entry.mistakes.items()
            ),
            entry.room,
            self.source.line((*place, kind)),
            entry.shuffle,
            ticks.beside,
            self._conditions((*place, kind), ticks),
            entry.working,
        )
        if isinstance(stated, str) and not reads and not is_of_ticks(kind):
            self._note((*place, kind), literal_faults(kind, literal, options, self.names))
        if entry.options is not None and not is_of_ticks(kind):
            self._note((*place, "options"), choice_faults(entry.options, literal, self.names))
        if answer.unit is not None:
            self._note((*place, "unit"), unit_faults(answer.unit))
        self._note(place, scoring_faults(kind, options))
        self._note(place, typo_faults(kind, literal, options))
        self._note(place, template_faults(texts_of(answer), self.names))
        return answer

    def _conditions(self, place: Place, ticks: Ticks) -> tuple[TextCondition, ...]:
        try:
            return conditions(ticks, self.names)
        except DerivationError as error:
            self.source.fault(place, str(error), "write yes, no, or a comparison such as n > 3")
            return ()

    def _note(self, place: Place, faults: Iterable[tuple[str, str]]) -> None:
        for what, fix in faults:
            self.source.fault(place, what, fix)

    def _reads(
        self, place: Place, kind: str, what: str | list[object] | dict[str, str]
    ) -> tuple[tuple[str, ...], str]:
        if is_of_ticks(kind) or isinstance(what, dict):
            return (), ""
        names = self.names
        items = [str(item) for item in what] if isinstance(what, list) else [what]
        if kind_named(kind).group is not Group.WORDS and all(item in names for item in items):
            return tuple(items), ""
        if isinstance(what, list):
            self._note(place, [missing_names(what, names)])
        return (), str(what)

    def _unit(
        self, place: Place, reads: tuple[str, ...], kind: str, unit: str | None
    ) -> str | None:
        own = self._own_unit(reads[0]) if len(reads) == 1 else None
        if own is not None and unit is not None and own != unit:
            what = f"{reads[0]} is in {own}, the answer asks for {unit}"
            self.source.fault((*place, "unit"), what, "convert it under values:")
        return unit or (own if kind_named(kind).has_units else None)

    def _own_unit(self, name: str) -> str | None:
        value = self.front.values.get(name)
        if value is not None:
            return value.unit
        if self.front.derivation is None:
            return None
        node = find(self.front.derivation).nodes.get(name)
        return node.unit if node is not None and not isinstance(node, Input) else None

    def _options(self, entry: JudgedEntry) -> Options:
        """Return the options of an answer, with what the file says for all of them."""
        given = dict(entry.given_options)
        also = given.get("also", {})
        if isinstance(also, dict) and (also or self.front.also):
            ours = {name: list(texts) for name, texts in self.front.also.items()}
            given["also"] = {**ours, **also}
        if entry.letters and "variables" not in given:
            given["variables"] = list(dict.fromkeys(entry.letters.values()))
        return Options.from_mapping(given)

    def _rubric(self, name: str, entry: RubricEntry) -> Rubric:
        place = ("answers", name)
        criteria = tuple(item.criterion for item in entry.rubric)
        return Rubric(
            name,
            entry.at_most or most(criteria),
            entry.label_of(name),
            criteria,
            self._latex((*place, "model"), entry.model),
            tuple(
                self._latex((*place, "accept", at), item) for at, item in enumerate(entry.accept)
            ),
            entry.room,
        )

    def _latex(self, place: Place, given: str) -> str:
        """Return LaTeX that is put in beside the text, its faults noted at its first line."""
        text = as_percent(given.strip())
        for _, comment in hidden_comments(text):
            what = f"TeX takes {comment[:30]!r} for a comment, and it would not be printed"
            self.source.fault(place, what, "write \\% for the sign")
        if (found := template_fault(text, self.names)) is not None:
            self.source.fault(place, found[1], "put values in as \\V{name}")
        return text


def _first_of(texts: list[object], options: Options) -> tuple[str, Options]:
    """Return the first of several right texts, and options by which the others are right too."""
    first, *others = map(str, texts) if texts else [""]
    own = dict(options.also)
    own[ANSWER] = (*own.get(ANSWER, ()), *others)
    return first, replace(options, also=tuple(own.items()))
