# The portal's commands; `make` alone lists them.
#
# Everything below needs only Python 3.11 or later, with venv, and make.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
ARGS ?=

bin := .venv/bin
embedded := $(bin)/python -m allies.embedded
export PORT
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test bench lint format shell translations lock clean

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

demo: .venv/.demo-installed ## run the whole portal with demo people at http://localhost:8000 (PORT=…)
	@exec $(embedded) python -m allies.embedded.demo

test: .venv/.test-installed ## run every test (ARGS="-k words" for some)
	@.ci/system-packages
	@exec $(embedded) --fresh .ci/tests $(ARGS)

bench: .venv/.bench-installed ## measure, print tables and keep them in docs/benchmarks.md
	@exec $(embedded) --fresh python -m tests.benchmarks $(ARGS)

lint: .venv/.test-installed ## check style, types, layers and templates
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/lint-imports
	$(bin)/djlint --quiet --lint templates
	ALLIES_ENV=test DATABASE_URL=postgres://nowhere REDIS_URL=redis://nowhere $(bin)/mypy

format: .venv/.test-installed ## put the code in the house style
	$(bin)/ruff check --fix .
	$(bin)/ruff format .

shell: .venv/.demo-installed ## open a Python shell on the demonstration's data
	@exec $(embedded) env ALLIES_ENV=demo ALLIES_DEMO=1 python manage.py shell

translations: .venv/.test-installed ## collect the texts to translate and compile the catalogues
	@.ci/system-packages gettext
	$(embedded) --fresh python manage.py makemessages --locale fr --no-location --ignore '.venv/*' --ignore 'tests/*'
	$(embedded) --fresh python manage.py compile_translations

lock: .venv/.test-installed ## write the lock files anew (ARGS=--upgrade for newer versions)
	.ci/lock $(ARGS)

clean: ## remove the environment, the demonstration's data and everything built
	@if [ -x $(bin)/python ] && [ -d .allies ]; then $(embedded) --remove; fi
	rm -rf .venv .allies build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find . -path './locale/*' -name '*.mo' -delete

# A stamp is newer than the lock files it stands for, so that a second run has nothing to install.
.venv/.demo-installed: requirements/demo.txt | .venv/bin/python
	$(bin)/python -m pip install --quiet --require-hashes --requirement requirements/demo.txt
	@touch $@

.venv/.test-installed: requirements/test.txt | .venv/bin/python
	$(bin)/python -m pip install --quiet --require-hashes --requirement requirements/test.txt
	@touch $@ .venv/.demo-installed

# Benchmarks measure beside a library that nothing else here needs; without it, its table says so.
.venv/.bench-installed: requirements/bench.txt .venv/.test-installed
	@$(bin)/python -m pip install --quiet --require-hashes --requirement requirements/bench.txt \
		|| echo "What we are measured beside could not be installed: its table is left out." >&2
	@touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "The portal needs Python 3.11 or later: make PYTHON=python3.11 …" >&2; exit 1; }
	$(PYTHON) -m venv .venv
