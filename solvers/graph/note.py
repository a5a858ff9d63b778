"""Sentences that a paper states beside its text: conventions, and what each of them bears on."""

from __future__ import annotations

from dataclasses import dataclass

_PLAIN = {r"\times ": "x", r"\times": "x", r"\,": " ", r"\tilde{h}": "h~", "{t-1}": "t-1", "$": ""}


@dataclass(frozen=True)
class Note:
    """A convention that is no input.

    Attributes:
        says: the sentence, with its formulas between dollar signs, as in LaTeX.
        of: the quantities on which it bears; none: all of the derivation. Of what there is none of
            (a quantity that is 0), a paper says nothing.
    """

    says: str
    of: tuple[str, ...] = ()


def without_formulas(sentence: str) -> str:
    r"""Return a sentence with its formulas as one would type them.

    >>> without_formulas(r"The shortcut is a $1\times1$ convolution.")
    'The shortcut is a 1x1 convolution.'
    """
    for signs, plain in _PLAIN.items():
        sentence = sentence.replace(signs, plain)
    return sentence
