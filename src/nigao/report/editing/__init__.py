"""Changing a report in place: items and sentences, terms and facts, and how two states of a report differ."""
