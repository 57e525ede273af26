# One command on a fresh machine: `make serve` or `make test`. Needs Python 3.11 to 3.13 and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: serve test check fetch lock clean

serve: fetch
	@$(BIN)/keepsake serve

test: fetch
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/privacy

fetch: $(READY)
	@$(BIN)/keepsake fetch

# PIP_CONSTRAINT is cleared: the lock with its hashes says everything
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || \
		{ echo "Keepsake needs Python 3.11, 3.12 or 3.13. Say which one: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	PIP_CONSTRAINT= $(BIN)/pip install --require-hashes -r requirements.lock
	PIP_CONSTRAINT= $(BIN)/pip install --no-deps --no-build-isolation -e .
	@touch $(READY)

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
		--python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
