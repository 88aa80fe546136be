# Two commands do all the set-up: `make demo` and `make test`. Each works alone on a fresh clone.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DEMO := demo

.PHONY: demo test check fmt bench clean

demo: $(STAMP)
	rm -rf $(DEMO)
	$(BIN)/nigao init $(DEMO) --sample
	$(BIN)/nigao --workspace $(DEMO) corpus sync || [ $$? -eq 1 ]
	$(BIN)/nigao --workspace $(DEMO) draft $(DEMO)/brief.yaml \
		-o $(DEMO)/报告.docx -o $(DEMO)/报告.md -o $(DEMO)/报告.json

test: $(STAMP)
	$(BIN)/pytest --cov --cov-fail-under=90

check: $(STAMP)
	$(BIN)/ruff format --check src tests examples benchmarks
	$(BIN)/ruff check src tests examples benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --cov --cov-fail-under=90

fmt: $(STAMP)
	$(BIN)/ruff format src tests examples benchmarks
	$(BIN)/ruff check --fix src tests examples benchmarks

bench: $(STAMP)
	$(BIN)/python benchmarks/main_job.py
	$(BIN)/python benchmarks/model_drafting.py

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit('需要 Python 3.11 或更高版本') if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	touch $@

clean:
	rm -rf $(VENV) $(DEMO) .mypy_cache .pytest_cache .ruff_cache
