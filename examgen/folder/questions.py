"""A question as HTML: what a paper asked, and what people mark its answers by."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from examgen.folder.key import AnswerKey
from examgen.folder.rubric import worth_in
from examgen.ground.html.latex_to_html import Prose
from examgen.ground.html.mathml import formula
from examgen.ground.translator import ENGLISH, Translator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examgen.folder.key import Criterion, PartKey


def question_html(part: PartKey) -> Markup:
    """Return the text of a part with its own numbers, each answer's name in the place of its field.

    Keys of older exam folders have no text: then nothing is returned.
    """
    answers = {answer.id.partition(".")[2]: answer for answer in part.answers}

    def blank(name: str) -> str:
        answer = answers[name]
        choices = answer.choices if isinstance(answer, AnswerKey) else ()
        options = "".join(f"<li>{sentence_html(choice)}</li>" for choice in choices)
        listed = f'<ul class="options">{options}</ul>' if options else ""
        if isinstance(answer, AnswerKey) and answer.beside:
            rows = "".join(f"<li>{sentence_html(text)}</li>" for text in answer.beside)
            listed = f"<ol>{rows}</ol>{listed}"
        return f'{listed}<p class="blank"><code>{escape(answer.id)}</code></p>'

    def inside(command: str, name: str) -> str:
        if command == "cells":
            return ""
        answer = answers[name]
        choices = answer.choices if isinstance(answer, AnswerKey) else ()
        options = f" ({' / '.join(map(sentence_html, choices))})" if choices else ""
        return f'<code class="blank">{escape(answer.id)}</code>{options}'

    return Markup(Prose(blank, inside=inside).html(part.text))  # noqa: S704 - escaped by Prose


def model_html(model: str, accept: Iterable[str] = (), say: Translator = ENGLISH) -> Markup:
    """Return a model answer and the sentences on what is also acceptable.

    >>> print(model_html("It is 1.", ["Two."]))
    <p>It is 1.</p>
    <p>Also acceptable:</p><ul><li><p>Two.</p></li></ul>
    """
    items = "".join(f"<li>{_html(sentence)}</li>" for sentence in accept)
    also = f"<p>{escape(say.known['also_acceptable'])}:</p><ul>{items}</ul>" if items else ""
    return Markup("\n".join(filter(None, (_html(model), also))))  # noqa: S704 - escaped by Prose


def sentence_html(text: str) -> Markup:
    """Return a plain sentence with formulas between dollar signs, such as a criterion.

    >>> print(sentence_html("it is < $x$"))
    it is &lt; <math display="inline"><mrow><mi>x</mi></mrow></math>
    >>> print(sentence_html("it costs $5"))
    it costs $5
    """
    if text.count("$") % 2:
        return Markup.escape(text)
    pieces = enumerate(text.split("$"))
    return Markup().join(formula(piece) if place % 2 else piece for place, piece in pieces)


def criterion_html(item: Criterion, say: Translator = ENGLISH) -> Markup:
    """Return a criterion with what it is worth, what meets it as well, and what does not.

    >>> from fractions import Fraction
    >>> from examgen.folder.key import Criterion
    >>> print(criterion_html(Criterion("it shrinks", Fraction(2), not_enough=("$w$",))))
    it shrinks (2)<small>Not enough: <math display="inline"><mrow><mi>w</mi></mrow></math></small>
    """
    lists = (("also_acceptable", item.accept), ("not_enough", item.not_enough))
    listed = Markup().join(
        Markup("<small>{}: {}</small>").format(
            say.known[name], Markup("; ").join(map(sentence_html, texts))
        )
        for name, texts in lists
        if texts
    )
    return Markup("{} ({}){}").format(sentence_html(item.says), worth_in(item, say), listed)


def _html(latex: str) -> str:
    return Prose(lambda name: f"<code>{escape(name)}</code>").html(latex)
