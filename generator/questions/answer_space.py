"""Room on paper for an answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """Room on paper for an answer, or for the work that leads to it: ruled lines, or free space."""

    lines: int = 0
    millimetres: int = 0
