"""The command line: parse, call the assistant, print. No work is done here."""
