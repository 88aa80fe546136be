"""Deterministic checks on a report, one module per family; see `registry` for how a rule is declared."""
