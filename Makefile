# What can be done here; `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run dev test test-long lint settings

help:  ## list what can be done
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run  ## install, make ./instance, load the demo catalogue once, and serve on http://127.0.0.1:8000
	@$(BIN)/catalog db upgrade
	@$(BIN)/catalog demo || true
	@$(BIN)/catalog serve

dev: $(VENV)/.test  ## serve with reload and a debugger, for work on the code
	@$(BIN)/catalog db upgrade
	@$(BIN)/flask --app app run --debug --port 8000

test: $(VENV)/.test  ## run all tests, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -n auto --durations 20

test-long: $(VENV)/.test  ## run the long forms of the randomized tests
	@CATALOG_TEST_LONG=1 $(BIN)/python -m pytest -n auto --durations 20 -m long

lint: $(VENV)/.dev  ## check the style
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

settings: $(VENV)/.test  ## write docs/settings.md anew
	@$(BIN)/python -m catalog.ops.settings_page > docs/settings.md

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.test $(VENV)/.run
