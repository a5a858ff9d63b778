"""Papers as HTML: for screen readers, and for those without a TeX engine.

A paper is one self-contained page. Its answer fields may be filled in on screen; its one button
saves the same JSON form that is made beside each paper.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from markupsafe import Markup

from examgen.folder.key import AnswerKey
from examgen.folder.questions import sentence_html
from examgen.ground.html.latex_to_html import Prose
from examgen.ground.html.templates import environment, inline_with_hash
from examgen.ground.latex_escape import escape_prose
from examgen.ground.translations import translate_count, words
from examgen.ground.wording import marks_text
from generator.render.blanks import cells_key
from generator.render.images import image_html
from generator.render.latex import CACHED
from generator.render.marks_rule import bonus_rule, choose_rule, marks_rule, worth
from generator.variants.paper import letter

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

    from generator.variants.paper import Paper, Part


Draw: TypeAlias = "Callable[[Part, str, str], str | None]"


def no_drawing(_part: Part, _source: str, _alt: str) -> None:
    """Draw nothing, and leave the words for what a drawing shows."""


def paper_html(paper: Paper, draw: Draw = no_drawing) -> str:
    """Return the paper that a student gets, as one HTML page.

    Args:
        paper: the paper.
        draw: the HTML of a part's drawing, by its source and what it shows.
    """
    return (
        html_environment()
        .get_template("paper.html.j2")
        .render(
            paper=paper,
            draw=draw,
            words=words(paper.layout.language),
            **inline_with_hash("papers", style="shared/question.css paper.css", script="paper.js"),
        )
    )


@lru_cache(maxsize=CACHED)
def _body(part: Part, language: str, draw: Draw) -> Markup:
    """Return the text of a part with fields in the places of its answers."""
    known = words(language)
    asked = {answer.id.partition(".")[2]: answer for answer in part.key.answers}
    in_book = {
        answer.id
        for answer, room in zip(part.key.answers, part.rooms, strict=True)
        if room is not None and room.is_in_book
    }
    answers = dict(asked)
    templates = html_environment()

    def field(name: str) -> str:
        answer = answers.pop(name)
        is_prose = not isinstance(answer, AnswerKey)
        place = templates.get_template("answer.html.j2")
        is_in_book = answer.id in in_book
        return place.render(answer=answer, is_prose=is_prose, is_in_book=is_in_book, words=known)

    def inside(command: str, name: str) -> str:
        if command == "cells":
            cells = cells_key(name.split(","), asked)
            return templates.get_template("cells.html.j2").render(cells=cells, words=known)
        place = templates.get_template("blank.html.j2")
        return place.render(answer=answers.pop(name), is_cell=command == "cell", words=known)

    def picture(source: str, alt: str) -> str | None:
        return image_html(source, alt, part.images) or draw(part, source, alt)

    def html(text: str) -> str:
        return Prose(field, inside=inside, draw=picture).html(text)

    before, after = part.halves
    text = html(before) + str(note_html(part)) + (html(after) if after else "")
    return Markup(text + "".join(map(field, list(answers))))  # noqa: S704 - escaped by Prose


def note_html(part: Part) -> Markup:
    """Return the conventions of a part as a paragraph; nothing where there are none."""
    if not part.conventions:
        return Markup()
    note = Prose(str).html(" ".join(map(escape_prose, part.conventions)))
    return Markup(note.replace("<p>", '<p class="convention">', 1))  # noqa: S704 - escaped by Prose


@cache
def html_environment() -> Environment:
    """Return the templates of `templates/papers` that are HTML: everything put in is escaped."""
    return environment(
        "papers",
        {
            "marks": marks_text,
            "counted": translate_count,
            "body": _body,
            "letter": letter,
            "prose": sentence_html,
            "marks_rule": marks_rule,
            "choose_rule": choose_rule,
            "worth": worth,
            "bonus_rule": bonus_rule,
            "latex": lambda text: Markup(Prose(str).html(text)),  # noqa: S704 - escaped by Prose
        },
    )
