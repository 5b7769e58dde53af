# What one can do with a checkout. `make` alone prints this list.
PYTHON ?= python3
VENV := .venv
RUN_READY := $(VENV)/.ready-run
DEV_READY := $(VENV)/.ready-dev
SCALE_READY := $(VENV)/.ready-scale
FIELD := field/dist/.ready
DEMO_HOME ?= $(CURDIR)/.demo
TOWNS := pushi dongxing haojiang jinshan bagongshan
TOWN ?= pushi
COMPILE := PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock" env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL $(VENV)/bin/pip-compile \
	--quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.DEFAULT_GOAL := help
.PHONY: help setup field demo no-such-town clean-demo test scale lint types screenshots lock

help:
	@echo "make demo         set up and start the demonstration town at http://localhost:8000"
	@echo "                  TOWN=jinshan for another one: $(TOWNS)"
	@echo "make clean-demo   throw the data of all demonstrations away"
	@echo "make setup        install everything into .venv, also what the tests need"
	@echo "make field        build the app for phones into field/dist (part of setup, demo and test)"
	@echo "make test         everything: style, types, SQLite, PostgreSQL, browser walks (about 35 minutes on two cores)"
	@echo "make scale        install what benchmarks measure beside ours: Spark (about 500 MB, needs Java 17), Splink, django-import-export"
	@echo "make lint         style only (ruff)"
	@echo "make types        types only (mypy)"
	@echo "make screenshots  the pictures of the docs, those of the console from a demonstration that is running"
	@echo "make lock         choose package versions anew and write them with their hashes to requirements/"

setup: $(DEV_READY) $(FIELD)

field: $(FIELD)

demo: $(if $(filter $(TOWN),$(TOWNS)),,no-such-town) $(RUN_READY) $(FIELD)
	@mkdir -p -m 700 "$(DEMO_HOME)"
	@CLOSEKNIT_HOME="$(DEMO_HOME)/$(TOWN)" $(VENV)/bin/closeknit demo $(TOWN)

no-such-town:
	@echo "There is no town $(TOWN). Choose one of: $(TOWNS). 没有这个演示地区，请从上面五个中选择。"
	@exit 2

clean-demo:
	@rm -rf "$(DEMO_HOME)"
	@echo "The demonstrations' data are gone. 'make demo' starts over."

test: $(DEV_READY) $(FIELD)
	@$(VENV)/bin/python scripts/test.py

scale: $(SCALE_READY)

lint: $(DEV_READY)
	@$(VENV)/bin/python scripts/test.py style

types: $(DEV_READY)
	@$(VENV)/bin/python scripts/test.py types

screenshots: $(DEV_READY) $(FIELD)
	@$(VENV)/bin/python scripts/screenshots.py
	@$(VENV)/bin/python scripts/field_pictures.py
	@CLOSEKNIT_PICTURES="$(CURDIR)/docs/images/desk" $(VENV)/bin/pytest -q -m browser tests/walks

lock: $(DEV_READY)
	@$(COMPILE) --upgrade --build-deps-for editable --output-file requirements/run.txt pyproject.toml
	@$(COMPILE) --upgrade --build-deps-for editable --extra dev --constraint requirements/run.txt --output-file requirements/dev.txt pyproject.toml
	@$(COMPILE) --upgrade --build-deps-for editable --extra scale --constraint requirements/dev.txt --output-file requirements/scale.txt pyproject.toml
	@$(COMPILE) --upgrade --output-file requirements/node.txt requirements/node.in
	@echo "Written: run.txt, dev.txt, scale.txt and node.txt in requirements/. 'make setup' installs them, 'make scale' what benchmarks need."

$(RUN_READY): requirements/run.txt pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" scripts/setup.sh run

$(FIELD): $(shell find field/src field/public -type f) field/index.html field/vite.config.ts field/package-lock.json scripts/field.sh | $(RUN_READY)
	@scripts/field.sh

$(DEV_READY): requirements/dev.txt pyproject.toml scripts/setup.sh
	@PYTHON="$(PYTHON)" scripts/setup.sh dev

$(SCALE_READY): requirements/scale.txt pyproject.toml scripts/setup.sh | $(DEV_READY)
	@PYTHON="$(PYTHON)" scripts/setup.sh scale
