# `make help` says what can be done here. Everything is installed into .venv, from the lock files.

SUITABLE := import sys, ensurepip, sqlite3, ssl, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3; do \
	"$$python" -c "$(SUITABLE)" 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin
# Two processes more than there are cores, see tests/support/spreading.py. Each starts a PostgreSQL of its own: on a machine
# with many cores, so many would be too much.
PYTEST := $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist worksteal
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run install test check page pictures charts bench search waiting flooder replicas rests restfaults progress kills soak fuzz

help: ## what can be done here
	@sed -n 's/^\([a-z]*\):.*## /make \1|/p' Makefile | while IFS='|' read -r target does; do \
		printf '%-11s %s\n' "$$target" "$$does"; done

run: .venv/.installed-to-run ## run the bot, or its demo in the browser while there is no BOT_TOKEN
	@$(BIN)/python -m bot

install: .venv/.installed-to-run ## install what running needs, as `make run` does before it starts

test: .venv/.installed-to-develop ## run the tests
	$(PYTEST)

check: .venv/.installed-to-develop ## lint, formatting, types, and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

page: .venv/.installed-to-develop ## test the demo's chat page in Chromium, which is installed if missing
	@test -n "$$CHROMIUM" || command -v chromium || $(INSTALL_CHROMIUM)
	$(PYTEST) tests/page

pictures: .venv/.installed-to-develop ## take the README's pictures anew
	PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/page/test_a_whole_workout.py

charts: .venv/.installed-to-develop ## draw the examples in docs/progress.md anew (CHARTS=folder: every chart of six histories)
	EXAMPLES=docs/pictures/progress $(BIN)/python -m pytest -q tests/handlers/test_charts_of_histories.py

bench: .venv/.installed-to-develop ## measure how it slows down with history
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_storage.py

search: .venv/.installed-to-develop ## measure a search among 5,000 exercises against a scan, some 3 minutes (SAMPLES=3: shorter)
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_search.py

waiting: .venv/.installed-to-develop ## measure how long lifters wait, some 20 minutes (RUNS=1 SECONDS=5: shorter)
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_waiting.py

flooder: .venv/.installed-to-develop ## measure what a flood of one does to others, some 25 minutes (RUNS=1: shorter)
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_flooder.py

replicas: .venv/.installed-to-develop ## measure what more replicas bring, some 7 minutes (RUNS=1: shorter)
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_replicas.py

rests: .venv/.installed-to-develop ## measure how late lifters are told that a rest is over, some 6 minutes
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_rests.py

restfaults: .venv/.installed-to-develop ## kill it and its database 100 times when rests are over, some 40 minutes (TIMES=10: fewer)
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_rest_faults.py

progress: .venv/.installed-to-develop ## measure what charts and exports of long histories cost, some 10 minutes (RUNS=1: shorter)
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_progress.py

kills: .venv/.installed-to-develop ## kill it 100 times under load and audit the data, some 15 minutes (KILLS=10: fewer)
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_kill.py

soak: .venv/.installed-to-develop ## run it through restarts and faults for 30 minutes on each database (MINUTES=2: shorter)
	$(BIN)/python -m pytest -q -s tests/benchmarks/test_soak.py

fuzz: .venv/.installed-to-develop ## have two lifters do anything at all, some 20 minutes (EXAMPLES=30: shorter)
	EXAMPLES=$(or $(EXAMPLES),300) $(BIN)/python -m pytest -q tests/conversations/test_fuzz.py

# Debian packages Chromium with all it needs; elsewhere Playwright brings its own.
INSTALL_CHROMIUM = if test "$$(id -u)" != 0; then $(BIN)/python -m playwright install chromium; \
	else { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-color-emoji; } \
		|| $(BIN)/python -m playwright install --with-deps chromium; fi

.venv/.installed-to-run: requirements.lock $(BIN)/python
	$(PIP) -r requirements.lock
	@touch $@

.venv/.installed-to-develop: requirements-dev.lock $(BIN)/python
	$(PIP) -r requirements-dev.lock
	@touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Spotter needs Python 3.11 or newer with its venv, ssl and sqlite3 modules, and" \
		"found none. Debian and Ubuntu: apt install python3-venv. Elsewhere: make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv
