# The whole way of the work: written → run → published. `make` lists it.

PYTHON ?= python3
PORT ?= 8000
CHAPTERS ?=
NAMES ?=

full := .venv
book := .venv-book
peers := .venv-peers
colab := .venv-colab
python := $(full)/bin/python
# A worker for each core; the tests of a file stay together.
shared := -n auto --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help book serve test notebooks stills experiments bench lint \
	links peers colab screenshot clean

help: ## what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | \
		awk -F ':.*## ' '{ printf "make %-12s %s\n", $$1, $$2 }'

book: $(book)/ready ## render the notebooks to _build/html (no torch needed)
	@$(book)/bin/python -m book._press.render

serve: book ## show the book at a local address
	@$(book)/bin/python -m book._press.serve $(PORT)

test: $(full)/ready book ## all checks: unit tests, doctests, nbval, browser
	@$(python) -m tests.browser
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m pytest tests cvnotes --doctest-modules -rs $(shared) \
		--ignore=tests/site --ignore=tests/lab
	$(python) -m pytest notebooks --nbval -p book._press.nbval $(shared)
	$(python) -m pytest tests/site $(shared)
	$(python) -m pytest tests/lab

notebooks: $(full)/ready ## run the chapters that changed (CHAPTERS=… runs those)
	@$(python) -m book._press.notebooks $(CHAPTERS)

stills: $(full)/ready book ## pictures of the widgets that changed
	@$(python) -m book._press.stills
	@$(book)/bin/python -m book._press.render

experiments: $(full)/ready ## record the mini experiments whose code changed
	@$(python) -m cvnotes.experiments.record $(NAMES)

bench: $(peers)/ready ## speed and memory, beside torchvision
	@PYTHONPATH=. $(peers)/bin/python -m tests.bench

peers: $(peers)/ready ## agreement with torchvision, in an environment of its own
	PYTHONPATH=. $(peers)/bin/python -m pytest tests/peers

colab: $(colab)/ready ## the package and every notebook, with Colab's versions
	$(colab)/bin/python -m pytest tests cvnotes --doctest-modules -rs \
		-p tests.colab.chosen --disable-warnings
	$(colab)/bin/python -m pytest notebooks --nbval --nbval-current-env \
		-p book._press.nbval

lint: $(full)/ready ## what ruff says; it also formats
	@$(python) -m ruff check --fix .
	@$(python) -m ruff format .

links: $(book)/ready ## whether every outside address still answers
	@$(book)/bin/python -m book._press.links

screenshot: $(full)/ready book ## the README's picture of the growth widget
	@$(python) -m book._press.screenshot

clean: ## forget the built book and the environments
	rm -rf _build $(full) $(book) $(peers) $(colab)

$(full)/ready: requirements.txt book/requirements.txt \
		book/constraints.txt pyproject.toml
	@PYTHON=$(PYTHON) sh book/_press/environment.sh $(full) requirements.txt

$(book)/ready: book/requirements.txt book/constraints.txt
	@PYTHON=$(PYTHON) sh book/_press/environment.sh $(book) $<

$(peers)/ready: tests/peers/requirements.txt
	@PYTHON=$(PYTHON) sh book/_press/environment.sh $(peers) $<

$(colab)/ready: tests/colab/requirements.txt pyproject.toml
	@PYTHON=$(PYTHON) sh book/_press/environment.sh $(colab) $<
