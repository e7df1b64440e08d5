# Scholion. `make run` opens the window, `make test` checks everything in under four minutes.
# Each target sets up what it needs on a fresh machine: a virtual environment and the pinned packages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup run test test-all check bench bench-large evaluate corpus-check fuzz pictures clean

setup: $(READY)

$(READY): pyproject.toml constraints.txt tools/setup
	PYTHON="$(PYTHON)" tools/setup $(VENV)
	@touch $(READY)

run: $(READY)
	@$(BIN)/python main.py $(ARGS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: check
	QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal -m "not slow" $(ARGS)

test-all: check
	HYPOTHESIS_PROFILE=search QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered $(ARGS)

bench: $(READY)
	QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m tools.bench $(ARGS)

# The largest texts and libraries too: takes many minutes.
bench-large: $(READY)
	QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m tools.bench --large $(ARGS)

# What the model scores on the corpora, where they lie beside the project.
evaluate: $(READY)
	$(BIN)/python -m tools.train.evaluate names ../shared/corpora/ner/worldwide_test.jsonl.gz
	$(BIN)/python -m tools.train.evaluate quotations ../shared/corpora/quotes/polnear_dev.jsonl.gz
	$(BIN)/python -m tools.train.evaluate who ../shared/corpora

# What becomes of the files and the saved pages of the corpora, where they lie beside the project.
corpus-check: $(READY)
	$(BIN)/python -m tools.files ../shared/corpora/files
	$(BIN)/python -m tools.pages ../shared/corpora/pages

# Ten thousand changed files of each format, then the fuzzer for half a minute each where it is installed.
fuzz: $(READY)
	$(BIN)/python -m tools.fuzz $(ARGS)
	@if $(BIN)/python -c "import atheris" 2>/dev/null; then $(BIN)/python -m tools.fuzz --atheris 30; fi

pictures: $(READY)
	QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m tools.pictures $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
