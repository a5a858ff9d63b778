"""Papers as LaTeX, by the layouts in `templates/papers`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from examgen.ground.errors import ExamgenError
from examgen.ground.latex_escape import escape_prose
from examgen.ground.separators import localize, localize_plain
from examgen.ground.translations import translate_count, words
from examgen.ground.wording import marks_text
from generator.questions.packages import preamble_lines
from generator.render.fields import body
from generator.render.marks_rule import bonus_rule, choose_rule, worth, worth_cell
from generator.render.names import name_latex, text_latex
from generator.render.qr_codes import page_codes
from generator.render.tick_fields import hexadecimal
from generator.texts.template import layout_environment
from generator.variants.paper import letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jinja2 import Environment

    from generator.exams.cover import Layout
    from generator.variants.paper import Paper

CACHED = 65_536
LARGE = 17
SMALL = {10: 9, 11: 10, 12: 10.95, LARGE: 14.4}
BEGIN, END = "\\begin{document}\n", "\\end{document}\n"


@dataclass(frozen=True)
class Setup:
    """The facts that a document's preamble depends on.

    Attributes:
        points: the size of its type.
        packages: of LaTeX, that its questions need.
    """

    size: str
    points: int
    language: str
    packages: tuple[str, ...] = ()

    @property
    def small(self) -> float:
        """Return the size of small type."""
        return SMALL[self.points]

    @classmethod
    def of(cls, paper: Paper) -> Setup:
        """Return the setup of a paper and of its key."""
        return cls.usual(paper.layout, is_large=paper.student.large_print)

    @classmethod
    def usual(cls, layout: Layout, *, is_large: bool = False) -> Setup:
        """Return the setup of a layout."""
        points = LARGE if is_large else layout.points
        return cls(layout.size, points, layout.language, layout.packages)


@cache
def preamble(setup: Setup) -> str:
    r"""Return everything before `\begin{document}`; the same for papers and keys."""
    packages = preamble_lines(setup.packages, words(setup.language).get("decimal", ""))
    return render("preamble", setup.language, setup=setup, packages=packages)


def document(setup: Setup, bodies: Iterable[str]) -> str:
    """Return a whole LaTeX document of one or more papers, keys or tables."""
    return preamble(setup) + without_preamble(bodies)


def without_preamble(bodies: Iterable[str]) -> str:
    """Return a document without its preamble, for an engine that has read that already."""
    return BEGIN + "".join(bodies) + END


def paper_tex(paper: Paper) -> str:
    """Return the paper that a student gets, as a document."""
    return document(Setup.of(paper), [paper_body(paper)])


def paper_body(paper: Paper) -> str:
    """Return the paper that a student gets: the part of a document."""
    modules, codes = page_codes(paper.exam, paper.id, paper.checksum)
    layout = paper.layout
    try:
        return render(layout.name, layout.language, paper=paper, codes=codes, modules=modules)
    except TemplateError as error:
        where = f"the layout {layout.name}, line {getattr(error, 'lineno', 1)}"
        raise ExamgenError(f"{where}: {error}; mend it, or use another one") from error


def render(
    layout: str, language: str, environment: Environment | None = None, **values: object
) -> str:
    """Return a layout filled in.

    Args:
        layout: a layout, or another template of `templates/papers`.
        language: of its fixed words.
        environment: where the layout is found, with what it calls by name; the usual one if None.
        values: what it is filled in with.
    """
    template = (environment or layouts()).get_template(f"papers/{layout}.tex.j2")
    return re.sub(r"\n{3,}", "\n\n", template.render(values, words=words(language)))


@cache
def layouts() -> Environment:
    """Return the environment in which layouts are filled in, with what they call by name."""
    environment = layout_environment().overlay()
    environment.filters = environment.filters | {
        "tex": text_latex,
        "prose": escape_prose,
        "latin": name_latex,
        "shown_text": text_latex,
        "marks": marks_text,
        "number": lambda marks, known: localize_plain(marks_text(marks), known),
        "signs": localize,
        "counted": translate_count,
        "body": body,
        "hex": hexadecimal,
        "choose_rule": choose_rule,
        "worth": worth,
        "worth_cell": worth_cell,
        "bonus_rule": bonus_rule,
        "letter": letter,
    }
    return environment
