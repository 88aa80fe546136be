"""Pure functions on Chinese text; nothing here reads a file or knows what a report is."""
