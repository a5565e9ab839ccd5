# make run    sets everything up and serves on http://127.0.0.1:8000 (PORT= changes it)
# make test   sets everything up and runs every check
# make help   the rest

SHELL := /bin/sh
.DEFAULT_GOAL := help
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
INSTALL := $(UV) pip install --quiet --python $(PY) --require-hashes -r
PORT ?= 8000

# The first Python on the PATH that is new enough; trying it also catches a shim for a version that is not installed.
FIND_PYTHON = for p in $(PYTHON) python3 python python3.13 python3.12 python3.11 python3.14; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done

.PHONY: help run test stories lint types bench assets pango browser lock clean

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1 /p' Makefile | awk '{ printf "  make %-8s", $$2; $$1 = $$2 = ""; sub(/^ +/, ""); print }'

run: $(VENV)/.app assets pango ## set up everything and serve with a demonstration
	@exec $(VENV)/bin/casework serve --demonstration --port $(PORT)

test: lint types pango browser ## set up everything and run the checks
	@$(PY) -m pytest -q -n 2 --dist worksteal -m "not long" tests

lint: $(VENV)/.test
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --quiet --check . || { echo "Formatting: run .venv/bin/ruff format"; exit 1; }
	@$(VENV)/bin/lint-imports --no-cache --no-logo

types: $(VENV)/.test
	@$(VENV)/bin/mypy

stories: pango browser ## tell the long stories of a review too; half an hour
	@$(PY) -m pytest -q -n 2 --dist worksteal -m long tests/learning_review tests/browser

bench: $(VENV)/.test assets ## measure; prints JSON
	@$(PY) -m tests.bench

assets: $(VENV)/.app
	@$(PY) -I web/frontend/build.py

pango: $(VENV)/.app
	@$(PY) -I engine/papers/install.py

browser: $(VENV)/.test assets
	@$(PY) -I tests/browser/install.py

lock: $(VENV)/.uv ## write the requirements anew, with hashes
	@for name in uv node app test; do $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
		--no-emit-index-url --custom-compile-command "make lock" requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## remove everything that was made here, the demonstration's database too
	rm -rf $(VENV) instance build dist web/static/build web/frontend/node_modules engine/feel/build \
		.mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Files named after what is installed, so that a second start does nothing.

$(VENV)/.uv: requirements/uv.txt
	@python=$$($(FIND_PYTHON)); test -n "$$python" || { \
		echo "Casework needs Python 3.11 or later, and found none. Install it, or say where it is: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }; \
	test -x $(PY) || "$$python" -m venv $(VENV) || { \
		rm -rf $(VENV); echo "This Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.app: requirements/app.txt pyproject.toml $(VENV)/.uv
	@$(INSTALL) requirements/app.txt
	@$(UV) pip install --quiet --python $(PY) --no-deps --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.app
	@$(INSTALL) requirements/test.txt
	@touch $@
