"""An edited Word copy of a report, read back: who changed what, and what the report becomes."""
