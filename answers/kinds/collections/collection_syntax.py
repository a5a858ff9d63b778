r"""Split collections in text into elements, before the grammar reads these.

Shapes with `x`, `by` or spaces; program output (`tensor([...])`, numpy's spaces); matrices as rows
on lines, with `&`, or in brackets of any kind. Each function gives the text in one layout, and
what a comma between digits means in it.
"""

from __future__ import annotations

import re

from answers.syntax.normalize import INVISIBLE
from answers.syntax.tokenizer import Comma

_WIDE = str.maketrans("；，、（）［］", ";,,()[]")
_DRAWN = dict.fromkeys(map(ord, "⎡⎤⎣⎦⎢⎥⎛⎞⎝⎠⎜⎟"))
_TEXT = re.compile(r"\\(?:text|textrm|mbox)\s*\{([^{}]*)\}")
_WRAPPED = re.compile(
    r"(?:(?:np|numpy|torch|tf)\.)?(?:Size|TensorShape|array|tensor|[mM]atrix|list|tuple|set|shape)"
    r"\s*\(?\s*([\[(].*?[\])])\s*\)?",
    re.DOTALL,
)
_LABEL = re.compile(
    r"\s*(?:(?:\w+\.)?(?:shape|size|dims?|dimensions)\s*[=:]"
    r"|\(?\s*H\s*[x×,]\s*W\s*(?:[x×,]\s*C\s*)?\)?\s*=)\s*"
)
_GAP = re.compile(r"\\[,;:! ]|\\q?quad(?![a-zA-Z])|~")
_BRACED_SIGN = re.compile(r"\{\s*(\\times|\\cdot)\s*\}")
_BY = re.compile(
    r"(?<=[\d\s)⁰¹²³⁴⁵⁶⁷⁸⁹])\s*"
    r"(?:[xX×✕✖⨯⨉*·⋅∗∙ｘＸх]|-?\b(?:by|By|BY)\b-?|\\times|\\cdot|\\ast(?![a-z]))"
    r"\s*(?=[\d\s(+-])"
)
_THOUSANDS = re.compile(r"(?<=\d)(?:,|\{,\})(?=\d{3}(?!\d))")
_AND, _AND_OR = re.compile(r",?\s+and\s+"), re.compile(r",?\s*\b(?:and|or)\b\s*(?=\S)")
_COMMA_BEFORE = re.compile(r",\s*(?=(?:and|or)\s)")
_NAMED_POINT = re.compile(
    r"(?:\\left)?\(\s*[A-Za-z]\w*(?:\s*,\s*[A-Za-z]\w*)+\s*(?:\\right)?\)\s*(?:=|∈|\\in(?![a-z]))"
)
_ANGLED = re.compile(r"<([^<>=]*,[^<>=]*)>")
_COMPARISON = re.compile(r"[<>=≤≥∈]|\\(?:le|ge|in)\b")
_DECIMAL_COMMA = re.compile(r"\d,\d")
_INNER = re.compile(r"[(\[{][^()\[\]{};]*[)\]}]")
_CELL = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_SPACED = re.compile(rf"{_CELL}(?:\s+{_CELL})+|{_CELL}/\d+(?:\s+{_CELL}/\d+)+")
_OPERATOR_END = re.compile(r"^[*/^=]|[-+*/^=]$|^[+-]$")
_MATRIX_NAME = re.compile(
    r"\s*(?:\\math\w+\s*\{\s*\w+\s*\}|\\?[A-Za-z]+)(?:_\{?\w+\}?)?(?:\^\{?-?\w+\}?|')?\s*=\s*(?=[\[({\\|0-9-])"
)
_TRANSPOSED = re.compile(
    r"(.*[\])}])\s*(?:\^\s*\{?\s*(?:\\top|\\intercal|\\math(?:rm|sf)\s*\{?\s*T|[Tt])[\s}]*"
    r"|ᵀ|ᵗ|'|\.T)\s*",
    re.DOTALL,
)
_STARRED = re.compile(r"\{([pb]?)(?:small)?matrix\*?\}(?:\[[lcr]\])?")
_DTYPE = re.compile(r",\s*dtype\s*=\s*[\w.]+")
_TEX_ROWS = re.compile(r"\\\\\s*\[[^\]]*\]|\\cr(?![a-z])")
_TEX_FENCE = re.compile(
    r"(?:\\left)?\s*\\?[\[({|]\s*(\\begin.*\\end\s*\{\w+\})\s*(?:\\right)?\s*\\?[\])}|]", re.DOTALL
)
_PLAIN_TEX = re.compile(r"\\[pb]?matrix\s*\{(.*)\}", re.DOTALL)
_NESTED = re.compile(r"\s*(?:\[\s*\[|\(\s*\(|\{\s*\{)")
_LONELY_SIGN = re.compile(r"(?<=\s)[-+*/](?=\s)")
_ROW_OF_SPACES = re.compile(r"\[([^\[\],;]+)\]")
_BETWEEN_ROWS, _ROW_END = re.compile(r"\]\s*\["), re.compile(r"[;\n]")
_SCALED = re.compile(r"([^\[\];,&]*[^\[\];,&*·×\s])\s*[*·×]?\s*(\[[^\[\]]*;[^\[\]]*\])")
_PAIRS = {"[": "]", "(": ")", "{": "}"}


