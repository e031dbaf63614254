# make setup once, then make check before every push: it is what CI runs.
PYTHON := .venv/bin/python

.PHONY: check setup test lint gate smoke bench readme clean

check:            ## what CI runs, in an environment of its own
	.ci/run

setup: $(PYTHON)  ## the environment for working on the project
	$(PYTHON) -m pip install -e '.[dev]'

$(PYTHON):
	python3 -m venv .venv

test:             ## the tests, under a minute
	$(PYTHON) -m pytest

lint:             ## style and types
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy

gate:             ## accuracy against the pinned floors
	$(PYTHON) -m tests.gold.gate

smoke:            ## the built packages in environments of their own
	$(PYTHON) tests/smoke/wheel.py

bench:            ## start-up, throughput, rules, search against ripgrep
	$(PYTHON) benchmarks/startup.py
	$(PYTHON) benchmarks/throughput.py
	$(PYTHON) benchmarks/rules.py
	$(PYTHON) benchmarks/search.py

readme:           ## output blocks, tables, command reference and pictures from the program
	$(PYTHON) docs/readme.py

clean:
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache dalian_report/data/compiled.json
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
