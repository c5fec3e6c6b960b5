# What can be done here; `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Two databases in a process, tests of very different length: whoever is done takes from who is not.
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal --durations 20

.PHONY: help run dev test test-long lint map settings

help:  ## list what can be done
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: $(VENV)/.run  ## install, make ./instance, load the demo catalogue once, and serve on http://127.0.0.1:8000
	@$(BIN)/catalog db upgrade
	@$(BIN)/catalog demo || echo 'Going on without the demo catalogue. Sign in with an account of yours, or: $(BIN)/catalog user add NAME'
	@exec $(BIN)/catalog serve --port $(PORT)

dev: $(VENV)/.run  ## serve with reload and a debugger, for work on the code
	@$(BIN)/catalog db upgrade
	@exec $(BIN)/flask --app app run --debug --port $(PORT)

test: $(VENV)/.test  ## run all tests, on SQLite and on PostgreSQL
	@$(PYTEST)

test-long: $(VENV)/.test  ## run the long forms of the randomized tests
	@CATALOG_TEST_LONG=1 $(PYTEST) -m long

lint: $(VENV)/.dev  ## check the style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

map: $(VENV)/.test  ## print the map of the house: each module with its duty
	@$(BIN)/python -m tests.house.map

settings: $(VENV)/.run  ## write docs/settings.md anew
	@$(BIN)/python -m catalog.ops.settings_page > $(VENV)/settings.md
	@mv $(VENV)/settings.md docs/settings.md

# Installed once, and again when what is to be installed changes.
$(VENV)/.run: pyproject.toml | $(BIN)/python
	@$(PIP) --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(BIN)/python
	@$(PIP) --editable '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.test $(VENV)/.run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed: make PYTHON=python3.12 …'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo 'The venv module of Python is needed: apt-get install python3-venv'; exit 1; }
