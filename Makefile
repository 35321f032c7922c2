# Two commands are enough: `make demo` and `make test`. Nothing is installed outside .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip
RUN_STAMP := $(VENV)/.run
TEST_STAMP := $(VENV)/.test
BASELINES := .venv-baselines
BASELINES_STAMP := $(BASELINES)/.installed

.PHONY: help demo test bench bench-quality lock clean

help: ## what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

demo: $(RUN_STAMP) ## the bot on the bundled posts, with a chat page in the browser
	$(BIN)/mailuo demo

# Dozens of processes are started: none should compile all modules anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(TEST_STAMP) ## style, types and all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal

bench: $(TEST_STAMP) ## measurements; tables, and JSON in build/; FEEDS=1000 for the whole crowd of feeds
	@mkdir -p build
	$(BIN)/python -m benchmarks.walk --json build/walk.json
	$(BIN)/python -m benchmarks.store_size --json build/store_size.json
	$(BIN)/python -m benchmarks.pictures --json build/pictures.json
	$(BIN)/python -m benchmarks.trends --json build/trends.json
	$(BIN)/python -m benchmarks.delivery --json build/delivery.json
	$(BIN)/python -m benchmarks.postgres_due --json build/postgres_due.json
	$(BIN)/python -m benchmarks.workers --json build/workers.json
	$(BIN)/python -m benchmarks.scaling --json build/scaling.json
	$(BIN)/python -m benchmarks.soak --json build/soak.json
	$(BIN)/python -m benchmarks.feeds --feeds $(or $(FEEDS),300) --json build/feeds.json

bench-quality: $(TEST_STAMP) $(BASELINES_STAMP) ## how good the digest is, beside baselines; DATA=folder of public data
	@mkdir -p build
	$(BIN)/python -m benchmarks.quality --json build/quality.json $(if $(DATA),--data $(DATA))

COMPILE := $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --upgrade \
	--custom-compile-command 'make lock'

lock: $(TEST_STAMP) ## compile the requirement files anew from pyproject.toml
	$(COMPILE) --group build -o requirements-build.lock
	$(COMPILE) --group baselines -o requirements-baselines.lock
	$(COMPILE) pyproject.toml -o requirements.lock
	$(COMPILE) --all-extras pyproject.toml -o requirements-test.lock

clean: ## remove what make made
	rm -rf $(VENV) $(BASELINES) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BIN)/uv: requirements-build.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 …'; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo 'venv is missing; on Debian: sudo apt install python3-venv'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-build.lock
	@touch $@

$(RUN_STAMP): $(BIN)/uv requirements.lock pyproject.toml
	$(UV) install -q --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_STAMP): $(RUN_STAMP) requirements-test.lock
	$(UV) install -q --python $(BIN)/python --require-hashes -r requirements-test.lock
	@touch $@

# A baseline that cannot be installed is a '-' in the table, with the reason.
$(BASELINES_STAMP): $(TEST_STAMP) requirements-baselines.lock
	$(PYTHON) -m venv --without-pip $(BASELINES)
	-$(UV) install -q --python $(BASELINES)/bin/python --require-hashes \
		-r requirements-baselines.lock && touch $@
