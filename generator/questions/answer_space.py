"""Room on paper for an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """Room on paper for an answer, or for the work that leads to it: ruled lines, or free space.

    Attributes:
        width: of the answer's box in millimetres; 0: the usual of its kind.
    """

    lines: int = 0
    millimetres: int = 0
    width: int = 0
