r"""LaTeX that only says how something looks, taken away before the words are read.

>>> strip_styling(r"\operatorname{sgn}(x)\hspace{1cm}\mathbin{+}x^{\prime}")
"\\sgn(x)  + x'"
"""

from __future__ import annotations

import re

from answers.syntax.functions.table import FUNCTIONS

# What any of the commands below begins with: most answers have none of them.
_ANY = re.compile(
    r"\\(?:text|math|mbox|operatorname|color|[hv]space|[hv]?phantom|label|tag|prime|begin|!"
    r"|(?:SI|si|qty|num|unit)(?![a-z])|R(?![a-z])|[rR]eals|\\\s*$)|\{\}"
)
_WORD = re.compile(
    r"\\(?:text|textrm|mathrm|mbox|textnormal)\s*\{\s*(and|or|not|,|;|in|U|\.|)\s*\}"
)
_NAME = re.compile(
    r"\\(?:operatorname|mathop|mathrm|text|textrm|mathsf)\*?\s*\{\s*([A-Za-z]{2,}\d*)\s*\}"
)
_SIGN = re.compile(r"\\math(?:bin|rel|ord|punct|open|close)\s*\{([^{}]*)\}")
_SIUNITX = re.compile(
    r"\\(?:SI|qty)\s*\{([^{}]*)\}\s*\{([^{}]*)\}|\\(?:num|unit|si)\s*\{([^{}]*)\}"
)
_LOOKS = re.compile(
    r"\\(?:color|textcolor|[hv]space\*?|[hv]?phantom|label|tag\*?)\s*\{[^{}]*\}"
    r"|(?<=[A-Za-z0-9}])\{\}|\\\\\s*$"
)
_DISPLAY = re.compile(
    r"\\(?:begin|end)\s*\{(?:equation|displaymath|math|align(?:ed)?|gather(?:ed)?|split)\*?\}"
)
_PRIMES = re.compile(r"\^\s*(?:\{\s*((?:\\prime\s*)+)\}|(\\prime)(?![a-z]))")
_REALS = re.compile(r"\\(?:mathbb\s*(?:\{\s*R\s*\}|R(?![A-Za-z]))|(?:R|reals|Reals)(?![A-Za-z]))")
_THIN_COMMA = re.compile(r"(?<=\d),\\!\s*(?=\d{3}(?!\d))")


# How an index or its letter looks: C_{\\mathrm{out}}, C_{\\rm out}, \\mathbf{W}_f, {C}_{out}.
_FONT = r"\\(?:math[a-z]+|text[a-z]*|operatorname|boldsymbol|bm|mbox|rm|bf|it|sf|tt)(?![a-z])"
_INDEX_IN_FONT = re.compile(
    rf"_\s*\{{\s*{_FONT}\s*\{{?([^{{}}]*)\}}?\s*\}}|_\s*{_FONT}\s*\{{([^{{}}]*)\}}"
)
_LETTER_IN_FONT = re.compile(rf"{_FONT}\s*\{{\s*([A-Za-z])\s*\}}(?=\s*[_^])")
_HELD_LETTER = re.compile(r"(?<![A-Za-z}}\]])\{\s*([A-Za-z])\s*\}(?=\s*_)")
_POWER_FIRST = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*\^\s*(\w|\{[^{}]*\})\s*_\s*(\w|\{[^{}]*\})")


def flatten_indices(text: str) -> str:
    r"""Return a text whose indices are plain names behind their letters.

    >>> flatten_indices(r"\mathbf{W}_{\mathrm{out}} + g^2_k")
    'W_{out} + g_k^2'
    """
    if "\\" in text:
        text = _INDEX_IN_FONT.sub(
            lambda found: f"_{{{(found[1] or found[2] or '').strip()}}}", text
        )
        text = _LETTER_IN_FONT.sub(r"\1", text)
    if "{" in text:
        text = _HELD_LETTER.sub(r"\1", text)
    return _POWER_FIRST.sub(r"\1_\3^\2", text) if "^" in text else text


def strip_styling(text: str) -> str:
    """Return the text without the commands that have no meaning of their own."""
    if not _ANY.search(text):
        return text
    if "{" in text:
        text = _SIUNITX.sub(r"\1\3 \2", text)
    text = _REALS.sub("(-inf, inf)", _WORD.sub(r" \1 ", text))
    if "\\!" in text:  # 10,\!000
        text = _THIN_COMMA.sub("{,}", text)
    if "\\begin" in text and len(_DISPLAY.findall(text)) == 2:
        text = _DISPLAY.sub(" ", text).replace("&", " ")
    if "\\prime" in text:
        text = _PRIMES.sub(_primes, text)
    return _SIGN.sub(r" \1 ", _LOOKS.sub(" ", _NAME.sub(_function, text)))


def _primes(found: re.Match[str]) -> str:
    return "'" * found[0].count("\\prime")


def _function(found: re.Match[str]) -> str:
    """Return a function that is written in upright letters, as the command of that name."""
    if found[1] not in FUNCTIONS:
        return found[0]
    follows = found.string[found.end() : found.end() + 1]
    return f"\\{found[1]}" + (" " if follows.isalpha() else "")
