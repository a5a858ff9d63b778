r"""The LaTeX of a question as HTML with MathML, for papers that need no TeX.

Text, emphasis, lists, tables and mathematics become HTML; a drawing is an image, or the text of
`\alt{...}` before it is in its place. A command that has no counterpart (a macro of one's own,
a drawing that is not described) stays visible as its source, so that nothing is silently lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from html import escape
from itertools import chain, count
from typing import TYPE_CHECKING

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import (
    LatexCharsNode,
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexNode,
    LatexSpecialsNode,
    LatexWalker,
    LatexWalkerParseError,
    get_default_latex_context_db,
)
from pylatexenc.macrospec import std_macro

from examgen.ground.html.mathml import mathml
from examgen.ground.html.package_macros import without_packages
from examgen.ground.html.set_aside import ALT, DRAWING, PLACE, plain_text, set_aside
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pylatexenc.macrospec import LatexContextDb

INLINE = {
    "emph": "em", "textit": "em", "textsl": "em", "textbf": "strong", "texttt": "code",
    "textrm": "span", "text": "span", "mbox": "span", "textup": "span", "textsc": "span",
    "underline": "u",
}  # fmt: skip
SIGNS = {
    "_": "_", "%": "%", "&": "&", "#": "#", "$": "$", "{": "{", "}": "}", " ": " ", "@": "",
    ",": "\u202f", ";": " ", "quad": "\u2003", "qquad": "\u2003\u2003", "~": "\u00a0",
    "ldots": "…", "dots": "…", "textbackslash": "\\", "LaTeX": "LaTeX", "TeX": "TeX", "-": "",
    "---": "—", "--": "–", "``": "“", "''": "”", "`": "‘",
}  # fmt: skip
SILENT = frozenset(
    "noindent small footnotesize normalsize large centering hfill smallskip medskip bigskip "
    "vspace hspace nobreak newpage clearpage raggedright toprule midrule bottomrule hline "
    "label newcommand renewcommand".split()
)
REFERENCES = {"ref": "{}", "eqref": "({})"}
BREAKS = frozenset({"\\", "newline", "linebreak"})
LISTS = {"enumerate": "ol", "itemize": "ul"}
DISPLAYS = frozenset("equation equation* align align* gather gather* displaymath".split())
TABLES = frozenset({"tabular", "tabular*", "array"})
TRANSPARENT = frozenset({"center", "flushleft", "quote", "minipage"})
IMAGE = "includegraphics"
_FORMULA = re.compile(
    r"(?P<raw>\\begin\{verbatim\}.*?\\end\{verbatim\})"
    r"|(?<!\\)(?:\$\$(?:[^$\\]|\\.)+\$\$|\$(?:[^$\\]|\\.)+\$|\\\((?:.*?)\\\)|\\\[(?:.*?)\\\])",
    re.DOTALL,
)
_EQUATION = re.compile(r"\\begin\{equation\}.*?\\end\{equation\}", re.DOTALL)
_LABEL = re.compile(r"\\label\{([^{}]*)\}")
_PLACE = re.compile("\ue000(\\d+)\ue001")
_RULE = re.compile(r"\\cmidrule(?:\([^()]*\))?\{[\d-]*\}|\\addlinespace(?:\[[^][]*\])?")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


def _named(command: str, name: str) -> str:  # noqa: ARG001 - as others are called
    return f"<code>{escape(name)}</code>"


@dataclass
class Prose:
    """Turns LaTeX into HTML.

    Attributes:
        blank: the HTML that stands for an answer, by its name.
        inside: the same in a sentence, a table or a matrix, by the command for it and the name.
        unknown: what was left as its source, in order.
        draw: the HTML of a drawing or image by its source and what it shows; None where it has
            none. Then what it shows is there, and a table of its data.
    """

    blank: Callable[[str], str]
    unknown: list[str] = field(default_factory=list)
    inside: Callable[[str, str], str] = field(default=_named)
    draw: Callable[[str, str], str | None] = lambda _source, _alt: None
    formulas: list[str] = field(default_factory=list, init=False, repr=False)
    numbers: dict[str, int] = field(default_factory=dict, init=False, repr=False)
    aside: list[tuple[str, str]] = field(default_factory=list, init=False, repr=False)
    alt: str = field(default="", init=False, repr=False)
    data: str = field(default="", init=False, repr=False)

    def html(self, latex: str) -> str:
        """Return the text as block-level HTML; LaTeX that is not well formed stays as it is."""
        latex, self.aside = set_aside(without_packages(_RULE.sub("", latex)))
        # The text around the formulas is the same for every student, and parsed once.
        self.numbers = _numbers(latex)
        self.formulas = [found[0] for found in _FORMULA.finditer(latex) if not found["raw"]]
        numbers = count()
        text = _FORMULA.sub(lambda f: f["raw"] or f"\ue000{next(numbers)}\ue001", latex)
        return "\n".join(_paragraphs(chain(self._pieces(_nodes(text)), self._rest())))

    def _pieces(self, nodes: Sequence[LatexNode]) -> Iterator[_Piece]:
        rest = iter(nodes)
        for node in rest:
            match node:
                case LatexCommentNode():
                    continue
                case LatexCharsNode():
                    yield from self._characters(node.chars)
                case LatexSpecialsNode():
                    yield _specials(node.specials_chars)
                case LatexGroupNode():
                    yield from self._pieces(node.nodelist)
                case LatexMathNode():
                    yield self._formula(node.latex_verbatim())
                case LatexEnvironmentNode():
                    yield from self._environment(node)
                case LatexMacroNode(macroname="answer"):
                    name = _plain(next(rest, None))
                    yield _Piece(self.blank(name), is_block=True)
                case LatexMacroNode(macroname="blank" | "cell" | "cells"):
                    name = _plain(next(rest, None))
                    yield _Piece(self.inside(node.macroname, name) + node.macro_post_space)
                case LatexMacroNode(macroname=name) if name == IMAGE:
                    yield from self._drawing(self._restored(node.latex_verbatim()))
                case LatexMacroNode():
                    yield from self._macro(node)

    def _set_aside(self, kind: str, latex: str) -> Iterator[_Piece]:
        """Yield a drawing, or what is said of the one that follows."""
        if kind == DRAWING:
            yield from self._drawing(latex)
        elif kind == ALT:
            yield from self._description()  # of what was never drawn
            self.alt = latex
        else:
            self.data = latex

    def _drawing(self, source: str) -> Iterator[_Piece]:
        """Yield a drawing or image; where there is none, what it shows, or its source."""
        found = self.draw(source, plain_text(self.alt))
        if found is not None:
            self.alt = self.data = ""
            yield _Piece(found, is_block=True)
        elif self.alt:
            yield from self._description()
        else:
            yield self._source(source, is_block=True)

    def _rest(self) -> Iterator[_Piece]:
        yield from self._description()  # once the other pieces are made

    def _description(self) -> Iterator[_Piece]:
        """Yield what a drawing shows, and its data, in its place."""
        alt, data, self.alt, self.data = self.alt, self.data, "", ""
        if alt:
            text = Prose(self.blank).html(alt).removeprefix("<p>").removesuffix("</p>")
            yield _Piece(f'<p class="drawing">{text}</p>', is_block=True)
            yield _Piece(Prose(self.blank).html(data) if data else "", is_block=True)

    def _macro(self, node: LatexMacroNode) -> Iterator[_Piece]:
        name = node.macroname
        if name in INLINE:
            tag = INLINE[name]
            yield _Piece(f"<{tag}>{self._inline(_argument(node))}</{tag}>")
        elif name in SIGNS:
            yield _Piece(escape(SIGNS[name]) + escape(node.macro_post_space))
        elif name == "verb":
            yield _Piece(f"<code>{escape(self._restored(node.nodeargd.verbatim_text))}</code>")
        elif name in REFERENCES:
            number = self.numbers.get(_plain(*_argument(node)))
            text = REFERENCES[name].format(number)
            yield _Piece(text) if number else self._source(node.latex_verbatim(), is_block=False)
        elif name in BREAKS:
            yield _Piece("<br>")
        elif name == "multicolumn":
            yield _Piece(self._inline(_argument(node)))
        elif name == "par":
            yield _PARAGRAPH
        elif name not in SILENT:
            yield self._other(node)

    def _other(self, node: LatexMacroNode) -> _Piece:
        """Return an accent or a sign that has a character; anything else as its source."""
        try:
            text = LatexNodes2Text().nodelist_to_text([node])
        except (IndexError, AttributeError, TypeError, KeyError, ValueError):
            text = ""  # a command that pylatexenc knows, without the arguments that it expects
        if text and "\\" not in text:
            return _Piece(escape(text))
        return self._source(node.latex_verbatim(), is_block=False)

    def _environment(self, node: LatexEnvironmentNode) -> Iterator[_Piece]:
        name = node.environmentname
        if name in LISTS:
            items = "".join(f"<li>{self._block(item)}</li>" for item in _items(node.nodelist))
            kind = ' class="labelled"' if name == "itemize" and _has_labels(node.nodelist) else ""
            yield _Piece(f"<{LISTS[name]}{kind}>{items}</{LISTS[name]}>", is_block=True)
        elif name in TABLES:
            yield _Piece(self._table(node.nodelist), is_block=True)
        elif name in DISPLAYS:
            latex = self._restored(node.latex_verbatim())
            yield self._math(latex, _LABEL.sub("", latex), is_display=True)
            for place in _LABEL.findall(latex):
                if place in self.numbers:
                    yield _Piece(f'<p class="number">({self.numbers[place]})</p>', is_block=True)
        elif name == "boxmatrix":
            rows = "".join(f"<span>{row}</span>" for row in self._rows(node.nodelist[1:], "span"))
            yield _Piece(f'<span class="matrix">{rows}</span>')
        elif name == "verbatim":
            text = self._restored(node.nodeargd.verbatim_text).strip("\n")
            yield _Piece(f"<pre>{escape(text)}</pre>", is_block=True)
        elif name in TRANSPARENT:
            yield _PARAGRAPH
            yield from self._pieces(node.nodelist)
            yield _PARAGRAPH
        else:
            yield self._source(node.latex_verbatim(), is_block=True)

    def _table(self, nodes: Sequence[LatexNode]) -> str:
        """Return a table, whose rows above a rule in its middle are heads of the columns."""
        rule = next((at for at, node in enumerate(nodes) if _is_midrule(node)), 0)
        rows = (*self._rows(nodes[:rule], "th"), *self._rows(nodes[rule:], "td"))
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"

    def _rows(self, nodes: Sequence[LatexNode], tag: str) -> Iterator[str]:
        for row in _split(nodes, _is_row_end):
            cells = _split(row, _is_ampersand)
            texts = [self._inline(cell).strip() for cell in cells]
            if any(texts):
                pairs = zip(map(_columns, cells), texts, strict=True)
                yield "".join(f"<{tag}{columns}>{text}</{tag}>" for columns, text in pairs)

    def _inline(self, nodes: Sequence[LatexNode]) -> str:
        return "".join(piece.html for piece in self._pieces(nodes))

    def _block(self, nodes: Sequence[LatexNode]) -> str:
        return "".join(_paragraphs(self._pieces(nodes)))

    def _characters(self, text: str) -> Iterator[_Piece]:
        for place, part in enumerate(_PLACE.split(text)):
            if place % 2:
                yield self._formula(self.formulas[int(part)])
            else:
                yield from self._between_formulas(part)

    def _between_formulas(self, text: str) -> Iterator[_Piece]:
        for place, part in enumerate(PLACE.split(text)):
            if place % 2:
                yield from self._set_aside(*self.aside[int(part)])
                continue
            first, *more = _BLANK_LINE.split(part)
            yield _Piece(escape(first))
            for paragraph in more:
                yield _PARAGRAPH
                yield _Piece(escape(paragraph))

    def _formula(self, source: str) -> _Piece:
        """Return a formula between dollars or LaTeX's own brackets."""
        size = 1 if source.startswith("$") and not source.startswith("$$") else 2
        is_display = source.startswith(("$$", "\\["))
        return self._math(source, source[size:-size], is_display=is_display)

    def _math(self, source: str, latex: str, *, is_display: bool) -> _Piece:
        found = mathml(latex, display=is_display)
        if found is not None:
            return _Piece(found, is_display)
        return self._source(source, is_block=is_display)

    def _restored(self, latex: str) -> str:
        return _PLACE.sub(lambda found: self.formulas[int(found[1])], latex)

    def _source(self, latex: str, *, is_block: bool) -> _Piece:
        source = self._restored(latex).strip()
        self.unknown.append(source.split("\n", 1)[0][:60])
        tag = "pre" if is_block else "code"
        return _Piece(f"<{tag}>{escape(source)}</{tag}>", is_block)


