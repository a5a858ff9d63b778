r"""Running pdfTeX on papers: found, limited, and the same bytes every time.

A document is compiled in a folder of its own with no shell, no files outside the folder in reach of
TeX's own commands, and limits of time, memory and file size. `SOURCE_DATE_EPOCH` and the layouts'
`\\pdftrailerid` make the bytes depend on the source alone. A preamble that many documents share is
read once and kept as a format.
"""

from __future__ import annotations

import gzip
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from examgen.ground.errors import ToolError
from examgen.ground.processes import end_with_parent
from generator.pdf.overfull import Overfull, Short, overfull, short
from generator.pdf.sandbox import restrict, ruleset
from generator.questions.packages import PACKAGES as ALLOWED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SECONDS = 60
RUNS = 3
MEMORY = 1 << 30
FILE_SIZE = 64 << 20
PACKAGES = (
    "geometry",
    "lmodern",
    "amsmath",
    "tikz",
    "booktabs",
    "longtable",
    "enumitem",
    "fancyhdr",
    "pdflscape",
)
FLAGS = (
    "-no-shell-escape",
    "-no-parse-first-line",
    "-interaction=batchmode",
    "-halt-on-error",
    "-file-line-error",
)
HINTS = {
    "apt-get": "sudo apt-get install -y --no-install-recommends"
    " texlive-latex-extra texlive-fonts-recommended lmodern",
    "dnf": "sudo dnf install -y texlive-collection-latexextra texlive-lm",
    "brew": "brew install --cask mactex-no-gui",
}

_AGAIN = re.compile(r"Rerun to get|[Rr]erun LaTeX|There were undefined references")
_PAGES = re.compile(r"^examgen-pages: (\d+)$", re.MULTILINE)


@cache
def engine() -> str | None:
    """Return the path of pdflatex; None where there is none."""
    return shutil.which("pdflatex")


def missing_packages() -> tuple[str, ...]:
    """Return LaTeX packages that the layouts need and the installation lacks."""
    find = shutil.which("kpsewhich")
    if find is None:
        return PACKAGES
    return tuple(name for name in PACKAGES if not _known(find, f"{name}.sty"))


def lacking_of_questions(names: Iterable[str] = tuple(ALLOWED)) -> dict[str, list[str]]:
    """Return packages that questions may name and the installation lacks, by what brings them."""
    find, lacking = shutil.which("kpsewhich"), dict[str, list[str]]()
    for name in names:
        if find is None or not _known(find, ALLOWED[name].file):
            lacking.setdefault(ALLOWED[name].apt, []).append(name)
    return lacking


def _known(find: str, name: str) -> bool:
    return subprocess.run([find, name], capture_output=True, check=False).returncode == 0  # noqa: S603


def apt_hint(package: str) -> str:
    """Return the command that installs a package of Debian or Ubuntu."""
    return f"sudo apt-get install -y --no-install-recommends {package}"


def install_hint() -> str:
    """Return the one command that installs a TeX engine here."""
    for tool, command in HINTS.items():
        if shutil.which(tool):
            return command
    return HINTS["apt-get"]


@dataclass(frozen=True)
class Typeset:
    """The output of TeX.

    Attributes:
        pages: the number of pages of each paper, as the layouts report them.
        overfull: what runs over a margin.
        short: pages that are half empty in the middle of a question.
    """

    pdf: bytes
    pages: tuple[int, ...]
    overfull: tuple[Overfull, ...] = ()
    short: tuple[Short, ...] = ()


def typeset(
    source: str,
    name: str,
    form: Path | None = None,
    papers: int = 0,
    files: Mapping[str, bytes] = MappingProxyType({}),
) -> Typeset:
    """Compiles a LaTeX document, again only where its log asks for it.

    Args:
        source: the whole document, or what follows the preamble that a format has read.
        name: what the document is, for errors.
        form: the format, as `dump_format` makes it.
        papers: how many papers it holds, which must all come out; 0: any document.
        files: what lies beside it, by its names.

    Raises:
        ToolError: there is no engine, or it failed; with the log's own line.
    """
    with tempfile.TemporaryDirectory(prefix="examgen-") as temporary:
        folder = Path(temporary)
        flags = list(FLAGS)
        if form is not None:
            _lend(form, folder / "setup.fmt")
            flags.append("-fmt=setup")
        for one, content in files.items():
            (folder / one).write_bytes(content)
        (folder / "paper.tex").write_text(source, encoding="utf-8")
        for _ in range(RUNS):
            _run([*flags, "paper.tex"], folder, name, SECONDS + 2 * papers)
            log = (folder / "paper.log").read_text(encoding="utf-8", errors="replace")
            if not _AGAIN.search(log):
                break
        pages = tuple(int(found[1]) for found in _PAGES.finditer(log))
        if papers and len(pages) != papers:
            raise ToolError(f"{name}: a question ends the document before the paper is complete")
        return Typeset((folder / "paper.pdf").read_bytes(), pages, overfull(log), short(log))


def dump_format(preamble: str, target: Path) -> None:
    """Read a preamble once and keep what TeX is then: a format.

    Raises:
        ToolError: there is no engine, or it failed; with the log's own line.
    """
    with tempfile.TemporaryDirectory(prefix="examgen-") as temporary:
        folder = Path(temporary)
        (folder / "paper.tex").write_text(preamble + "\\dump\n", encoding="utf-8")
        _run([*FLAGS, "-ini", "&pdflatex", "paper.tex"], folder, "the layout", SECONDS, "paper.fmt")
        raw = (folder / "paper.fmt").read_bytes()
        # Unpacked, it is read in half the time.
        target.write_bytes(gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw)


def _lend(form: Path, place: Path) -> None:
    try:
        os.link(form, place)
    except OSError:  # another file system
        shutil.copyfile(form, place)


def _run(
    words: list[str], folder: Path, name: str, seconds: int, product: str = "paper.pdf"
) -> None:
    program = engine()
    if program is None:
        raise ToolError(f"no TeX engine was found; install one: {install_hint()}")
    # pdfTeX is not a Python program: limits set between fork and exec cannot meet a lock.
    rules = ruleset(folder)
    process = subprocess.Popen(  # noqa: S603 - the engine by its path, no shell
        [program, *words],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,  # its end is noticed at once, unlike that of a process
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=partial(_limit, rules, seconds),  # noqa: PLW1509
    )
    if rules is not None:
        os.close(rules)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise ToolError(f"{name}: TeX did not end within {seconds} s") from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.returncode != 0 or not (folder / product).exists():
        reason = _reason(folder / "paper.log")
        raise ToolError(f"{name}: TeX failed: {_to_install(reason) or reason}")


def _to_install(reason: str) -> str:
    """Return how to get the package that TeX did not find; empty where that is not the reason."""
    lacking = [one for one in ALLOWED.values() if f"`{one.file}' not found" in reason]
    return f"{lacking[0].file} is missing; run: {apt_hint(lacking[0].apt)}" if lacking else ""


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TEXMFOUTPUT": str(folder),
        "openin_any": "p",
        "openout_any": "p",
        "SOURCE_DATE_EPOCH": "0",
        "FORCE_SOURCE_DATE": "1",
        "TZ": "UTC",
        "LC_ALL": "C",
    }


def _limit(rules: int | None, seconds: int) -> None:
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_SIZE, FILE_SIZE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if rules is not None:
        restrict(rules)


def _reason(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if re.match(r"(?:\./)?paper\.tex:\d+:|!", line):
            return " ".join(lines[number : number + 2]).strip()
    return "no reason in the log; perhaps a question ends the document"
