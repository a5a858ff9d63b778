"""Frequencies of the answers of a question over all variants that may be printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey

if TYPE_CHECKING:
    from examgen.folder.key import RubricKey
    from generator.variants.paper import Part


@dataclass
class Variants:
    """The keys of a question's members; each member is as likely as any other.

    Attributes:
        answers: by the name of each answer, how many members have which key.
        wholes: the different keys of all answers together.
    """

    answers: dict[str, Counter[str]] = field(default_factory=dict)
    wholes: set[str] = field(default_factory=set)

    def add(self, part: Part) -> None:
        """Count a member."""
        keys = {one.id.partition(".")[2]: key_text(one) for one in part.key.answers}
        for name, key in keys.items():
            self.answers.setdefault(name, Counter())[key] += 1
        self.wholes.add("\n".join(keys.values()))

    def join(self, other: Variants) -> None:
        """Count the members of another part of the question's space."""
        for name, keys in other.answers.items():
            self.answers.setdefault(name, Counter()).update(keys)
        self.wholes |= other.wholes


def key_text(answer: AnswerKey | RubricKey) -> str:
    """Return what is right: the expected answer, or the model answer of what a person marks."""
    return answer.expected if isinstance(answer, AnswerKey) else answer.model
