# `make serve` sets up and serves the base; `make test` sets up and runs lint, types and all tests.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
BIN = $(VENV)/bin
DB ?= $(VENV)/damoxing.db
PORT ?= 8001
ARTICLES ?= $(wildcard ../shared/articles)

.PHONY: serve test test-pythons lint types bench wheel soak fuzz audit update docs format clean

$(VENV)/ready: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "damoxing needs Python 3.11 or newer; install it, or call make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[pictures]'
	@touch $@

$(VENV)/ready-test: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

serve: $(VENV)/ready
	$(BIN)/damoxing serve --db $(DB) --port $(PORT) $(if $(ARTICLES),--articles $(ARTICLES))

# A file of tests is of one process: what it builds once, it builds once.
test: lint types
	$(BIN)/python -m pytest -n auto --dist loadfile $(PYTEST_ARGS)

# The tests on every Python from 3.11 on that this machine has, on its path or under pyenv.
test-pythons:
	@for v in 3.11 3.12 3.13; do \
	  for p in python$$v $${PYENV_ROOT:-$$HOME/.pyenv}/versions/$$v.*/bin/python; do \
	    $$p -c "import sys; sys.exit(sys.version_info[:2] != tuple(map(int, '$$v'.split('.'))))" 2>/dev/null || continue; \
	    $(MAKE) --no-print-directory VENV=.venv-$$v PYTHON=$$p test || exit 1; continue 2; \
	  done; echo "python$$v: not on this machine"; \
	done

lint: $(VENV)/ready-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready-test
	$(BIN)/mypy

bench: $(VENV)/ready-test
	$(BIN)/python -m tests.bench

# A wheel with the reader compiled, for machines like this one; needs a C compiler and Python's headers.
wheel: $(VENV)/ready-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[wheel]'
	$(BIN)/python -m tests.compiling -o dist

# Kills, a larger base, a fuzzed interface; costly queries beside visitors; then mixed load with builds under it.
SOAK_MINUTES ?= 60
soak: $(VENV)/ready-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[wheel]'
	$(BIN)/python -m pytest -m soak $(PYTEST_ARGS)
	FUZZ_EXAMPLES=100 $(BIN)/python -m pytest tests/test_site_openapi.py $(PYTEST_ARGS)
	$(BIN)/python -m tests.crowding
	$(BIN)/python -m tests.soaking $(SOAK_MINUTES)

# Holds the pins against the known vulnerabilities; needs the network.
audit: $(VENV)/ready-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[audit]'
	$(BIN)/python -m tests.auditing

# Moves all pins to the newest versions that go together; the tests say whether they do.
update:
	rm -rf $(VENV)-update
	$(PYTHON) -m venv $(VENV)-update
	$(VENV)-update/bin/python -m pip install --quiet --disable-pip-version-check -e '.[test,audit,fuzz,wheel]'
	{ head -n 1 constraints.txt; $(VENV)-update/bin/python -m pip freeze --all --exclude pip --exclude-editable; } > constraints.new
	mv constraints.new constraints.txt
	rm -rf $(VENV)-update
	@echo "constraints.txt is anew: look at git diff, then run make clean test audit"

# An hour of fuzzing, or `make fuzz MINUTES=5`; atheris is installed for it alone.
fuzz: $(VENV)/ready-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[fuzz]'
	$(BIN)/python -m tests.fuzz --minutes $(or $(MINUTES),60)

docs: $(VENV)/ready-test
	$(BIN)/python -m tests.make_docs

format: $(VENV)/ready-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/damoxing format

clean:
	rm -rf $(VENV) build dist
