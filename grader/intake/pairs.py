"""Content of JSON and YAML without loss: names in their order, repeated ones too."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TypeAlias


class Pairs(list[tuple[str, "Value"]]):
    """A mapping with its names in order and repeated names kept."""

    def get(self, name: str) -> Value:
        """Return the last value of a name."""
        return next((value for key, value in reversed(self) if key == name), None)

    def twice(self) -> list[str]:
        """Return the names that stand more than once."""
        counts = Counter(name for name, _ in self)
        return sorted(name for name, count in counts.items() if count > 1)


@dataclass(frozen=True)
class NotText:
    """A value of a format that can be no answer: NaN or Infinity."""

    text: str


Value: TypeAlias = "str | bool | NotText | Pairs | list[Value] | None"
