#!/usr/bin/env bash
# Sets examgen up in the folder .venv beside this file, and a TeX engine where one can be installed.
#
#   ./setup.sh        what an exam needs
#   ./setup.sh dev    also what the tests and checks need
#   --no-tex          leave TeX alone: papers are then made as .tex and HTML, without PDF
set -euo pipefail
cd "$(dirname "$0")"

extra="" tex=yes
for word in "$@"; do
  case "$word" in
    dev) extra="[dev]" ;;
    --no-tex) tex=no ;;
    *) echo "setup.sh: unknown word '$word'; usage: ./setup.sh [dev] [--no-tex]" >&2; exit 2 ;;
  esac
done

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo "$@"; else return 1; fi
}

apt_install() {
  as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

python=$(command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "setup.sh: examgen needs Python 3.11 or newer; '$python' is older" >&2; exit 1; }
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  apt_install python3-venv || {
    echo "setup.sh: Python's venv is missing; run: sudo apt-get install python3-venv" >&2; exit 1; }
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable ".$extra"

if [ "$tex" = yes ] && ! { command -v pdflatex && command -v pdftocairo; } >/dev/null; then
  if command -v apt-get >/dev/null; then
    echo "setup.sh: installing a TeX engine (141 MB, about a minute) ..."
    apt_install texlive-latex-extra texlive-fonts-recommended lmodern poppler-utils || true
  elif command -v brew >/dev/null; then
    echo "setup.sh: installing a TeX engine ..."
    brew install --quiet --cask mactex-no-gui || true
  fi
  command -v pdflatex >/dev/null || .venv/bin/examgen doctor --tex || true
fi
echo "setup.sh: ready: .venv/bin/examgen"
