# make run     the dashboard on 127.0.0.1:$(PORT)
# make test    everything that proves it, the real browser included
# make help    the rest

PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python

# The playwright wheel brings a node of its own. It stands last on the PATH:
# the machine's node is used where there is one, and JavaScript is never
# left unchecked where there is none.
WITH_NODE = PATH="$$PATH:$$(echo $$PWD/$(VENV)/lib/python3*/site-packages/playwright/driver)"
WITH_CHROMIUM = $(WITH_NODE) CHROMIUM="$$(scripts/find-chromium)"

# Two files of tests at a time: a browser and a server leave a core idle.
PARALLEL = -n 2 --dist loadfile

SCRIPTS = $(shell find geo dashboard tests bench -name '*.js' -o -name '*.mjs' | sort)

.DEFAULT_GOAL := help
.PHONY: help run test test-long test-lowest check format bench bench-cube screenshot messages lock chromium clean

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 18

run: $(VENV)/.runtime  ## start the dashboard (PORT=8501)
	$(PY) -m streamlit run app.py \
	    --server.address 127.0.0.1 --server.port $(PORT) \
	    --server.headless true --server.fileWatcherType none

test: check chromium  ## all checks and tests, with a real browser
	$(WITH_CHROMIUM) $(PY) -m pytest $(PARALLEL)

test-long: check chromium  ## the same, and the tests that take minutes
	$(WITH_CHROMIUM) $(PY) -m pytest $(PARALLEL) -m ""

# matplotlib's oldest admitted release uses names that pyparsing 3.3 warns of.
test-lowest:  ## the oldest packages requirements.txt admits, without a browser
	VENV=.venv-lowest scripts/make-venv
	sed -n 's/>=\([^,]*\),.*/==\1/p' requirements.txt > .venv-lowest/lowest.txt
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check \
	    -r .venv-lowest/lowest.txt tzdata pytest pytest-playwright hypothesis \
	    gpxpy icalendar jsonschema pybtex pypdf "pyparsing<3.3"
	.venv-lowest/bin/python -m pytest --ignore=tests/browser

check: $(VENV)/.dev  ## style, types, data and JavaScript
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m geo check
	@for script in $(SCRIPTS); do \
	    $(WITH_NODE) node --check "$$script" || exit 1; \
	done; echo "JavaScript: $(words $(SCRIPTS)) files fine"

format: $(VENV)/.dev  ## let ruff lay out the code
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(VENV)/.dev chromium  ## this map beside seven others, into docs/benchmark.md
	$(WITH_CHROMIUM) $(PY) -m bench -o docs/benchmark.md

bench-cube: $(VENV)/.dev  ## ten million rows counted by DuckDB and by Dask
	$(PY) -m bench.cube

screenshot: $(VENV)/.dev chromium  ## the README's picture, made anew
	$(WITH_CHROMIUM) $(PY) -m pytest tests/browser/test_readme.py -k again
	mkdir -p docs && cp test-results/map.png docs/map.png

messages: $(VENV)/.dev  ## collect all messages for the translators
	$(PY) -m babel.messages.frontend extract -F babel.cfg --no-default-keywords \
	    -k t -k n:1,2 -k forms:1,2 -k noop -k said -k said_n:1,2 --sort-by-file \
	    -o locales/messages.pot app.py dashboard geo

lock:  ## resolve requirements anew and write both locks
	scripts/write-locks

chromium:  ## find a browser for the tests, or install Debian's
	@scripts/find-chromium --install > /dev/null

clean:  ## forget everything installed or measured
	rm -rf $(VENV) .venv-lowest .bench-cache test-results .mypy_cache .ruff_cache .pytest_cache

$(VENV)/.runtime: requirements.lock $(PY)
	scripts/make-venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	scripts/check-driver
	@touch $@

$(PY):
	scripts/make-venv
