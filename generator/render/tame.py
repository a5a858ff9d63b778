r"""Decide which LaTeX may share a run of TeX with other papers: known commands only.

What an author writes could change what is printed after it: `\gdef`, `\globaldefs`, `\catcode`,
`\setcounter`, `\AtBeginDocument` and many more, also spelled `\csname` or `^^5c`. So the commands
that end with their group are listed here, and a paper with any other one has a run of its own,
where it can change nothing but itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey
from generator.questions.packages import tame_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.variants.paper import Paper, Part

CACHED = 65_536
_TEXT = """
    textbf textit textsl textsc texttt textrm textsf textup textmd textnormal emph underline
    bfseries itshape slshape scshape ttfamily rmfamily sffamily upshape mdseries normalfont em
    tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge
    centering raggedright raggedleft noindent indent par newline linebreak nolinebreak pagebreak
    nopagebreak newpage clearpage smallskip medskip bigskip hspace vspace hfill vfill hfil vfil
    quad qquad enspace enskip thinspace negthinspace medspace thickspace space null strut phantom
    hphantom vphantom smash nobreak allowbreak ignorespaces unskip relax dotfill hrulefill
    linewidth textwidth
    mbox makebox fbox framebox parbox raisebox rule color textcolor colorbox fcolorbox
    item label ref pageref eqref footnote today LaTeX TeX tag notag nonumber intertext
    hline cline toprule midrule bottomrule cmidrule addlinespace multicolumn tabularnewline
    ldots dots textbackslash textasciitilde textasciicircum textbar textless textgreater
    textunderscore textdollar textdegree textmu textbullet textendash textemdash textquoteleft
    textquoteright textquotedblleft textquotedblright textellipsis textregistered texttrademark
    copyright pounds dag ddag ss ae AE oe OE aa AA
    answer blank cell cells alt figuredata includegraphics begin end left right middle
"""
_MATH = """
    frac dfrac tfrac cfrac binom dbinom tbinom sqrt root of over choose stackrel overset underset
    overline underbrace overbrace overrightarrow overleftarrow xrightarrow xleftarrow substack
    limits nolimits displaystyle textstyle scriptstyle scriptscriptstyle
    big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm
    mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathnormal boldsymbol pmb text
    operatorname mathop mathbin mathrel mathord mathopen mathclose mathpunct
    hat widehat tilde widetilde bar vec dot ddot dddot acute grave breve check mathring boxed
    alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda
    mu nu xi pi varpi rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega aleph beth gimel daleth
    sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth exp log ln lg max min sup inf
    lim limsup liminf det dim deg gcd hom ker arg Pr bmod pmod mod
    sum prod coprod int iint iiint oint bigcup bigcap bigsqcup bigvee bigwedge bigoplus bigotimes
    bigodot biguplus
    pm mp times div cdot ast star circ bullet cap cup uplus sqcap sqcup vee wedge land lor lnot neg
    setminus smallsetminus wr amalg oplus ominus otimes oslash odot diamond bigtriangleup
    bigtriangledown triangleleft triangleright ltimes rtimes dagger ddagger
    le leq leqslant ge geq geqslant ll gg lll ggg ne neq equiv approx approxeq cong sim simeq
    propto doteq prec succ preceq succeq subset supset subseteq supseteq subsetneq supsetneq
    sqsubseteq sqsupseteq in notin ni mid nmid parallel nparallel perp asymp bowtie models vdash
    dashv Vdash vDash lesssim gtrsim nless ngtr nleq ngeq not triangleq coloneqq
    to gets mapsto longmapsto leftarrow rightarrow leftrightarrow Leftarrow Rightarrow
    Leftrightarrow longleftarrow longrightarrow longleftrightarrow Longleftarrow Longrightarrow
    Longleftrightarrow implies impliedby iff uparrow downarrow updownarrow Uparrow Downarrow
    nearrow searrow swarrow nwarrow hookleftarrow hookrightarrow rightharpoonup rightharpoondown
    leftharpoonup leftharpoondown rightleftharpoons leadsto rightsquigarrow nrightarrow
    forall exists nexists emptyset varnothing infty partial nabla ell hbar imath jmath Re Im wp
    angle measuredangle triangle square blacksquare Box Diamond lozenge flat natural sharp top bot
    therefore because complement prime backprime degree checkmark surd clubsuit diamondsuit
    heartsuit spadesuit mho eth
    cdots vdots ddots dotsc dotsb dotsm dotsi lvert rvert lVert rVert vert Vert lbrace rbrace
    lbrack rbrack langle rangle lfloor rfloor lceil rceil lgroup rgroup backslash colon cdotp
    ulcorner urcorner llcorner lrcorner
"""
_DRAWING = """
    tikz draw fill filldraw path node coordinate clip shade pattern matrix foreach figurelabel
