r"""Matrices and vectors that are filled in box by box: each box is an answer of its own.

`inverse: {matrix: M, boxes: 2x2, marks: 4}` becomes the answers inverse_1_1 to inverse_2_2, each an
element of M, and `\answer{inverse}` in the text a matrix of boxes.
"""

from __future__ import annotations

import re
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import DerivationError
from solvers.catalogue import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from examgen.yaml_files.located_yaml import Plain, Source

Entry: TypeAlias = "dict[str, Plain]"
_SIZE = re.compile(r"([1-9])(?:\s*[x×]\s*([1-9]))?")
_MARKS = re.compile(r"\d+(?:\.\d+|/[1-9]\d*)?")
_TAKEN = frozenset({"matrix", "list", "boxes", "marks", "label"})


def expand_boxes(source: Source) -> dict[str, str]:
    r"""Put an answer for each box into the content of a file; return the LaTeX of their places.

    What is wrong with them is noted. The LaTeX is by the name in `\answer{name}`.
    """
    content = source.content if isinstance(source.content, dict) else {}
    answers = content.get("answers")
    if not isinstance(answers, dict):
        return {}
    found: Entry = {}
    places: dict[str, str] = {}
    for name, given in answers.items():
        if isinstance(given, dict) and "boxes" in given and (size := _size(source, name, given)):
            cells = list(_cells(name, size))
            places[name] = _latex(name, size)
            for cell, element in cells:
                found[cell] = _cell(source, given, cell, element, len(cells))
                source.lines.update(_lines(source, name, cell))
            _add_values(content, str(given.get("matrix", given.get("list"))), cells, size)
        else:
            found[name] = given
    answers.clear()
    answers.update(found)
    return places


def _size(source: Source, name: str, given: Entry) -> tuple[int, int] | None:
    """Return rows and columns; of a vector, no columns. None where they are faulty."""
    size = _SIZE.fullmatch(str(given["boxes"]))
    is_matrix, of = "matrix" in given, given.get("matrix", given.get("list"))
    names = {*source.names("values"), *source.names("given"), *source.names("vary")}
    what, fix = "", "write boxes: 2x3 of a matrix:, or boxes: 3 of a list:"
    if size is None or (size[2] is None) is is_matrix:
        what = f"boxes: expected rows and columns, found {given['boxes']!r}"
    elif not isinstance(of, str) or of not in names:
        what, fix = f"boxes: {of!r} is no value", "name a value that is a matrix or a list"
    elif "mistakes" in given:
        what = "boxes: have no mistakes of their own, which are of the whole"
        fix = "write them under mistakes: of the question, by what they put in its place"
    elif taken := names.union(source.names("answers")).intersection(_all_cells(name, size)):
        what, fix = f"boxes: {min(taken)} is the name of something else", "choose another name"
    if what or size is None:
        source.fault(("answers", name, "boxes"), what, fix)
        return None
    return int(size[1]), int(size[2] or 0)


def _all_cells(name: str, size: re.Match[str]) -> set[str]:
    return {cell for cell, _ in _cells(name, (int(size[1]), int(size[2] or 0)))}


def _cells(name: str, size: tuple[int, int]) -> Iterator[tuple[str, str]]:
    """Yield each box's name and which element of the value it is."""
    rows, columns = size
    for row in range(rows):
        if not columns:
            yield f"{name}_{row + 1}", f"[{row}]"
        for column in range(columns):
            yield f"{name}_{row + 1}_{column + 1}", f"[{row}][{column}]"


def _cell(source: Source, given: Entry, cell: str, element: str, count: int) -> Entry:
    """Return the answer of one box; mistakes that leave just this one right are none of it."""
    own: Entry = {key: value for key, value in given.items() if key not in _TAKEN}
    place = ", column ".join(str(int(number) + 1) for number in re.findall(r"\d+", element))
    label = f"{given['label']}, " if "label" in given else ""
    marks = str(given.get("marks", ""))
    share = str(Fraction(marks) / count) if _MARKS.fullmatch(marks) else marks
    told: Entry = {"number": cell, "label": f"{label}row {place}", "marks": share}
    return {"trivial": "yes", "harmless": list(_mistakes(source)), **own, **told}


def _mistakes(source: Source) -> Iterator[str]:
    """Yield the names of all mistakes that the question knows."""
    yield from source.names("mistakes")
    content = source.content if isinstance(source.content, dict) else {}
    with suppress(DerivationError):
        if isinstance(name := content.get("derivation"), str):
            yield from find(name).mistakes


def _lines(source: Source, name: str, cell: str) -> dict[tuple[str | int, ...], int]:
    """Return the lines of a box's keys: those of the answer that it belongs to."""
    whole = ("answers", name)
    own = {place: line for place, line in source.lines.items() if place[:2] == whole}
    return {("answers", cell, *place[2:]): line for place, line in own.items()}


def _add_values(
    content: Entry, of: str, cells: list[tuple[str, str]], size: tuple[int, int]
) -> None:
    """Add the elements to the question's values, and that there are no others to its conditions."""
    values = content.setdefault("values", {})
    where = content.setdefault("where", [])
    rows, columns = size
    condition = f"len({of}) == {rows}" + (f" and len({of}[0]) == {columns}" if columns else "")
    if isinstance(values, dict):
        values |= {cell: f"{of}{element}" for cell, element in cells}
    content["where"] = [*(where if isinstance(where, list) else [where]), condition]


def _latex(name: str, size: tuple[int, int]) -> str:
    """Return the matrix of the places of the boxes."""
    rows, columns = size
    cells = [cell for cell, _ in _cells(name, size)]
    across = columns or 1
    lines = (
        " & ".join(rf"\cell{{{cell}}}" for cell in cells[row * across : (row + 1) * across])
        for row in range(rows)
    )
    body = r" \\ ".join(lines)
    return rf"\begin{{boxmatrix}}{{{across}}}{body}\end{{boxmatrix}}\cells{{{','.join(cells)}}}"


def with_boxes(body: str, places: Mapping[str, str]) -> str:
    """Return a text with matrices of boxes in the places of their answers, or at the end."""
    for name, latex in places.items():
        place = rf"\answer{{{name}}}"
        body = body.replace(place, latex) if place in body else f"{body}\n\n{latex}"
    return body
