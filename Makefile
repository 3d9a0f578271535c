.DEFAULT_GOAL := help
.PHONY: help setup demo up test test-api test-browser test-faults check format schema eval calibrate bench fuzz audit soak queue-memory lock clean

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet
WORKERS ?= 2

help: ## Show what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.runtime: requirements/build.txt requirements/runtime.txt pyproject.toml
	@echo "Setting up $(VENV) (a few minutes the first time) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

setup: $(VENV)/.dev ## Set up .venv with everything for development

demo: $(VENV)/.runtime ## Start broker and two workers, send two articles through, show their events, stop
	@$(BIN)/depesche demo

up: $(VENV)/.runtime ## Run broker and workers until Ctrl-C
	@$(BIN)/depesche up --workers $(WORKERS)

test: $(VENV)/.dev ## Run all tests but the faults and the browser, those against a real Redis included
	@$(BIN)/pytest -n 2 --dist loadgroup --ignore=tests/faults --ignore=tests/browser $(ARGS)

test-faults: $(VENV)/.dev ## Kill, stop and starve processes and Redis with 500 articles under way: none lost, none twice
	@$(BIN)/pytest -n 2 --dist load tests/faults $(ARGS)

test-browser: $(VENV)/.dev ## Work with the web page in a real browser; installs Chromium by apt where there is none
	@tests/browser/install.sh
	@$(BIN)/pytest -n 2 --dist loadgroup tests/browser $(ARGS)

test-robustness: $(VENV)/.dev ## Extract from 3,000 random short texts and odd ones of 100,000 characters (some minutes)
	@DEPESCHE_FULL_SIZE=1 $(BIN)/pytest -n 2 tests/unit/extraction/test_robustness.py $(ARGS)

test-api: $(VENV)/.dev ## Ask the gateway all that its OpenAPI document allows and much more; read AsyncAPI with its own parser
	@command -v npm >/dev/null && npm install --silent --no-audit --no-fund --ignore-scripts --prefix $(VENV)/npm @asyncapi/parser@3.6.6 || echo "no npm: AsyncAPI is not checked"
	@DEPESCHE_API_EXAMPLES=$(or $(EXAMPLES),200) $(BIN)/pytest -n 2 tests/unit/gateway/test_fuzzing.py tests/contract/test_asyncapi.py $(ARGS)

check: $(VENV)/.dev ## Check format, lint, types and import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

eval: $(VENV)/.dev ## Score the extraction on the gold set that ships with the project, and list the errors
	@$(BIN)/python -m evaluation.events --errors $(ARGS)

calibrate: $(VENV)/.dev ## Fit the confidence of events again: CORPORA holds news/, GOLD the development gold
	@$(BIN)/python -m evaluation.calibrate --corpora $(CORPORA) --gold $(or $(GOLD),$(CORPORA)/../gold) $(ARGS)

bench: $(VENV)/.dev ## Measure speed, memory and latency, draw them, write the page (an hour; QUICK=1: minutes; GOLD=, ONLY=)
	@OMP_NUM_THREADS=1 $(BIN)/python -m benchmarks $(if $(QUICK),--quick) $(if $(GOLD),--gold $(GOLD)) $(if $(ONLY),--only $(ONLY)) $(ARGS)

fuzz: $(VENV)/.dev ## Give every parser of outside input broken inputs, INPUTS=1000000 in all
	@$(BIN)/python -m benchmarks.fuzz --inputs $(or $(INPUTS),1000000) $(ARGS)

audit: $(VENV)/.dev ## Look at what is locked and installed: versions, hashes, licences, known vulnerabilities (ARGS=--offline: not these)
	@$(BIN)/python requirements/audit.py $(ARGS)

soak: $(VENV)/.dev ## Send articles through with random faults for MINUTES=30, and count what became of each
	@$(BIN)/python -m benchmarks.soak --minutes $(or $(MINUTES),30) $(ARGS)

queue-memory: $(VENV)/.dev ## Send 50,000 articles through and see that the memory of Redis stays flat (some minutes; ARGS= with the small model)
	@$(BIN)/python -m benchmarks.queue_memory --articles $(or $(ARTICLES),50000) $(if $(filter undefined,$(origin ARGS)),--quick,$(ARGS))

schema: $(VENV)/.dev ## Export the JSON Schemas again
	@$(BIN)/python -m schemas

lock: $(VENV)/.dev ## Resolve and pin the dependencies again
	@$(PIP) install uv
	@UV=$(BIN)/uv requirements/lock.sh

clean: ## Remove what was built and set up
	rm -rf $(VENV) .depesche build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
