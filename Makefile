# Two commands do all the set-up: `make demo` and `make test`. Each works alone on a fresh clone.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Running nigao needs the package; testing it needs the tools, and a real model.
READY := $(VENV)/.ready
TESTS_READY := $(VENV)/.tests-ready
DEMO := demo
# Tests by file on so many processes; many of them wait for a server or a child process.
WORKERS ?= 3

.PHONY: demo test coverage check fmt docs bench clean

demo: $(READY)
	rm -rf $(DEMO)
	$(BIN)/nigao init $(DEMO) --sample
	$(BIN)/nigao --workspace $(DEMO) corpus sync || [ $$? -eq 1 ]
	$(BIN)/nigao --workspace $(DEMO) draft $(DEMO)/brief.yaml \
		-o $(DEMO)/报告.docx -o $(DEMO)/报告.md -o $(DEMO)/报告.json

test: $(TESTS_READY)
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# Half as long again as the tests alone, so that a developer asks for it and CI does not.
coverage: $(TESTS_READY)
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-fail-under=90

check: $(TESTS_READY)
	$(BIN)/ruff format --check src tests examples benchmarks
	$(BIN)/ruff check src tests examples benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

fmt: $(TESTS_READY)
	$(BIN)/ruff format src tests examples benchmarks
	$(BIN)/ruff check --fix src tests examples benchmarks

docs: $(READY)
	$(BIN)/nigao rules --markdown > docs/rules.md.new
	mv docs/rules.md.new docs/rules.md
	$(BIN)/python tools/openapi.py > docs/openapi.json.new
	mv docs/openapi.json.new docs/openapi.json

bench: $(TESTS_READY)
	$(BIN)/python benchmarks/main_job.py
	$(BIN)/python benchmarks/model_drafting.py
	$(BIN)/python benchmarks/check_speed.py
	$(BIN)/python benchmarks/sync.py
	$(BIN)/python benchmarks/search_speed.py
	PYTHONPATH=. $(BIN)/python -m benchmarks.mutations

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit('需要 Python 3.11 或更高版本') if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(TESTS_READY): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,e2e]"
	touch $@

clean:
	rm -rf $(VENV) $(DEMO) .mypy_cache .pytest_cache .ruff_cache
