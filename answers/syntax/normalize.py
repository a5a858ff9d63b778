"""From raw characters to the alphabet of the tokenizer."""

from __future__ import annotations

import re
import unicodedata

from answers.syntax.errors import Unreadable
from answers.syntax.functions.table import SIGNS, SQRT
from answers.syntax.latex_commands import flatten_indices, strip_styling
from examgen.ground.record import record


@record
class Limits:
    """Limits of what is read before anything is computed.

    Attributes:
        characters: of the whole text.
        tokens: numbers, names and signs.
        depth: of nested brackets, powers and functions.
        digits: of one number.
        exponent: of a power of ten in a number.
    """

    characters: int = 1_000
    tokens: int = 400
    depth: int = 50
    digits: int = 400
    exponent: int = 5_000


STUDENT = Limits()
AUTHOR = Limits(characters=40_000, tokens=4_000, digits=4_000)

_SIGNS = {
    "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-",
    "×": "×", "⨉": "×", "⨯": "×", "✕": "×", "✖": "×",
    "⋅": "·", "∙": "·", "•": "·", "·": "·", "∗": "*", "⊙": "·",
    "∘": "·", "⊗": "·", "÷": "/", "∕": "/", "⁄": "/", "≤": "<=", "≦": "<=", "⩽": "<=", "≥": ">=",
    "≧": ">=", "⩾": ">=", "≠": "!=", "≮": ">=", "≯": "<=", "≰": ">", "≱": "<", "≡": "=",
    "≈": "≈", "≃": "≈", "∞": " inf ", "π": " pi ", "∅": "{}",
    "∪": "∪", "∩": "∩", "∈": "∈", "∉": "∉", "∖": "∖", "⧵": "∖",
    "∧": " and ", "∨": " or ", "¬": " not ", "∜": f"\\{SQRT.name}[4]",
    "′": "'", "’": "'", "‘": "'", "“": '"', "”": '"', "°": "°", "±": "±",
    "⟨": "(", "⟩": ")", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "ϵ": "ε", "∣": "|",
    "、": ",", "µ": "μ", "‰": "‰", "∥": "‖", "ℯ": "e", "ⅈ": "i", "ℝ": "(-inf, inf)",
    "ℏ": "\\hbar ", "ħ": "\\hbar ", "Å": "angstrom", "\u212b": "angstrom", "€": "EUR",
}  # fmt: skip
# Without ᵒ, which is typed for °.
_SUPERSCRIPTS = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵝᵞᵟᶿᵠᵡ",
        "0123456789+-()niabcdefghjklmprstuvwxyzTβγδθφχ",
        strict=True,
    )
)
_SUBSCRIPTS = dict(
    zip(
        "₀₁₂₃₄₅₆₇₈₉ₜₕₓₙᵢⱼₖ₊₋ₐₑₗₘₒₚᵣₛᵤᵥᵦᵧᵨᵩᵪ",
        "0123456789thxnijk+-aelmoprsuvβγρφχ",
        strict=True,
    )
)
_LOWERED = re.compile(f"[{''.join(_SUBSCRIPTS)}]{{2,}}")
_ON_LINE = str.maketrans(_SUBSCRIPTS)
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad\u200c\u200d"))
_ALPHABET = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    " \t\n+-*/^=<>!()[]{}|,;:.'\"_\\&%$#~@?`°×·≈∪∩∖∈∉±⌊⌋⌈⌉‰‖ℝ→"
    "αβγδεζηθικλμνξοπρςστυφχψωΓΔΘΛΞΠΣΦΨΩ∂∇"
)


# Signs of two characters as programs have them, or with a space between.
_SPACED_SIGN = re.compile(r"[<>] +=|~=|=/=|:=")
_SPELLED = {"<=": "<=", ">=": ">=", "~=": "!=", "=/=": "!=", ":=": "="}
_STACKED = re.compile("([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁄([₀₁₂₃₄₅₆₇₈₉]+)")
# dy/dx is one letter: d, y and x are not multiplied.
_DERIVATIVE = re.compile(
    r"(?<![A-Za-z\\])d([a-zA-Z])\s*/\s*d([a-zA-Z])(?![A-Za-z])"
    r"|\\[dt]?frac\s*\{\s*d\s*([a-zA-Z])\s*\}\s*\{\s*d\s*([a-zA-Z])\s*\}"
)
# Maxima's %pi, %e and %i; behind a number or a bracket the sign is a percentage.
_MAXIMA = re.compile(r"(?<![\w)\]}%\\])%(?=(?:pi|e|i)(?![A-Za-z]))")


