"""The conversation with a draft: what is said becomes a command, a command becomes a revision."""
