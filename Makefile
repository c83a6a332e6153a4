# Everything a newcomer needs is here: Python 3.11 or later and make. Each target creates the environment it needs.
PYTHON ?= python3
VENV   ?= .venv
HOME_DIR ?= data
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEV    := $(VENV)/.installed-dev
SOURCES := tocsin crawlers normalize diffing alerts archive tests benchmarks

# Tests and benchmarks start the program some thousand times: what Python compiled once is kept, also where the environment forbids it.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run demo test check format bench laws fuzz killed soak catalogues reference clean

help:            ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "tocsin needs Python 3.11 or later; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'

$(STAMP): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(DEV): pyproject.toml $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

run: $(STAMP)    ## crawl, compare and alert once, with the configuration in data/ (made if it is not there)
	@test -f $(HOME_DIR)/tocsin.toml || $(BIN)/tocsin init $(HOME_DIR)
	$(BIN)/tocsin --config $(HOME_DIR)/tocsin.toml run --once

demo: $(STAMP)   ## the same without a network, on a small regulation made for it; TOCSIN_SERVE=0 does not stay to serve
	$(BIN)/tocsin demo

test: $(DEV)     ## every test
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(DEV)    ## formatting, lint, strict types, import contracts
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)   ## put the code into its form
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bench: $(DEV)    ## every benchmark in one table, ratios beside a peer measured in the same run; JSON=1 prints JSON, TOCSIN_LONG=1 takes longer
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench 1>&2 || echo "the peers of the group bench do not install here: their rows say so" >&2
	@$(BIN)/python -m benchmarks $(if $(JSON),--json)

laws: $(DEV)     ## every test, its laws on examples that no run had before: the long form of what CI repeats
	$(BIN)/python -m pytest -n auto --dist loadfile --hypothesis-profile fresh

FUZZ_SECONDS ?= 600
FUZZED := us_ecfr us_federal_register us_csl us_bis_dpl us_ofac_sdn

fuzz: $(DEV)     ## the long form of the fuzzing whose short form is among the tests: ten minutes a reader
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group fuzz || echo "atheris does not install here: the plain mutator runs"
	@for source in $(FUZZED); do $(BIN)/python -m tests.fuzz.target $$source --seconds $(FUZZ_SECONDS) || exit 1; done

killed: $(DEV)   ## a fortnight in which the program is killed 500 times; each write failing, each statement killed: the long form of tests, hours
	TOCSIN_LONG=1 $(BIN)/python -m pytest -s tests/tocsin/test_killed_fortnight.py tests/tocsin/test_each_write_fails.py tests/archive/test_upgrades.py

soak: $(DEV)     ## a simulated year of faults and kills beside a faultless one: an hour, the long form of a test
	$(BIN)/python -m benchmarks.soak

catalogues: $(STAMP) ## bring the translations up to date after a text of a message was changed; what is new is left empty to fill in
	$(BIN)/python -m alerts.catalogues

reference: $(STAMP) ## write docs/reference anew from the code
	$(BIN)/python -m tocsin.manual

clean:           ## remove the environment and what tools left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