def normalize(text: str, limits: Limits = STUDENT) -> str:
    """Return the text in the alphabet of the tokenizer: one spelling for each sign.

    Raises:
        Unreadable: too long, or a character that has no place in an answer.

    >>> normalize(" ９４７２ × 10⁻³ ")
    '9472 × 10^(-3)'
    """
    refuse_long(text, limits)
    if "_" in text and ("{" in text or "^" in text):
        text = flatten_indices(text)
    if "\\" in text:
        text = strip_styling(text)
    if "+/-" in text:
        text = text.replace("+/-", "±")
    if "=" in text:
        text = _SPACED_SIGN.sub(lambda found: _SPELLED[found[0].replace(" ", "")], text)
    if "/d" in text or "{d" in text:
        text = _DERIVATIVE.sub(r" \1\3_d\2\4 ", text)
    if "%" in text:
        text = _MAXIMA.sub("", text)
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _LOWERED.sub(lambda found: f"_{{{found[0].translate(_ON_LINE)}}}", text)
    if "√" in text:
        text = text.replace("³√", "∛").replace("⁴√", "∜")
    if "⁄" in text:
        text = _STACKED.sub(_as_fraction, text)
    replaced = _superscripts("".join(_replace(text, at) for at in range(len(text))))
    folded = unicodedata.normalize("NFKC", replaced).strip()
    for at, character in enumerate(folded):
        if character not in _ALPHABET:
            raise Unreadable(folded, at, f"{_named(character)} has no meaning here")
    if len(folded) > 2 * limits.characters:
        raise Unreadable(folded[:60], 0, "the answer is too long")
    return folded


def refuse_long(text: str, limits: Limits = STUDENT) -> None:
    """Refuse a text that is longer than the limits, before anything else looks at it.

    Raises:
        Unreadable: it is too long.
    """
    if len(text) > limits.characters:
        raise Unreadable(text[:60], 0, f"the answer has more than {limits.characters} characters")


def _replace(text: str, at: int) -> str:
    character = text[at]
    if character.isascii():
        return character if character.isprintable() or character in "\t\n" else _refuse(text, at)
    if ord(character) in INVISIBLE:
        return ""
    if character in _SIGNS:
        return _SIGNS[character]
    if character in SIGNS:
        return f" {SIGNS[character].name} "
    if character in _SUBSCRIPTS:
        return f"_{{{_SUBSCRIPTS[character]}}}"
    if unicodedata.decomposition(character).startswith("<fraction>"):
        return _fraction(text, at)
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    return _refuse(text, at) if category[0] == "C" else character


def _as_fraction(found: re.Match[str]) -> str:
    """Return raised digits over lowered ones as a fraction."""
    above = "".join(_SUPERSCRIPTS[c] for c in found[1])
    return f" {above}/{''.join(_SUBSCRIPTS[c] for c in found[2])} "


def _fraction(text: str, at: int) -> str:
    """Return ½ in digits; behind a digit it is part of a mixed number."""
    plain = unicodedata.normalize("NFKC", text[at]).replace("\u2044", "/")
    return f" {plain}" if text[:at].rstrip()[-1:].isdecimal() else f"({plain})"


def _refuse(text: str, at: int) -> str:
    if text[at] == "\r":
        return " "
    raise Unreadable(text, at, f"{_named(text[at])} has no meaning here")


def _named(character: str) -> str:
    name = unicodedata.name(character, "an unnamed character")
    return f"the character U+{ord(character):04X} ({name.lower()})"


def _superscripts(text: str) -> str:
    """Write runs of superscripts as powers: `10⁻³` is `10^(-3)`."""
    out: list[str] = []
    raised = False
    for character in text:
        above = _SUPERSCRIPTS.get(character)
        if above is not None and not raised:
            out.append("^(")
        elif above is None and raised:
            out.append(")")
        raised = above is not None
        out.append(character if above is None else above)
    return "".join(out) + (")" if raised else "")
