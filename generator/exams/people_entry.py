"""The keys of an exam file that say how people mark."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from examgen.folder.people_rules import Beyond, MarkingRule, Within
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
