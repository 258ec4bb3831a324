# make run: everything from nothing to a served page.  make help lists the rest.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.run
DEV_STAMP := $(VENV)/.dev
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check oracle coverage demo bench screenshots clean
help: ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: $(RUN_STAMP) ## install, migrate, load the questions and serve at HOST:PORT
	@exec $(BIN)/python manage.py serve

test: $(DEV_STAMP) ## every test that this machine can run; DATABASE_URL chooses PostgreSQL
	$(BIN)/python -m pytest $(ARGS)

check: $(DEV_STAMP) ## style, types, import rings, templates, migrations, known vulnerabilities
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_bank
	SITE_URL=https://example.org $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/pip-audit --skip-editable --progress-spinner off

oracle: $(DEV_STAMP) ## Anki in an environment of its own, which the tests of its scheduler then ask
	$(BIN)/python -m tests.scheduling.anki_environment

coverage: ## after "make test ARGS=--cov" on each database: 95 % of all, every branch of the core
	$(BIN)/coverage report
	$(BIN)/coverage report --include='cards/scheduling/*,cards/readiness/*,cards/markup.py,cards/rubric.py,cards/wording.py,cards/memory.py,cards/assistant/*' --fail-under=100

demo: $(RUN_STAMP) ## a learner with 60 days behind them, to see every page full
	@$(BIN)/python manage.py migrate -v 0
	@$(BIN)/python manage.py seed -v 0
	@$(BIN)/python manage.py demo

bench: $(DEV_STAMP) ## the production server under load, on SQLite and PostgreSQL
	$(BIN)/python -m tests.benchmarks.run

screenshots: $(DEV_STAMP) ## every screen at two widths in light and dark, in var/screenshots; needs Chromium
	$(BIN)/python -m tests.screenshots

clean: ## remove the virtual environments and caches, never your data
	rm -rf $(VENV) .venv-anki .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(DEV_STAMP): pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(RUN_STAMP)
