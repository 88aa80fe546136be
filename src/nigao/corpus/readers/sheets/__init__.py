"""Workbooks and delimited text: tables whose rows can stand alone."""
