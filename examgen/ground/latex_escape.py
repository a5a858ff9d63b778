"""Plain text in LaTeX: every character as itself, and those that pdfTeX cannot print by name."""

from __future__ import annotations

import unicodedata

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "^": r"\textasciicircum{}", "_": r"\_", "~": r"\textasciitilde{}", "%": r"\%",
    '"': r"\textquotedbl{}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    "`": r"\textasciigrave{}", "'": r"\textquotesingle{}", "\n": " ", "\t": " ",
    "×": r"$\times$", "·": r"$\cdot$", "−": r"$-$", "≤": r"$\leq$", "≥": r"$\geq$", "≠": r"$\neq$",
    "≈": r"$\approx$", "→": r"$\to$", "∞": r"$\infty$", "∈": r"$\in$", "∂": r"$\partial$",
    "∇": r"$\nabla$", "√": r"$\surd$", "∑": r"$\sum$", "⊙": r"$\odot$", "⊕": r"$\oplus$",
}  # fmt: skip
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
_GREEK += " upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
_SPECIAL |= dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩ", (f"$\\{word}$" for word in _GREEK.split()), strict=True
    )
)
_TABLE = str.maketrans(_SPECIAL)
_PUNCTUATION = frozenset("‘’“”–—…€°±§«»¿¡£¥©®¼½¾×·−")
# What LaTeX's T1 fonts have beyond Latin-1, and what they lack of Latin Extended-A.
_LETTERS = frozenset("ȘșȚțǍǎǏǐǑǒǓǔǢǣǦǧǨǩǪǫǰǴǵȲȳḂḃḍḞḟḠḡḥḰḱḷṃṅṇṛṣṭẎẏẐẑẞỲỳ")
_NO_LETTERS = frozenset("ĦħĸĿŀŉŦŧſ")


def escape(text: str) -> str:
    r"""Return plain text as LaTeX that prints it literally; control characters are left out.

    >>> escape(r"50% of \input{x}")
    '50\\% of \\textbackslash{}input\\{x\\}'
    """
    if not text.isprintable():
        text = "".join(c for c in text if c in "\n\t" or not _is_control(c))
    return text.translate(_TABLE)


def escape_prose(text: str) -> str:
    r"""Return a sentence as LaTeX, whose formulas between dollar signs are LaTeX already.

    >>> escape_prose(r"50% of $1\times1$"), escape_prose("it costs $5")
    ('50\\% of $1\\times1$', 'it costs \\$5')
    """
    if text.count("$") % 2:
        return escape(text)
    pieces = enumerate(text.split("$"))
    return "$".join(piece if place % 2 else escape(piece) for place, piece in pieces)


def _is_control(character: str) -> bool:
    return unicodedata.category(character)[0] == "C"


def unprintable(text: str) -> str:
    """Return the characters of a text that a paper set in Latin letters cannot print.

    >>> unprintable("Ayşe Öztürk"), unprintable("Ан")
    ('', 'Ан')
    """
    strange = (c for c in text if not c.isascii() and not _is_latin(c))
    return "".join(dict.fromkeys(strange))


def _is_latin(character: str) -> bool:
    if 0xC0 <= ord(character) <= 0x17F:
        return character not in _NO_LETTERS
    return character in _PUNCTUATION | _LETTERS or _is_control(character)
