# Scholion. `make run` opens the window, `make test` checks everything in under four minutes.
# Each target sets up what it needs on a fresh machine: a virtual environment and the pinned packages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup run test test-all check bench evaluate pages-check pictures clean

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
	QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m pytest -m "not slow" $(ARGS)

test-all: check
	HYPOTHESIS_PROFILE=search QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m pytest --cov --cov-report=term-missing:skip-covered $(ARGS)

bench: $(READY)
	QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m tools.bench $(ARGS)

# What the model scores on the corpora, where they lie beside the project.
evaluate: $(READY)
	$(BIN)/python -m tools.train.evaluate names ../shared/corpora/ner/worldwide_dev.jsonl.gz
	$(BIN)/python -m tools.train.evaluate names ../shared/corpora/ner/worldwide_test.jsonl.gz
	$(BIN)/python -m tools.train.evaluate quotations ../shared/corpora/quotes/polnear_dev.jsonl.gz
	$(BIN)/python -m tools.train.evaluate who ../shared/corpora

# How much of the article inside saved pages is found, where the corpora lie beside the project.
pages-check: $(READY)
	$(BIN)/python -m tools.pages ../shared/corpora/pages

pictures: $(READY)
	QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 $(BIN)/python -m tools.pictures $(ARGS)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
