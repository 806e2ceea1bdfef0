# Every target makes its own virtual environment when there is none or the lock has changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TICKETS ?= 10000
TYPESCRIPT := 5.9.3

.PHONY: run test check fuzz bench seed openapi vendor deploy clean lock

run: $(STAMP)
	@exec $(BIN)/desk up $(if $(FRESH),--fresh)

test: $(STAMP)
	@$(BIN)/python -m infra.browser
	@$(BIN)/python -m pytest -n auto --dist worksteal tests/unit tests/contract tests/api tests/search
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests/browser
	@$(BIN)/python -m pytest tests/flows

check: $(STAMP)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@PYTHONPATH=functions $(BIN)/lint-imports --no-logo
	@$(BIN)/cfn-lint template.yaml infra/*.yaml
	@if command -v npx >/dev/null 2>&1; then npx --yes --package typescript@$(TYPESCRIPT) tsc -p portal_static; \
	else echo "Node is not installed: the types of the screens are not checked"; fi

# Each becomes a message or waits in quarantine; MUTANTS=1000 and SEED=7 for fewer and others.
fuzz: $(STAMP)
	@PYTHONPATH=functions:. $(BIN)/python tests/unit/mail/mail_mutants.py $(if $(MUTANTS),--mutants $(MUTANTS)) $(if $(SEED),--seed $(SEED))

bench: $(STAMP)
	@$(BIN)/python -m bench

seed: $(STAMP)
	@$(BIN)/desk seed --tickets $(TICKETS)

openapi: $(STAMP)
	@$(BIN)/python -m infra.openapi

vendor: $(STAMP)
	@$(BIN)/python -m infra.vendor

deploy: $(STAMP)
	@$(BIN)/desk deploy

# Removes what can be made again; .local/ (the laptop's tickets) goes only with `make run FRESH=1`.
clean:
	rm -rf $(VENV) .aws-sam build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pyproject.toml -> requirements.lock, and the same versions for what runs in Lambda.
lock: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --no-header --universal --python-version 3.11 --extra dev \
		pyproject.toml --output-file requirements.lock
	$(BIN)/python -m infra.runtime_layer

$(STAMP): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install -qqq --disable-pip-version-check --no-deps --editable .
	@touch $(STAMP)
