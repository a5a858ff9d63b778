"""The keys of an exam file that say how people mark, and when students may ask again."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, model_validator

from examgen.folder.people_rules import AppealRule, Beyond, MarkingRule, Within
from examgen.yaml_files.fields import Text, exact
from examgen.yaml_files.located_yaml import Strict, wrong


def _tolerance(value: object) -> object:
    text = str(value).replace(" ", "")
    try:
        is_bad = exact(text) < 0
    except ValueError:
        is_bad = True
    if is_bad:
        raise wrong(f"tolerance: expected marks or a share, found {value!r}", "write 1, or 10%")
    return text


class MarkingEntry(Strict):
    """The rule by which the marks of two people become one."""

    called: ClassVar = "marking:"

    tolerance: Annotated[Text, BeforeValidator(_tolerance)] = Field(
        "0", description="By how much two people may differ: 1 mark, or 10% of the answer's marks."
    )
    within: Within = Field("mean", description="What counts within it: first, mean or higher.")
    beyond: Beyond = Field(
        "agreed", description="What counts beyond it: an agreed mark, that of a third person, mean."
    )

    @property
    def rule(self) -> MarkingRule:
        """Return the rule as the exam folder keeps it."""
        return MarkingRule(self.tolerance, self.within, self.beyond)


def _day(value: object) -> object:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise wrong(f"expected a day, found {value!r}", "write it as 2026-12-15") from error


Day = Annotated[Text, BeforeValidator(_day)]


class AppealsEntry(Strict):
    """The days on which students may ask about marks, and how often."""

    called: ClassVar = "appeals:"

    opens: Day = Field("", description="The first day on which students may ask: 2026-12-01.")
    closes: Day = Field("", description="The last day.")
    limit: int = Field(0, ge=0, le=999, description="How many answers each may ask about; 0: any.")

    @model_validator(mode="after")
    def _is_in_order(self) -> AppealsEntry:
        if self.opens and self.closes and self.opens > self.closes:
            raise wrong("appeals close before they open", "exchange opens: and closes:")
        return self

    @property
    def rule(self) -> AppealRule:
        """Return the rule as the exam folder keeps it."""
        return AppealRule(self.opens, self.closes, self.limit)
