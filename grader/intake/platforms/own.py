"""Tables that people write by hand, and the exception file that examgen writes itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.intake.platforms.base import Platform, fold_header

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXCEPTIONS = {"problem", "answer", "response", "source"}


def _is_exceptions(cells: Sequence[str]) -> int:
    return len(_EXCEPTIONS) if set(map(fold_header, cells)) >= _EXCEPTIONS else 0


OWN = Platform("table", names_unknown=True, lists_absent=False)
# A table that needs `--columns` may be Moodle's, in a language that is not known.
MAPPED = Platform("table read with --columns", names_unknown=True, nothing=frozenset({"-"}))
PLATFORM = EXCEPTIONS = Platform(
    "exception file", rank=0, questions=_is_exceptions, lists_absent=False
)
