# make run    installs what is needed, syncs the index with the articles, opens the conversation
# make test   everything that is checked: format, lint, types, layers, tests
# make check  the same without the tests that take long (kills, processes, the real model) and those
#             of the tools
# make tools  the tests of the servers that speak for Telegram and for a language model
# make bench  whether quality holds its floors, in float32; make test does that too
# make texts  brings what the program says into the catalogues; LANGUAGE=fr begins another one

PYTHON ?= python3
VENV := .venv
PIP := $(VENV)/bin/python tools/install.py $(VENV)/bin/python -m pip install --no-compile --progress-bar off --disable-pip-version-check --constraint constraints.txt
# pip would compile everything, on one core, for 70 s. Of these packages Footnote imports a part, and
# that is compiled when it is; of the rest the processes that read files could not write it.
COMPILE := PYTHONWARNINGS=ignore $(VENV)/bin/python -m compileall -qq -j 0 -x '/(tests?|kubernetes|networkx|nltk|openai|pip|ray|scipy|sklearn|sympy|torch|transformers)/' $(VENV)/lib

# Four at a time on two cores, for many tests wait more than they compute; the slow ones first.
# schemathesis is used as a library only: as a plugin it costs each process a second.
PYTEST := $(VENV)/bin/pytest -p no:schemathesis --numprocesses 4 --dist loadfile --no-loadscope-reorder
# mypy has one core to itself, so that the tests need not wait for it.
BOTH := $(MAKE) --no-print-directory --jobs=2

# Hundreds of processes are started: each would compile the modules again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check tools bench lint format texts clean all-tests quick-tests

run: $(VENV)/installed
	@$(VENV)/bin/footnote

test: $(VENV)/installed-dev
	@$(BOTH) lint all-tests

check: $(VENV)/installed-dev
	@$(BOTH) lint quick-tests

# A cluster of Ray gives its workers up where four tests beside it leave it no processor.
all-tests: $(VENV)/installed-dev
	$(PYTEST) -m "not alone"
	$(VENV)/bin/pytest -p no:schemathesis -m alone tests/index/keeping

quick-tests: $(VENV)/installed-dev
	$(PYTEST) -m "not slow" --hypothesis-profile quick tests

tools: $(VENV)/installed-dev
	$(PYTEST) tools

bench: $(VENV)/installed-dev
	$(VENV)/bin/pytest -m slow tests/bench

lint: $(VENV)/installed-dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/installed-dev
	$(VENV)/bin/ruff format .
	$(VENV)/bin/ruff check --fix .

texts: $(VENV)/installed
	$(VENV)/bin/python -m tools.texts $(LANGUAGE)

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Footnote needs Python 3.11 or newer, and $(PYTHON) is older: make $(MAKECMDGOALS) PYTHON=python3.12, say" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV); this takes a minute or two, once." >&2
	@$(PIP) --editable .
	@$(COMPILE) || true
	@touch $@

# With what it installs, everything is there that `make run` needs.
$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV), with what the tests need; this takes a few minutes, once." >&2
	@$(PIP) --editable '.[dev]'
	@$(COMPILE) || true
	@touch $(VENV)/installed $@
