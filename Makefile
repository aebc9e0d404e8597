# impact: `make` lists the commands.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python
PORT ?= 8000
OPEN ?= 1
SERVE ?= 1
SIZES ?= 1e4,1e5
PICTURES := $(addprefix coordinator/,checked enrolled scenario plan map why network) approver/published partner/portal partner/standing

SERVICE := tests/api tests/gate tests/web tests/cli/test_programmes.py tests/test_serving.py

.DEFAULT_GOAL := help
.PHONY: help setup demo test check test-service format bench bench-engine gallery lighthouse lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.core ## make .venv, from which `python -m impact` runs

demo: $(VENV)/.core ## load the sample data, solve the sample programme, serve it (PORT=8000 OPEN=1 SERVE=1)
	@$(BIN)/python -m impact demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve,--serve) $(if $(filter 0,$(OPEN)),--no-open,--open)

test: $(VENV)/.test ## set up and run every test
	@$(BIN)/python -m pytest -q -n 2

check: $(VENV)/.test ## format, lint, types, imports, fast tests
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }
	@$(BIN)/python -m pytest -q -n 2 -m "not slow and not browser"

test-service: $(VENV)/.test ## slow tests of API, entrance, pages and processes, on the database of IMPACT_TEST_DATABASE
	@$(BIN)/python -m pytest -q -n 2 -m "slow and not browser" $(SERVICE)

format: $(VENV)/.test ## put the code into the one format
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --quiet --fix .

bench: $(VENV)/.test ## measure, and write bench/RESULTS.md
	@$(BIN)/python -m bench

bench-engine: $(VENV)/.core ## measure the engine beside its peers, and write bench/ENGINE.md (SIZES=1e4,1e5)
	@$(BIN)/python -m bench.engine --sizes $(SIZES)

gallery: $(VENV)/.test ## tell the stories in a browser, and put their pictures into docs/pictures
	@$(BIN)/python -m pytest -q tests/journeys/test_stories_in_a_browser.py
	@for lang in zh en; do for each in $(PICTURES); do \
		cp out/journeys/$${each%/*}-$$lang/$${each#*/}.jpg docs/pictures/$${each#*/}-$$lang.jpg; done; done

lighthouse: $(VENV)/.core ## serve the demo, and have Lighthouse (npm) judge five pages of it
	@$(BIN)/python -m bench.lighthouse

lock: $(VENV)/.core ## lock pyproject's ranges into the two requirements files
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header --no-annotate --extra test -c requirements.txt pyproject.toml -o tests/requirements.txt

clean: ## remove what setting up and running left behind
	@rm -rf $(VENV) instance out .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info

$(VENV)/.core: requirements.txt pyproject.toml
	@echo "Setting up $(VENV) …"
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "Python 3.11, 3.12 or 3.13 is needed; $(PYTHON) is another."; exit 1; }
	@test -x $(BIN)/pip || sh .ci/venv $(PYTHON) $(VENV)
	@$(BIN)/python -m pip install --quiet uv
	@$(UV) -r requirements.txt
	@$(UV) --no-deps -e .
	@touch $@

$(VENV)/.test: $(VENV)/.core tests/requirements.txt
	@echo "Setting up what the tests need …"
	@$(UV) -r tests/requirements.txt
	@touch $@
