# One word a task; CONTRIBUTING.md lists them.
python := .venv/bin/python

.PHONY: setup test lint types docs bench lock check

setup:
	python3 -m venv .venv
	.venv/bin/pip install -q -r requirements.lock
	.venv/bin/pip install -q -e '.[test]'

test:
	$(python) -m pytest -n auto --dist loadfile

lint:
	$(python) -m ruff format .
	$(python) -m ruff check --fix .

types:
	$(python) -m mypy

docs:
	$(python) -m pytest tests/test_docs.py tests/test_readme.py

bench:
	$(python) -m benchmarks

# No address of a package server may stand in the file.
lock:
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements.lock

check:
	bash .ci/run
