r"""Drawings in TikZ that TeX draws quickly: few paths, and labels that are no nodes.

A node of TikZ takes TeX as long as twenty labels (`\figurelabel` in the layouts' preamble), and a
command for each line as long as ten lines in one path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pylatex import NoEscape, TikZ

if TYPE_CHECKING:
    from collections.abc import Sequence


def tikz(code: Sequence[str], options: str = "x=1mm,y=1mm") -> str:
    """Return a drawing; without comments, which would keep its paper from a common run of TeX."""
    made = TikZ(options=NoEscape(options))
    made.extend(map(NoEscape, code))
    return " ".join(str(made.dumps()).replace("%\n", "\n").split("\n"))


def label(side: str, x: str, y: str, text: str) -> str:
    """Return small text beside a place, in millimetres, as a node of TikZ would set it.

    Args:
        side: `below`, `left`, `right`; `upright`: at the left, from below to above; `middle`: on
            it; `over`: on it, on white.
        x: how far right the place is.
        y: how far up.
        text: LaTeX.
    """
    return f"\\figurelabel{{{side}}}{{{x}}}{{{y}}}{{{text}}}"
