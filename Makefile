# Every target but `help` and `setup` sets up first; `.venv` holds everything.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
WORKERS ?= 2
# One more than there are cores: the suites that kill servers wait most of the time.
LONG_WORKERS ?= 3
# Dealt by file, as folders come: sorted by count, the few slow ones of the browser would come last.
DEAL := --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long check bench events

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 14

$(STAMP): constraints.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --require-hashes -r constraints.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(STAMP)

setup: $(STAMP) ## Make .venv with everything that is needed

demo: $(STAMP) ## Start the embedded database, load invented data, serve the site
	$(BIN)/yizhan demo

test: $(STAMP) ## Run all tests but the long ones
	$(BIN)/pytest -q -n $(WORKERS) $(DEAL) -m "not long"

test-long: $(STAMP) ## Run crash, soak and long state-machine suites
	$(BIN)/pytest -q -n $(LONG_WORKERS) $(DEAL) -m long

check: $(STAMP) ## Format, lint, types, import arrows, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

bench: $(STAMP) ## Measure against the limits in one run, as ratios
	$(BIN)/python -m bench

events: $(STAMP) ## Write docs/events.md, docs/states.md and docs/rules.md
	$(BIN)/python -m domain.catalogue
	$(BIN)/python -m yizhan.rules_page
