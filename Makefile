# `make help` lists the targets. Each makes the virtual environment by itself, from the locked versions.

PYTHON ?= python3
PYTEST_ARGS ?=
BENCH_ARGS ?=

BIN := .venv/bin
READY := .venv/.ready
# The engines that the reader's story is tested in; CHECKLISTS_ENGINES=chromium leaves the others out.
ENGINES := chromium firefox webkit
REFERENCE := content/authors/reference.md
NODE_READY := node_modules/.ready
# What the package is measured beside has an environment of its own, so that nothing else depends on it.
BENCH_BIN := .venv-bench/bin
BENCH_READY := .venv-bench/.ready
BENCH_NODE_READY := bench/node_modules/.ready
# What is measured is what a user installs.
AS_RELEASED = $(BENCH_BIN)/python -m pip install --quiet --no-index --no-deps --force-reinstall dist/*.whl
# No file is installed whose hash the lock does not have.
CHECKED := --require-hashes

# Silences the banner about MkDocs 2 that Material prints on every build.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help serve test test-all lint format build validate wheel reference picture pictures bench lighthouse lock clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: $(READY) ## the site on http://127.0.0.1:8000, rebuilt after every change
	$(BIN)/mkdocs serve --livereload -a 127.0.0.1:8000

test: $(READY) $(NODE_READY) ## all tests but the slow ones
	$(BIN)/python -m tests.ensure_browser $(ENGINES)
	$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST_ARGS)

test-all: $(READY) $(NODE_READY) ## all tests, those of properties with many more examples, those of browsers also with what a wheel serves
	$(BIN)/python -m tests.ensure_browser $(ENGINES)
	$(BIN)/python -m pytest -n auto --dist worksteal -m "" --hypothesis-profile=thorough $(PYTEST_ARGS)
	$(BIN)/python -m pytest -n auto --dist worksteal --bundled tests/browser $(PYTEST_ARGS)

lint: $(READY) $(NODE_READY) ## style, types of Python and JavaScript, spelling, reading grade, HTML
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/tsc -p tsconfig.json
	PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/cspell --config site_src/words/cspell.yaml --no-progress --no-summary \
		"content/**/*.md" "checklists/*.yml" "*.md"
	$(BIN)/python -m site_src.words
	@$(MAKE) --no-print-directory validate

format: $(READY) ## mend what ruff can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Never with -q: it makes --strict overlook warnings.
# The day in the site is the commit's, so that two builds of one commit are the same; without git it is today.
build: $(READY) ## the site as it will be published, in site/
	committed=$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2> /dev/null || true)}; \
	  $${committed:+env SOURCE_DATE_EPOCH=$$committed} $(BIN)/mkdocs build --strict --clean

# A few seconds, most of them for building the site.
validate: $(READY) $(NODE_READY) build ## the HTML of every built page
	PATH="$(CURDIR)/$(BIN):$$PATH" node tests/html/validate.mjs site

reference: $(READY) ## content/authors/reference.md anew, from the code
	@text="$$(sed '/^## /,$$d' $(REFERENCE); $(BIN)/checklists reference)" && printf '%s\n' "$$text" > $(REFERENCE)

wheel: $(READY) $(NODE_READY) ## the package as it is released, in dist/, with the browser's modules bundled
	CHECKLISTS_BUNDLE=1 $(BIN)/python -m hatchling build --clean

picture: $(READY) ## the picture in the README anew, from the site
	$(BIN)/python -m tests.ensure_browser
	$(BIN)/python -m tests.readme_picture site_src/readme/scored-checklist.png

pictures: $(READY) ## the pictures that a shared link shows anew, from the titles of the guides
	$(BIN)/python -m tests.ensure_browser
	$(BIN)/python -m site_src.pictures.draw

bench: $(BENCH_READY) $(BENCH_NODE_READY) wheel ## measure beside others, and write BENCHMARKS.md: takes twenty minutes
	$(AS_RELEASED)
	$(BENCH_BIN)/python -m tests.ensure_browser
	$(BENCH_BIN)/python -m bench $(BENCH_ARGS)

lighthouse: $(BENCH_READY) $(BENCH_NODE_READY) wheel ## the same part of BENCHMARKS.md anew: what Lighthouse says of the site
	$(AS_RELEASED)
	$(BENCH_BIN)/python -m tests.ensure_browser
	$(BENCH_BIN)/python -m bench --only lighthouse --write

# With the hashes of every file that a version has, so that the lock fits each platform; no index and no path gets into it.
LOCK = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --quiet --custom-compile-command "make lock"

lock: $(READY) ## renew the locked versions within the limits of pyproject.toml and package.json
	$(LOCK) --upgrade --group dev --output-file requirements.lock pyproject.toml
	$(LOCK) --upgrade --constraints requirements.lock --output-file bench/requirements.lock bench/requirements.in
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --package-lock-only --omit-lockfile-registry-resolved \
		--no-audit --no-fund --loglevel=error
	cd bench && PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --omit-lockfile-registry-resolved \
		--no-audit --no-fund --loglevel=error

clean: ## remove everything that the other targets made
	rm -rf .venv .venv-bench node_modules bench/node_modules site dist test-results .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find plugins site_src tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name it: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet $(CHECKED) -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# npm comes with the environment, so nobody needs a Node of their own.
$(NODE_READY): $(READY) package.json package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BENCH_READY): pyproject.toml requirements.lock bench/requirements.lock
	$(PYTHON) -m venv .venv-bench
	$(BENCH_BIN)/python -m pip install --quiet $(CHECKED) -r requirements.lock
	$(BENCH_BIN)/python -m pip install --quiet $(CHECKED) -r bench/requirements.lock
	@touch $@

$(BENCH_NODE_READY): $(BENCH_READY) bench/package.json bench/package-lock.json
	cd bench && PATH="$(CURDIR)/$(BENCH_BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@
