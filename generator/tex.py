r"""Running pdfTeX on papers: found, limited, and the same bytes every time.

A paper is compiled in a folder of its own with no shell, no files outside the folder in reach of
TeX's own commands, and limits of time, memory and file size. `SOURCE_DATE_EPOCH` and the layouts'
`\\pdftrailerid` make the bytes depend on the source alone.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.landlock import restrict, ruleset
from solvers.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECONDS = 60
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


@cache
def engine() -> str | None:
    """The path of pdflatex; None where there is none."""
    return shutil.which("pdflatex")


def missing_packages() -> tuple[str, ...]:
    """LaTeX packages that the layouts need and the installation lacks."""
    find = shutil.which("kpsewhich")
    if find is None:
        return PACKAGES
    return tuple(name for name in PACKAGES if not _known(find, f"{name}.sty"))


def _known(find: str, name: str) -> bool:
    return subprocess.run([find, name], capture_output=True, check=False).returncode == 0  # noqa: S603


def install_hint() -> str:
    """The one command that installs a TeX engine here."""
    for tool, command in HINTS.items():
        if shutil.which(tool):
            return command
    return HINTS["apt-get"]


def compile_pdf(source: str, name: str) -> bytes:
    """Compiles a LaTeX document.

    Args:
        source: the whole document.
        name: what the document is, for errors.

    Raises:
        ToolError: there is no engine, or it failed; with the log's own line.
    """
    program = engine()
    if program is None:
        raise ToolError(f"no TeX engine was found; install one: {install_hint()}")
    with tempfile.TemporaryDirectory(prefix="examgen-") as folder:
        job = Path(folder) / "paper.tex"
        job.write_text(source, encoding="utf-8")
        before = None
        for _ in range(3):
            _run([program, *FLAGS, job.name], Path(folder), name)
            after = job.with_suffix(".aux").read_bytes()
            if after == before:
                break
            before = after
        return job.with_suffix(".pdf").read_bytes()


def _run(command: list[str], folder: Path, name: str) -> None:
    # pdfTeX is not a Python program: limits set between fork and exec cannot meet a lock.
    rules = ruleset(folder)
    process = subprocess.Popen(  # noqa: S603 - the engine by its path, no shell
        command,
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=partial(_limit, rules),  # noqa: PLW1509
    )
    if rules is not None:
        os.close(rules)
    try:
        status = process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise ToolError(f"{name}: TeX did not end within {SECONDS} s") from error
    if status != 0 or not (folder / "paper.pdf").exists():
        raise ToolError(f"{name}: TeX failed: {_reason(folder / 'paper.log')}")


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


def _limit(rules: int | None) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
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
    return "no reason in the log"


def compile_beside(sources: Iterable[Path], workers: int) -> Iterator[tuple[Path, str]]:
    """Compiles .tex files and writes each PDF beside its source.

    Args:
        sources: the .tex files.
        workers: how many engines run at once.

    Yields:
        The path of each PDF with an error message, empty where all went well.
    """

    def work(source: Path) -> tuple[Path, str]:
        target = source.with_suffix(".pdf")
        try:
            target.write_bytes(compile_pdf(source.read_text(encoding="utf-8"), source.stem))
        except ToolError as error:
            return target, str(error)
        return target, ""

    with ThreadPoolExecutor(max_workers=workers) as pool:
        yield from pool.map(work, sources)