"""
_ENVIRONMENTS = """
    center flushleft flushright quote quotation verse itemize enumerate description minipage
    tabular tabular* array math displaymath equation equation* align align* gather gather*
    multline multline* alignat alignat* aligned alignedat gathered split cases dcases
    matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix boxmatrix tikzpicture scope
    tiny scriptsize footnotesize small normalsize large
"""
_SETTINGS = "ctikzset"  # of packages: they last as long as their group
_PASSING = """
    textbf textit texttt emph mbox hspace vspace quad qquad ldots dots par newline label
    answer blank cell cells alt figuredata includegraphics begin end left right middle
    hline toprule midrule bottomrule cmidrule multicolumn
"""
_OF_PACKAGES = tame_words()
_COMMANDS = frozenset(f"{_TEXT} {_MATH} {_DRAWING}".split()) | _OF_PACKAGES[0]
_KNOWN_ENVIRONMENTS = frozenset(_ENVIRONMENTS.split()) | _OF_PACKAGES[1]
_LEAVES_NOTHING = frozenset(f"{_PASSING} {_MATH} {_DRAWING}".split()) | (
    _OF_PACKAGES[0] - set(_SETTINGS.split())
)
_SIGNS = frozenset("\\,;:!/ -%&#$_{}|()[]'\"^~=.`>\n")
_NAME = re.compile(r"\\(?:([A-Za-z@]+)|(.))", re.DOTALL)
_CENTRED = re.compile(r"\\(?:begin|end)\{center\}")
_DOLLAR = re.compile(r"(?<!\\)\$")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*(?:\{([^{}]*)\})?")
_RISKY = re.compile(r"[\\{}%]|\^\^")
_OPTIONS = r"(?:\[(?:(?:name|language|numbers|firstnumber)=[\w.+/-]*,?)*\])?"
_VERBATIM = re.compile(
    rf"(?<!\\)\\begin\{{(?:verbatim\}}|lstlisting\}}{_OPTIONS}\n)"
    r".*?\\end\{(?:verbatim|lstlisting)\}",
    re.DOTALL,
)
# A comment that hides a brace, another spelling of characters, numbering that goes on, and places
# that outlast their drawing.
_REACHES_ON = re.compile(
    r"(?<!\\)(?:\\\\)*%|\^\^|\[[^\]]*\b(?:resume|series)|remember picture|name path global"
)


def is_tame(text: str) -> bool:
    r"""Return whether all that a text does ends with the group around it.

    >>> is_tame(r"Let $\alpha = \frac{1}{2}$."), is_tame(r"\globaldefs=1 \def\side{LEAKED}")
    (True, False)
    """
    text = _VERBATIM.sub("", text)
    if not _RISKY.search(text):
        return True
    is_known = all(
        (name in _COMMANDS or len(name) == 1) if name else sign in _SIGNS
        for name, sign in _NAME.findall(text)
    )
    return is_known and not _REACHES_ON.search(text) and _is_balanced(text)


def leaves_nothing(text: str) -> bool:
    r"""Return whether a text surely changes nothing of what follows it: no type, no definition.

    It may end in the middle of what is centred.

    >>> leaves_nothing(r"Let $\alpha = \frac{1}{2}$."), leaves_nothing(r"\small Let \(x = 1\).")
    (True, False)
    """
    words = (name for name, _ in _NAME.findall(text) if len(name) > 1)
    return (
        all(name in _LEAVES_NOTHING for name in words)
        and not _REACHES_ON.search(text)
        and _is_balanced(_CENTRED.sub("", text))
        and len(_DOLLAR.findall(text)) % 2 == 0
    )


def _is_balanced(text: str) -> bool:
    """Return whether every brace and known environment is closed in the order of their opening."""
    opened: list[str] = []
    for _, name, brace in _openings(text):
        if brace in {"{", "begin"}:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
        if name and name not in _KNOWN_ENVIRONMENTS:
            return False
    return not opened


def _openings(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield where each brace and environment opens or ends; a brace has no name."""
    bare = re.sub(r"\\[\\{}%]", "  ", text)
    environments = ((m.start(), m[2] or "?", m[1]) for m in _ENVIRONMENT.finditer(bare))
    braces = ((m.start(), "", m[0]) for m in re.finditer(r"[{}]", bare))
    return iter(sorted(chain(environments, braces)))


@lru_cache(maxsize=CACHED)
def _is_part_tame(part: Part) -> bool:
    return all(map(is_tame, _written(part)))


def _written(part: Part) -> Iterator[str]:
    """Yield the LaTeX of a part that its author wrote, or that is made of it."""
    yield from (part.body, part.solution)
    model = part.key.model
    yield from model.symbols.values()
    yield from (value.symbol for value in model.values)
    for answer in part.key.answers:
        if isinstance(answer, AnswerKey):
            yield answer.shown
        else:
            yield from (answer.model, *answer.accept)


def shares_run(paper: Paper) -> bool:
    """Return whether a paper and its key may be printed in one run of TeX with those of others."""
    stems = (question.stem for question in paper.questions)
    return all(map(_is_part_tame, paper.parts)) and all(map(is_tame, stems))
