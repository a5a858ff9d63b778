"""Words beside a value that may change what it says: `not 5`, `half: 5`, `5 (wrong)`, `-n = 5`.

Anyone who leaves words out asks here first; what may change the meaning is never settled.

>>> may_change("number of weights"), may_change("not"), may_change("base 8"), may_change("no. of")
(False, True, True, False)
"""

from __future__ import annotations

import re

# What is denied, put in doubt or replaced by another thing.
_DENYING = (
    "not never none neither nor nope cannot or unless except excepting excluded wrong false untrue"
    " incorrect invalid cancelled canceled crossed deleted scratch ignore opposite complement"
    " transpose transposed swapped reversed reverse backwards thousand thousands million millions"
    " billion billions if unlike instead"
    " değil degil hayır hayir yanlış yanlis veya hariç asla"
    " nicht nein falsch oder nie außer ungleich faux jamais nunca falso salvo excepto"
).split()
# What is computed from it.
_COMPUTING = (
    "minus negative half halved double doubled twice triple inverse inverted reciprocal squared"
    " cubed hundred hundreds than eksi negatif yarısı ters negativ halb doppelt pas moins"
).split()
_NUMBER_OF = re.compile(r"\bno\b\.?\s*(?=of\b)", re.IGNORECASE)
_DENIED = re.compile(
    rf"(?<!\w)(?:{'|'.join(_DENYING)}|(?:no|kein|keine|yok)(?!\s*[^\W\d_]{{2}}))(?!\w)|n['’]t\b"
    r"|\b(?:ya da|(?:without|excluding|base|mod|ohne)\s*[-+]?\s*\d)"
    r"|[≠<>≤≥≢≉?¬~∉]|(?<![\w)\]}])!",
    re.IGNORECASE,
)
_COMPUTED = re.compile(
    rf"(?<!\w)(?:{'|'.join(_COMPUTING)}|up to|at most|at least)(?!\w)", re.IGNORECASE
)


def may_change(words: str) -> bool:
    """Return whether words beside a value may say another thing than the value alone."""
    return may_deny(words) or bool(_COMPUTED.search(words))


def may_deny(words: str) -> bool:
    """Return whether words beside a value may deny it; `half of 8` only computes it."""
    return bool(_DENIED.search(_NUMBER_OF.sub("number ", words)))
