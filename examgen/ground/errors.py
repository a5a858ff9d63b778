r"""The tree of errors, in the lowest room so that every room can raise from it.

ExamgenError                 anything a user can mend; printed without a traceback
├── InputError               faults in files a person wrote, all of them at once
├── DerivationError          inputs for which a derivation is not defined
└── ToolError                an outside program is missing or failed (TeX)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class ExamgenError(Exception):
    """Base of every error that a user of examgen can do something about."""

    def __reduce__(self) -> tuple[object, ...]:
        """Say how another process builds the same error, whatever its `__init__` takes."""
        return _built, (type(self), self.args, self.__dict__)


def _built(kind: type[ExamgenError], args: tuple[object, ...], state: dict[str, object]) -> object:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in a file: where it is, what it is, and what to do about it."""

    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        """Return the fault in the form of a compiler's message: `file:line: what; what to do`."""
        return f"{self.file}:{self.line}: {self.what}; {self.fix}"


class InputError(ExamgenError):
    """Everything that is wrong with what a person wrote, found in one pass.

    Attributes:
        faults: the faults in the order of the file's lines; never empty.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class DerivationError(ExamgenError):
    """Inputs outside the domain of a derivation; the message names input, value and limit."""


class ToolError(ExamgenError):
    """A program outside examgen is missing or failed; the message says how to get or mend it."""


def unread(error: OSError | UnicodeDecodeError) -> str:
    """Return why a file cannot be read, in words; the file's name is before them already.

    >>> unread(FileNotFoundError(2, "No such file or directory", "exam.yaml"))
    'cannot be read: no such file or directory'
    """
    why = error.strerror if isinstance(error, OSError) else None
    return f"cannot be read: {(why or str(error)).lower()}"
