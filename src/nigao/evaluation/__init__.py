"""Measuring nigao on labelled data: what `nigao eval` prints."""
