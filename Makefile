# What can be done here; `make help` lists it.
PYTHON ?= python3
PORT ?= 8000
N ?= 20000
DATABASE ?= sqlite
BENCH ?=
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Two databases in a process, tests of very different length: whoever is done takes from who is not.
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal --durations 20
CLIENTS := openepi dreadnode node

# Many processes read the same sources, in tests above all: what was compiled is kept, whatever the surroundings say.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run dev test clients test-long bench peer lint map settings scripts

help:  ## list what can be done
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: $(VENV)/.run  ## install, make ./instance, load the demo catalogue once, and serve on http://127.0.0.1:8000
	@$(BIN)/catalog db upgrade
	@$(BIN)/catalog demo || echo 'Going on without the demo catalogue. Sign in with an account of yours, or: $(BIN)/catalog user add NAME'
	@exec $(BIN)/catalog serve --port $(PORT)

dev: $(VENV)/.run  ## serve with reload and a debugger, for work on the code
	@$(BIN)/catalog db upgrade
	@exec $(BIN)/flask --app app run --debug --port $(PORT)

test: $(VENV)/.test clients  ## run all tests, on SQLite and on PostgreSQL
	@$(PYTEST)

clients: | $(BIN)/python  ## install the real clients that tests drive, each in an environment of its own (1.3 GB)
	@$(MAKE) --no-print-directory --keep-going --jobs 3 $(CLIENTS:%=$(VENV)/clients/.%) || \
		echo 'Going on without the clients that could not be installed.'

test-long: $(VENV)/.test clients  ## run the long forms of the randomized tests
	@CATALOG_TEST_LONG=1 $(PYTEST) -m long

bench: $(VENV)/.run peer  ## make N datasets on DATABASE (sqlite, postgresql, both), serve them, print how fast they are
	@$(BIN)/python -m bench $(N) --database $(DATABASE) $(BENCH)

peer: | $(BIN)/python  ## install Datasette, beside which `make bench` measures, in an environment of its own
	@$(MAKE) --no-print-directory $(VENV)/peers/.datasette || echo 'Going on without Datasette.'

lint: $(VENV)/.dev  ## check the style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

map: $(VENV)/.test  ## print the map of the house: each module with its duty
	@$(BIN)/python -m tests.house.map

settings: $(VENV)/.run  ## write docs/settings.md anew
	@$(BIN)/python -m catalog.ops.settings_page > $(VENV)/settings.md
	@mv $(VENV)/settings.md docs/settings.md

scripts: $(VENV)/.run  ## write docs/scripts.md anew
	@$(BIN)/python -c "from catalog.pages.clients import render; print(render(), end='')" > $(VENV)/scripts.md
	@mv $(VENV)/scripts.md docs/scripts.md

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

# openepi-client says that it needs Python 3.12 and runs on 3.11 as well.
$(VENV)/clients/.openepi: MORE = --ignore-requires-python
$(VENV)/clients/.openepi: WANTED = 'openepi-client>=2.0'
$(VENV)/clients/.dreadnode: WANTED = 'dreadnode>=2.0.51'
$(VENV)/clients/.openepi $(VENV)/clients/.dreadnode: $(VENV)/clients/.%: | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/clients/$*
	@$(VENV)/clients/$*/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(VENV)/clients/$*/bin/python -m pip install --quiet --disable-pip-version-check $(MORE) $(WANTED)
	@touch $@

$(VENV)/peers/.datasette: | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/peers/datasette
	@$(VENV)/peers/datasette/bin/python -m pip install --quiet --disable-pip-version-check 'datasette>=0.65,<1'
	@touch $@

$(VENV)/clients/.node: | $(BIN)/python
	@mkdir -p $(VENV)/clients/node
	@npm install --prefix $(VENV)/clients/node --silent --no-audit --no-fund --no-package-lock apify-client@2 apify-cli@1
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed: make PYTHON=python3.12 …'; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo 'The venv module of Python is needed: apt-get install python3-venv'; exit 1; }
