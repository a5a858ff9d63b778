# One way to do a thing: CI and the hooks of pre-commit call these targets too.
PYTHON := .venv/bin/python

.PHONY: check format lint types imports bank test wheel site

check: lint types imports wheel site bank test

format:
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

lint:
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy

imports:
	.venv/bin/lint-imports

bank:
	.venv/bin/examgen check
	.venv/bin/examgen check templates/exams/physics

test:
	$(PYTHON) -m pytest -n auto

wheel:
	.ci/wheel

site:
	$(PYTHON) -m sphinx -W --keep-going -q -c docs/site docs build/site
