# Two commands: `make demo` and `make test`. What is more than a line lives in jkreeft/ops.
# `make manage ARGS="retention plan"` runs a management command on the demo.
export ARGS
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo "$$p" && break; done)

.PHONY: demo test check clauses faults manage python
demo: python
	@$(PYTHON) -m jkreeft.ops.demo
test: python
	@$(PYTHON) -m jkreeft.ops.test
check: python
	@$(PYTHON) -m jkreeft.ops.gates
clauses: python
	@$(PYTHON) -m jkreeft.ops.gates clauses
faults: python
	@$(PYTHON) -m jkreeft.ops.faults
manage: python
	@$(PYTHON) -m jkreeft.ops.manage
python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed, and none was found on the PATH." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed, and $(PYTHON) is none of them." >&2; exit 1; }
