"""Words beside a value that may change what it says: `not 5`, `half: 5`, `5 (wrong)`, `-n = 5`.

Whoever leaves words out asks here first; what may change the meaning is never settled.

>>> may_change("number of weights"), may_change("not"), may_change("base 8"), may_change("no. of")
(False, True, True, False)
"""

from __future__ import annotations

import re

_WORDS = (
    # English
    "not no never none neither nor nope cannot or unless except excepting excluded wrong false untrue"
    " incorrect invalid cancelled canceled crossed deleted scratch ignore minus negative half halved"
    " double doubled twice triple opposite inverse inverted reciprocal complement transpose"
    " transposed swapped reversed reverse backwards squared cubed hundred hundreds thousand thousands"
    " million millions billion billions if than unlike instead"
    # Turkish
    " değil degil hayır hayir yanlış yanlis veya yok eksi negatif yarısı ters hariç asla"
    # German
    " nicht kein keine nein falsch oder nie minus negativ halb doppelt außer ungleich"
    # French, Spanish, Italian
    " pas faux jamais moins nunca falso salvo excepto"
).split()
_NUMBER_OF = re.compile(r"\bno\b\.?\s*(?=of\b)", re.IGNORECASE)
_CHANGED = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(set(_WORDS), key=len, reverse=True))})(?!\w)|n['’]t\b"
    r"|\b(?:up to|at most|at least|ya da)\b|\b(?:without|excluding|base|mod|ohne)\s*[-+]?\s*\d|[≠<>≤≥≢≉?¬~∉]|(?<![\w)\]}])!",
    re.IGNORECASE,
)


def may_change(words: str) -> bool:
    """Return whether words beside a value may say another thing than the value alone."""
    return bool(_CHANGED.search(_NUMBER_OF.sub("number ", words)))
