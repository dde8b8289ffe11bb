# Every target makes what it needs, so all of them work on a fresh clone. They ask for Python 3.11 or
# newer with venv, make and a package index (bench also for h2load), and never for root.
#   make run ARGS='--redis-url redis://127.0.0.1:6379/0'     make test ARGS='-k reset'

SHELL := /bin/sh
PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
GENERATE := .venv-generate/bin
PIP := -m pip --quiet --disable-pip-version-check

# Where PYTHONDONTWRITEBYTECODE is set, each start would compile the sources again: a quarter of its CPU.
COMPILE = $(BIN)/python -m compileall -q server clients/python

# A missing toolchain is named; in CI it is an error.
COMPLETE := $(if $(CI),--complete)

# Two makes in one checkout set up one after the other, where flock is available.
ONE_BY_ONE := $(if $(shell command -v flock),flock Makefile)

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test check test-clients faults endurance sightings bench generate lint source-checks floors containers monitoring image clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

run: ## Serve on 127.0.0.1:50051, with an embedded Valkey unless ARGS name a Redis
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.run
	@$(COMPILE)
	@exec env QUIKSTATE_TRANSPORT=$${QUIKSTATE_TRANSPORT:-http} $(BIN)/quikstate serve $(ARGS)

# Tests wait for servers most of the time: on two cores four processes take a third of the time of one.
test: ## Run all tests on real servers
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.test
	@exec $(BIN)/python -m pytest --numprocesses=4 --dist=worksteal $(ARGS)

check: source-checks ## Check in a minute: lint without the stubs, and the tests that need no Redis
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.test
	@exec $(BIN)/python -m pytest --quiet --numprocesses=4 --dist=worksteal tests/unit tests/contract $(ARGS)

test-clients: ## Play the scenarios in every language that this machine can run
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.test
	@exec env PYTHONPATH=tests $(BIN)/python -m scenarios $(COMPLETE) $(ARGS)

endurance: ## Run the models of primitives, that of locks for about an hour in each topology
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.test
	@exec $(BIN)/python -m pytest --override-ini=faulthandler_timeout=0 --hypothesis-profile=endurance tests/primitives/test_*_model.py tests/services/test_pub_sub_service.py $(ARGS)

RUNS ?= 30
faults: ## Run each failover drill RUNS times under load, and print what callers saw
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.test
	@env PYTHONPATH=tests $(BIN)/python tests/faults/drills.py --runs $(RUNS) $(ARGS)
	@env PYTHONPATH=tests $(BIN)/python tests/faults/pub_sub_drills.py --runs $(RUNS) $(ARGS)

sightings: ## Show what health, a metric, doctor and top say of ten faults, and when (needs root)
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.test
	@env PYTHONPATH=tests $(BIN)/python tests/faults/sightings.py $(ARGS)

bench: ## Measure server CPU a call, calls a second and latency
	@command -v h2load >/dev/null || { echo >&2 'make bench needs h2load (Debian: nghttp2-client)'; exit 1; }
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.bench
	@$(COMPILE)
	@exec $(BIN)/python -m benchmarks $(ARGS)

generate: ## Write the stubs under clients/ from the protos
	@$(ONE_BY_ONE) $(MAKE) -s .venv-generate/.generate
	@$(GENERATE)/python clients/generate.py $(COMPLETE)

lint: source-checks ## Check style, types, imports, the protos, and that the stubs are fresh
	@$(ONE_BY_ONE) $(MAKE) -s .venv-generate/.generate
	$(GENERATE)/python clients/generate.py --check $(COMPLETE)

source-checks:
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.lint
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/buf lint protos
	@if [ -e $(BIN)/hadolint ]; then set -x; $(BIN)/hadolint Dockerfile; else echo 'hadolint: not available for this system'; fi
	@if [ -e protos/released.binpb ]; \
	then set -x; $(BIN)/buf breaking protos --against protos/released.binpb; \
	else echo 'buf breaking: no release to compare with yet (protos/released.binpb)'; fi

floors: ## Test the client package with the oldest and the newest grpcio and protobuf that it allows
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.test
	@$(BIN)/python tests/contract/client_floors.py

containers: ## Build the image, run both compose files until they are healthy, and call them (needs Docker)
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.run
	@sh deploy/try.sh

monitoring: ## Prove the alerts and the dashboards (needs prometheus, promtool and redis_exporter)
	@command -v promtool prometheus prometheus-redis-exporter >/dev/null || { echo >&2 'make monitoring needs prometheus and prometheus-redis-exporter (Debian packages of these names)'; exit 1; }
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.run
	@$(BIN)/python deploy/monitoring/dashboards.py --check
	@$(BIN)/python deploy/monitoring/prove.py

image: ## At a release: save the API for buf breaking
	@$(ONE_BY_ONE) $(MAKE) -s .venv/.run
	$(BIN)/buf build protos --exclude-source-info -o protos/released.binpb

clean: ## Remove the environments and caches; data directories stay
	rm -rf .venv .venv-generate .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache build dist

# Environments. A stamp is newer than pyproject.toml once what it names is installed.

.venv/.run .venv/.test .venv/.bench .venv/.lint: pyproject.toml .venv/.made
	@echo 'Installing what make $(@F:.%=%) needs into .venv'
	@$(BIN)/python $(PIP) install --editable '.[server,http,embedded]' --group $(subst run,try,$(@F:.%=%))
	@touch $@

.venv-generate/.generate: pyproject.toml .venv-generate/.made
	@echo 'Installing what make generate needs into .venv-generate'
	@$(GENERATE)/python $(PIP) install --group generate
	@touch $@

# pip reads dependency groups since 25.1; a new environment has the pip of its Python.
.venv/.made .venv-generate/.made:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("quikstate needs Python 3.11 or newer; \
	this is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv --clear $(@D)
	@$(@D)/bin/python $(PIP) install --upgrade 'pip>=25.1'
	@pwd > $@

# An environment names the directory it was made in, and would run that checkout's code from a copy.
ifneq ($(CURDIR),$(shell cat .venv/.made 2>/dev/null))
.PHONY: .venv/.made
endif
ifneq ($(CURDIR),$(shell cat .venv-generate/.made 2>/dev/null))
.PHONY: .venv-generate/.made
endif
