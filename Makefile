# One way to do a thing. `make check` is what CI runs; each step can be run by itself.
PYTHON := .venv/bin/python
CODE := examgen generator grader answers solvers templates tests benchmarks

.PHONY: check format lint types imports test

check: lint types imports test

format:
	$(PYTHON) -m ruff format $(CODE)
	$(PYTHON) -m ruff check --fix $(CODE)

lint:
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m ruff check $(CODE)

types:
	$(PYTHON) -m mypy

imports:
	.venv/bin/lint-imports

test:
	$(PYTHON) -m pytest -n auto