def _numbers(latex: str) -> dict[str, int]:
    """Return the numbers of the equations that have a label."""
    equations = enumerate(_EQUATION.findall(latex), 1)
    return {label: number for number, text in equations for label in _LABEL.findall(text)}


@record
class _Piece:
    html: str
    is_block: bool = False


_PARAGRAPH = _Piece("", is_block=True)


def _paragraphs(pieces: Iterator[_Piece]) -> Iterator[str]:
    line = ""
    for piece in (*pieces, _PARAGRAPH):
        if not piece.is_block:
            line += piece.html
            continue
        if line.strip():
            yield f"<p>{line.strip()}</p>"
        line = ""
        if piece.html:
            yield piece.html


@lru_cache(maxsize=1_024)
def _nodes(latex: str) -> Sequence[LatexNode]:
    try:
        walker = LatexWalker(latex, latex_context=_commands(), tolerant_parsing=False)
        nodes: Sequence[LatexNode] = walker.get_latex_nodes()[0]
    except LatexWalkerParseError:
        return [LatexCharsNode(latex)]
    return nodes


@cache
def _commands() -> LatexContextDb:
    known = get_default_latex_context_db()
    known.add_context_category("tables", macros=[std_macro("multicolumn", "{{{")])
    return known


def _specials(sign: str) -> _Piece:
    return _PARAGRAPH if not sign.strip() else _Piece(escape(SIGNS.get(sign, sign)))


