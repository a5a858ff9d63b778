r"""Options of a choice that hold formulas, as a person types them."""

from __future__ import annotations

from functools import lru_cache

from answers.kinds.texts import fold_text

MAX_OPTION = 500


@lru_cache(maxsize=4_096)
def plain_option(text: str) -> str:
    r"""Return an option as plain text: its formulas in the signs of a keyboard.

    >>> plain_option(r"$12.5\,\mathrm{cm}$"), plain_option(r"at least $\frac{1}{2}$")
    ('12.5 cm', 'at least 1/2')
    """
    if ("$" not in text and "\\" not in text) or len(text) > MAX_OPTION:
        return text
    from pylatexenc.latex2text import LatexNodes2Text  # noqa: PLC0415 - few questions need it

    try:
        found = LatexNodes2Text(strict_latex_spaces=False).latex_to_text(text)
    except Exception:  # noqa: BLE001 - whatever the library raises on what a stranger wrote
        return text
    return " ".join(found.split())


def option_typed(text: str, choices: tuple[str, ...]) -> str | None:
    r"""Return the one option whose formulas a text has typed out; None where none or several.

    >>> option_typed("12.5 CM", (r"$12.5\,\mathrm{cm}$", r"$25\,\mathrm{cm}$"))
    '$12.5\\,\\mathrm{cm}$'
    """
    typed = fold_text(plain_option(text), choice=True)
    same = [one for one in choices if fold_text(plain_option(one), choice=True) == typed]
    return same[0] if len(same) == 1 else None