def list_text(text: str, *, shape: bool = False, is_set: bool = False) -> tuple[str, Comma]:
    """Return a list, set or shape with one sign between elements, and what commas then mean."""
    text = _clean(text)
    if "=" in text or "∈" in text or "\\in" in text:
        text = _NAMED_POINT.sub("", text)
    if angled := _ANGLED.fullmatch(text):
        text = f"({angled[1]})"
    if "\\begin" in text:
        text = _tex_matrix(text)
    if shape:
        text = _shape_signs(text)
    elif not _COMPARISON.search(text):
        text = (_AND_OR if is_set else _AND).sub(", ", text)
    elif is_set:
        text = _COMMA_BEFORE.sub(" ", text)
    bare = text.strip("()[]{} ")
    if _SPACED.fullmatch(bare):
        text = text.replace(bare, ", ".join(bare.split()))
    return text, _comma(text)


def _clean(text: str) -> str:
    if not text.isascii():
        text = text.translate(INVISIBLE).translate(_WIDE)
    if "\\" in text:
        text = _TEXT.sub(r" \1 ", text)
    text = text.strip()
    wrapped = _WRAPPED.fullmatch(text) if text[:1].isalpha() else None
    return wrapped[1] if wrapped else text


def _shape_signs(text: str) -> str:
    if "=" in text or ":" in text:
        text = _clean(_LABEL.sub("", text, count=1))
    if "\\" in text or "~" in text:
        text = _BRACED_SIGN.sub(r" \1 ", _GAP.sub(" ", text))
    plain = _THOUSANDS.sub("", text)
    # In (28, 28, 4*8) the commas separate, and the sign multiplies.
    return _BY.sub(", ", plain) if _BY.search(plain) and "," not in plain else text


def _comma(text: str) -> Comma:
    """Return a decimal comma only beside semicolons, and not in `(1,2); (3,4)`."""
    if ";" in text and "\\" not in text and _DECIMAL_COMMA.search(_INNER.sub("", text)):
        return Comma.DECIMAL
    return Comma.BETWEEN


def matrix_text(text: str) -> tuple[str, Comma, bool]:
    """Return a matrix as nested brackets or as LaTeX; what commas mean; whether it is transposed.

    >>> matrix_text("5 6; 7 8")
    ('[[5, 6], [7, 8]]', <Comma.BETWEEN: 'between'>, False)
    """
    text = text if text.isascii() else text.translate(_DRAWN)
    text = _clean(_DTYPE.sub("", text)).removesuffix(".")
    text = _clean(_MATRIX_NAME.sub("", text, count=1) if text.count("=") == 1 else text)
    turned = _TRANSPOSED.fullmatch(text)
    text = turned[1] if turned else text
    if "\\begin" in text or "&" in text or _PLAIN_TEX.fullmatch(text):
        text = _tex_matrix(text)
        comma = Comma.DECIMAL if _DECIMAL_COMMA.search(text) else Comma.BETWEEN
        return text, comma, turned is not None
    if angled := _ANGLED.fullmatch(text):
        text = ";".join(angled[1].split(","))  # a vector is a column
    scaled = _SCALED.fullmatch(text)
    rows = f"{scaled[1]}*{_rows(scaled[2])}" if scaled else _rows(text)
    return rows, _comma(rows), turned is not None


def _tex_matrix(text: str) -> str:
    text = _STARRED.sub(r"{\1matrix}", text)
    text = _TEX_ROWS.sub(r"\\\\", text).replace("\\hline", " ")
    plain = _PLAIN_TEX.fullmatch(text)
    if plain or "\\begin" not in text:
        return f"\\begin{{matrix}}{plain[1] if plain else text}\\end{{matrix}}"
    return _TEX_FENCE.sub(lambda fenced: fenced[1], text)


def _rows(text: str) -> str:
    """Return rows on lines, with semicolons, or in brackets: all as nested brackets."""
    if _NESTED.match(text) and _encloses(text):
        flat = _BETWEEN_ROWS.sub("], [", " ".join(text.split()))
        return _ROW_OF_SPACES.sub(lambda row: "[" + ", ".join(_cells(row[1])) + "]", flat)
    lines = [line.strip() for line in text.splitlines()]
    if len(lines) > 1 and all(line.startswith("|") and line.endswith("|") for line in lines):
        text = "\n".join(line.strip("|") for line in lines)
    inner = text.strip()[1:-1] if _encloses(text) else text
    lines = [line for line in _ROW_END.split(inner) if line.strip()]
    if len(lines) == 1 and ";" not in inner:
        cells = _cells(lines[0])
        return text if "," in inner or len(cells) == 1 else "[[" + ", ".join(cells) + "]]"
    if text.count("[") != text.count("]") or not lines:
        return text
    rows = [_cells(_row(line)) for line in lines]
    if len({len(row) for row in rows}) > 1 and any(map(_LONELY_SIGN.search, lines)):
        return text  # in 0.5 - 1; 0 2 nobody knows whether the sign joins two cells
    return "[" + ", ".join("[" + ", ".join(row) + "]" for row in rows) + "]"


def _row(line: str) -> str:
    line = line.strip().removesuffix(",").strip()
    return line[1:-1] if _encloses(line) else line


def _encloses(text: str) -> bool:
    """Return whether the first bracket closes with the last."""
    text = text.strip()
    if not text or text[0] not in _PAIRS or text[-1] != _PAIRS[text[0]]:
        return False
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if not depth:
            return at == len(text) - 1
    return False


def _cells(line: str) -> list[str]:
    """Split a row into cells: at commas, else at spaces that join no arithmetic."""
    if "," in line:
        return [line.strip()]
    words = line.split()
    return [line.strip()] if any(map(_OPERATOR_END.search, words)) else words
