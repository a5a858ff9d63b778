"""Formulas as MathML and hashed style sheets, for all pages that students get."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from markupsafe import Markup

from examgen.ground.html.package_macros import math_without_packages

_SEPARATOR = re.compile(r"</mn><mrow><mo>&#x0002([CE]);</mo></mrow><mn>(?=\d)")
_UPRIGHT = re.compile(r'(?:<mi mathvariant="normal">[^<]</mi>){2,}')
_ONE_UPRIGHT = re.compile(r"\\mathrm\{([A-Za-z])\}")
_TAG = re.compile(r"<[^>]*>")
_MATHML = re.compile(r'(?:</?m[a-z]+(?: (?!href)[a-z]+="[^"<>]*")* ?/?>|&#x[0-9A-F]+;|[^<>&\\])*')


@lru_cache(maxsize=4_096)
def mathml(latex: str, *, display: bool = False) -> str | None:
    r"""Return a formula as MathML; None where it has none.

    A grouped number becomes one number, an upright word one identifier; quantities and formulas
    of substances are known.

    >>> mathml("9{.}472{,}5")
    '<math display="inline"><mrow><mn>9.472,5</mn></mrow></math>'
    >>> mathml(r"\ce{H2}") == mathml(r"\mathrm{H_{2}}")
    True
    """
    latex = math_without_packages(latex)
    latex = latex.replace("\\\\*", "\\\\")  # the row's end, from which no page may begin
    latex = _ONE_UPRIGHT.sub(r"\\text{\1}", latex)  # which the library sets in italics
    from latex2mathml.converter import convert

    try:
        result = str(convert(latex, display="block" if display else "inline"))
    except Exception:  # noqa: BLE001 - the library's errors have no common ancestor
        return None
    result = result.replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "", 1)
    result = _SEPARATOR.sub(lambda found: "," if found[1] == "C" else ".", result)
    result = _UPRIGHT.sub(lambda found: f"<mi>{_TAG.sub('', found[0])}</mi>", result)
    # What the library does not know it copies, markup included.
    return result if _MATHML.fullmatch(result) else None


def formula(latex: str, *, display: bool = False) -> Markup:
    """Return a formula as MathML, or as its source where it has none."""
    found = mathml(latex, display=display)
    if found is None:
        return Markup("<code>{}</code>").format(latex)
    return Markup(found)  # noqa: S704 - checked by mathml


def content_hash(text: str) -> str:
    """Return the hash by which a page's security policy allows its own style sheet or script."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