def _argument(node: LatexMacroNode) -> Sequence[LatexNode]:
    given = [item for item in node.nodeargd.argnlist if item is not None]
    return [given[-1]] if given else []


def _plain(node: LatexNode | None) -> str:
    return "" if node is None else str(node.latex_verbatim()).strip("{}")


def _items(nodes: Sequence[LatexNode]) -> list[list[LatexNode]]:
    """Return the contents of each item, after its label where it has one of its own."""
    labels = [_argument(node) for node in nodes if _is_item(node)]
    texts = _split(nodes, _is_item)[1:]
    return [[*label, *text] for label, text in zip(labels, texts, strict=True)]


def _has_labels(nodes: Sequence[LatexNode]) -> bool:
    """Return whether each item of a list has a label of its own."""
    labels = [_argument(node) for node in nodes if _is_item(node)]
    return bool(labels) and all(labels)


def _is_item(node: LatexNode) -> bool:
    return getattr(node, "macroname", "") == "item"


def _columns(cell: Sequence[LatexNode]) -> str:
    """Return the attribute of a cell that is wider than a column."""
    wide = next((n for n in cell if getattr(n, "macroname", "") == "multicolumn"), None)
    count = _plain(wide.nodeargd.argnlist[0]) if wide is not None else ""
    return f' colspan="{count}"' if count.isascii() and count.isdigit() else ""


def _is_row_end(node: LatexNode) -> bool:
    return getattr(node, "macroname", "") == "\\"


def _is_midrule(node: LatexNode) -> bool:
    return getattr(node, "macroname", "") == "midrule"


def _is_ampersand(node: LatexNode) -> bool:
    return getattr(node, "specials_chars", "") == "&"


def _split(
    nodes: Sequence[LatexNode], is_border: Callable[[LatexNode], bool]
) -> list[list[LatexNode]]:
    groups: list[list[LatexNode]] = [[]]
    for node in nodes:
        if is_border(node):
            groups.append([])
        else:
            groups[-1].append(node)
    return groups
